/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_exec_again.c - own memory stands where the page was before exec
 *
 * attack:   the new image maps own memory at the old address before its first call
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   execve(2), tracer/seal.h "Midway"
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};
	char number[32];

	page_names_from(argc, argv);
	if (!getenv("PAGE_AT")) {
		page_provoke(&technique);
		snprintf(number, sizeof(number), "%lx", (unsigned long)page.at);
		setenv("PAGE_AT", number, 1);
		execv("/proc/self/exe", argv);
		die("exec");
	}
	page.at = (uint8_t *)strtoul(getenv("PAGE_AT"), NULL, 16);
	page.standin = !tracer_pid();
	page_open = open_up(&page) == 0;
	page_race(&technique, door_tries(argc, argv, 4000));
	return 0;
}
