/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_map_files.c - /proc/self/map_files opens the sealed memory for writing
 *
 * attack:   the memfd is opened again by its mapping: write(2), a hole punched, a writable mapping
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   proc(5) map_files, F_SEAL_FUTURE_WRITE of fcntl(2)
 * root:     yes
 */
#include "page.h"

static int again = -1;

static int open_up(struct page *p)
{
	char path[96];
	uint8_t byte = AF_UNIX;

	snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx", (unsigned long)p->at,
		 (unsigned long)p->at + PAGE_SIZE_ALL);
	again = open(path, O_RDWR | O_CLOEXEC);
	saw("open", again);
	if (again < 0)
		return -1;
	saw("punch a hole",
	    fallocate(again, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096));
	saw("truncate", p->standin ? 0 : ftruncate(again, 0));
	saw("map",
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, again, 0) == MAP_FAILED
		    ? -1
		    : 0);
	return pwrite(again, &byte, 1, PAGE_NAME) < 0 ? -1 : 0;
}

static void poke(const struct page *p, size_t at, const void *bytes, size_t len)
{
	(void)p;
	(void)!pwrite(again, bytes, len, (off_t)at);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up, .poke = poke};

	return page_attack(argc, argv, &technique);
}
