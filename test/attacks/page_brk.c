/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_brk.c - brk(2) takes the sealed page away as a part of the heap
 *
 * attack:   the bounds of the heap are laid around the page, then brk(2) shrinks it
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   prctl(2) PR_SET_MM_MAP, brk(2), mm/mmap.c
 * root:     no
 */
#include "heap.h"

static int open_up(struct page *p)
{
	uint64_t at = (uint64_t)p->at;

	if (heap_move(at, at + PAGE_SIZE_ALL) < 0)
		return -1;
	syscall(SYS_brk, at);
	return page_settle(p, PAGE_SIZE_ALL);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
