/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_proc_mem.c - /proc/self/mem writes into the sealed page
 *
 * attack:   pwrite(2) on /proc/self/mem, which ignores the protection of private pages
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   proc(5), mm/gup.c check_vma_flags (FOLL_FORCE)
 * root:     no
 */
#include "page.h"

static int mem = -1;

static int open_up(struct page *p)
{
	uint8_t byte = AF_UNIX;

	mem = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	return mem < 0 || pwrite(mem, &byte, 1, (off_t)(p->at + PAGE_NAME)) < 0 ? -1 : 0;
}

static void poke(const struct page *p, size_t at, const void *bytes, size_t len)
{
	(void)!pwrite(mem, bytes, len, (off_t)(p->at + at));
}

int main(int argc, char **argv)
{
	static const struct technique technique = {
		.open_up = open_up, .poke = poke, .flags = MAP_PRIVATE};

	return page_attack(argc, argv, &technique);
}
