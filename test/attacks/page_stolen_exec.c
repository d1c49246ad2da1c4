/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_stolen_exec.c - a new image maps the stolen memfd itself, before its first call
 *
 * attack:   the stolen descriptor outlives exec; the new image maps it, lets netjail find it, swaps it
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   tracer/seal.c find_mapping, execve(2)
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	p->at = mmap(NULL, PAGE_SIZE_ALL, PROT_READ, MAP_SHARED, p->fd, 0);
	if (p->at == MAP_FAILED)
		return -1;
	page_connect(&page_names[0]);
	return page_cover(p);
}

static void exec_again(char **argv)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", page.fd);
	fcntl(page.fd, F_SETFD, 0);
	setenv("STOLEN", number, 1);
	execv("/proc/self/exe", argv);
	die("exec");
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	page_names_from(argc, argv);
	if (!getenv("STOLEN")) {
		page_steal(&technique);
		exec_again(argv);
	}
	page.fd = atoi(getenv("STOLEN"));
	page.standin = !tracer_pid();
	page_open = open_up(&page) == 0;
	saw("open the page", page_open ? 0 : -1);
	page_race(&technique, door_tries(argc, argv, 4000));
	return 0;
}
