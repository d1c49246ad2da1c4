/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/areas.h - attacks that overwrite the memory of netjail
 */
#ifndef NETJAIL_TEST_AREAS_H
#define NETJAIL_TEST_AREAS_H

#include "door.h"

/* Writes a page; true when it has been written. */
typedef int (*scribble_fn)(pid_t pid, unsigned long at, char *bytes);

/* The first page of each writable area. */
static inline void strike(pid_t pid, scribble_fn scribble)
{
	char path[48], line[256], bytes[4096] = {0};
	unsigned long start, end;
	int written = 0;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	maps = fopen(path, "re");
	if (!maps) {
		saw(path, -1);
		scribble(pid, 0x400000, bytes); /* blindly: it is to be told */
		return;
	}
	while (fgets(line, sizeof(line), maps))
		if (strstr(line, "rw-") && sscanf(line, "%lx-%lx", &start, &end) == 2)
			written += scribble(pid, start, bytes);
	fclose(maps);
	printf("%d areas overwritten\n", written);
}

/* All that could be netjail, and then ADDR. */
static inline int strike_watchers(int argc, char **argv, scribble_fn scribble)
{
	struct endpoint ep = door_target(argc, argv);
	struct watchers watchers = find_watchers();

	for (int i = 0; i < watchers.count; i++)
		strike(watchers.pids[i], scribble);
	end_standins(&watchers);
	knock(&ep);
	return 0;
}

#endif
