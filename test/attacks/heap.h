/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/heap.h - moves the bounds of the heap (prctl(2) PR_SET_MM_MAP)
 */
#ifndef NETJAIL_TEST_HEAP_H
#define NETJAIL_TEST_HEAP_H

#include <linux/prctl.h>
#include <sys/prctl.h>

#include "page.h"

/* The numbers of /proc/self/stat from field 3 on; the name, without a bracket, is ours. */
static inline void heap_stat(uint64_t ret[static 53])
{
	char text[2048] = "";
	FILE *file = fopen("/proc/self/stat", "re");
	char *at = file && fgets(text, sizeof(text), file) ? strrchr(text, ')') : NULL;

	if (!at)
		die("stat");
	fclose(file);
	at += 4; /* the state, a letter */
	for (unsigned i = 4; i < 53; i++)
		ret[i] = strtoull(at, &at, 10);
}

/* brk(2) takes away from `end` down to `from`. 0 or -1 with errno. */
static inline int heap_move(uint64_t from, uint64_t end)
{
	struct prctl_mm_map map = {.start_brk = from, .brk = end, .exe_fd = UINT32_MAX};
	uint64_t stat[53];

	heap_stat(stat);
	map.start_code = stat[26];
	map.end_code = stat[27];
	map.start_stack = stat[28];
	map.start_data = stat[45];
	map.end_data = stat[46];
	map.arg_start = stat[48];
	map.arg_end = stat[49];
	map.env_start = stat[50];
	map.env_end = stat[51];
	return prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof(map), 0);
}

#endif
