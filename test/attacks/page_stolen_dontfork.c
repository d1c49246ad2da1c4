/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_stolen_dontfork.c - a child maps the stolen memfd itself, not sealed, and swaps it later
 *
 * attack:   with MADV_DONTFORK the child has no page; it maps the stolen memfd read-only, lets netjail find it there by one call, then maps own memory over it
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   tracer/seal.c find_mapping: a mapping is trusted by its inode, not by its seal
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	int status;
	pid_t pid;

	saw("MADV_DONTFORK", madvise(p->at, PAGE_SIZE_ALL, MADV_DONTFORK));
	pid = fork();
	if (pid) {
		waitpid(pid, &status, 0);
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	}
	alarm(hang_seconds());
	p->at = mmap(NULL, PAGE_SIZE_ALL, PROT_READ, MAP_SHARED, p->fd, 0);
	if (p->at == MAP_FAILED)
		return -1;
	page_connect(&page_names[0]);
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	page_names_from(argc, argv);
	page_steal(&technique);
	page_open = open_up(&page) == 0;
	saw("open the page", page_open ? 0 : -1);
	page_race(&technique, door_tries(argc, argv, 4000));
	return 0;
}
