/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_mremap_away.c - mremap(2) moves the sealed page away, own memory comes there
 *
 * attack:   the page is moved to another address, then own memory is mapped where it was
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   mremap(2), mseal(2)
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	void *free_range =
		mmap(NULL, PAGE_SIZE_ALL, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (mremap(p->at, PAGE_SIZE_ALL, PAGE_SIZE_ALL, MREMAP_MAYMOVE | MREMAP_FIXED,
		   free_range) == MAP_FAILED)
		return -1;
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
