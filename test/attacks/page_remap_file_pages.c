/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_remap_file_pages.c - remap_file_pages(2) puts another part of the file under the name
 *
 * attack:   natively the second part of the file holds DENIED; netjail's holds other calls' bytes
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   remap_file_pages(2), mseal(2)
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	if (p->standin && pwrite(p->fd, &page_names[1], sizeof(page_names[1]),
				 4096 + (off_t)PAGE_NAME) < 0)
		return -1;
	return (int)syscall(SYS_remap_file_pages, p->at, 4096, 0, 1, 0);
}

/* The pages stay read-only: their contents are what was remapped. */
static void poke(const struct page *p, size_t at, const void *bytes, size_t len)
{
	(void)p, (void)at, (void)bytes, (void)len;
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up, .poke = poke};

	return page_attack(argc, argv, &technique);
}
