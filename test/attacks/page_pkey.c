/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_pkey.c - pkey_mprotect(2) makes the sealed page writable
 *
 * attack:   pkey_mprotect with key -1 is mprotect by another number
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   pkey_mprotect(2), mseal(2)
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	return (int)syscall(SYS_pkey_mprotect, p->at, PAGE_SIZE_ALL,
			    PROT_READ | PROT_WRITE, -1);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
