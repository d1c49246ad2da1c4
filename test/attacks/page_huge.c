/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_huge.c - a huge page, said to be small, covers the sealed page
 *
 * attack:   mmap(2) MAP_FIXED and mremap(2) of 4 KiB that the kernel rounds up to 2 MiB
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   mmap(2) MAP_HUGETLB, mm/mmap.c ksys_mmap_pgoff, mm/mremap.c
 * root:     no
 */
#include "page.h"

#define HUGE_SIZE (2UL << 20)

static uint8_t *region; /* of huge pages */

/* The page comes a half into the first. */
static void make_room(void)
{
	uint8_t *at = mmap(NULL, 8 * HUGE_SIZE, PROT_NONE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		die("mmap");
	region = at + (-(uintptr_t)at & (HUGE_SIZE - 1));
	munmap(region + HUGE_SIZE / 2, PAGE_SIZE_ALL);
}

static int open_up(struct page *p)
{
	void *huge = mmap(region, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE |
				  MAP_FIXED,
			  -1, 0);

	if (huge == MAP_FAILED || mremap(huge, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED,
					 region + 4 * HUGE_SIZE) == MAP_FAILED)
		return -1;
	if (p->at != region + HUGE_SIZE / 2) {
		errno = EEXIST;
		return -1;
	}
	return page_settle(p, HUGE_SIZE / 2);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	make_room();
	return page_attack(argc, argv, &technique);
}
