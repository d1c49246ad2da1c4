/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_fd_reopen.c - the memfd, stolen while it is handed over, is opened for writing
 *
 * attack:   a second thread dups the descriptor that netjail sends, opens /proc/self/fd/N read-write
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   tracer/seal.c map_by_injection, proc(5)
 * root:     no
 */
#include "page.h"

static int again = -1;

static int open_up(struct page *p)
{
	char path[96];
	uint8_t byte = AF_UNIX;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", p->fd);
	again = open(path, O_RDWR | O_CLOEXEC);
	saw("open", again);
	if (again < 0)
		return -1;
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

	page_names_from(argc, argv);
	page_steal(&technique);
	page_open = open_up(&page) == 0;
	page_race(&technique, door_tries(argc, argv, 4000));
	return 0;
}
