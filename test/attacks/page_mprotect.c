/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_mprotect.c - mprotect(2) makes the sealed page writable
 *
 * attack:   mprotect to read-write, then the name is overwritten while AF_UNIX connect(2) runs
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   engine.md "Seal", mseal(2), F_SEAL_FUTURE_WRITE of fcntl(2)
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	return mprotect(p->at, PAGE_SIZE_ALL, PROT_READ | PROT_WRITE);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
