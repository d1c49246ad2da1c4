/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_lookalike.c - a mapping of the program that looks like the sealed page
 *
 * attack:   an own memfd of that name and size, mapped alike and low, before netjail maps its own
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   proc(5) maps, tracer/seal.c find_mapping
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

	page_names_from(argc, argv);
	page_make_standin(&technique);
	page.standin = !tracer_pid();
	page_connect(&page_names[0]);
	page_open = open_up(&page) == 0;
	page_race(&technique, door_tries(argc, argv, 4000));
	return 0;
}
