/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_mremap_onto.c - mremap(2) moves own memory onto the sealed page
 *
 * attack:   own writable pages are moved to the address of the page, whole and its first 4 KiB
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
	void *own = mmap(NULL, PAGE_SIZE_ALL, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int flags = MREMAP_MAYMOVE | MREMAP_FIXED;

	if (mremap(own, PAGE_SIZE_ALL, PAGE_SIZE_ALL, flags, p->at) != MAP_FAILED ||
	    mremap(own, 4096, 4096, flags, p->at) != MAP_FAILED)
		return 0;
	return -1;
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
