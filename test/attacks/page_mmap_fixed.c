/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_mmap_fixed.c - mmap(2) MAP_FIXED lays own memory over the sealed page
 *
 * attack:   one MAP_FIXED over the page, then over its first 4 KiB alone
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   mmap(2), mseal(2)
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	if (page_cover(p) == 0)
		return 0;
	return mmap(p->at, 4096, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED
		       ? -1
		       : 0;
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
