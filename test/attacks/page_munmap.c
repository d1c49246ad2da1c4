/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_munmap.c - munmap(2) takes the sealed page away, own memory comes there
 *
 * attack:   munmap of the page, whole and with its neighbours, then mmap at the free address
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   munmap(2), mseal(2)
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	if (munmap(p->at, PAGE_SIZE_ALL) < 0 &&
	    munmap(p->at - 16384, PAGE_SIZE_ALL + 16384) < 0 && munmap(p->at, 4096) < 0)
		return -1;
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
