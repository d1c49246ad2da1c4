/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_madvise.c - madvise(2) throws the sealed page away before own memory comes
 *
 * attack:   MADV_REMOVE, MADV_DONTNEED, MADV_FREE, then the page is mapped over
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   madvise(2), mm/madvise.c can_madvise_modify
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	saw("MADV_REMOVE", madvise(p->at, PAGE_SIZE_ALL, MADV_REMOVE));
	saw("MADV_FREE", madvise(p->at, PAGE_SIZE_ALL, MADV_FREE));
	saw("MADV_DONTNEED", madvise(p->at, PAGE_SIZE_ALL, MADV_DONTNEED));
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
