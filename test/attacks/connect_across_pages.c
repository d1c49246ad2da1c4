/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_across_pages.c - an address that lies across two pages of
 * different mappings
 *
 * attack:   half of the address is in a private page, the rest in a shared one that a
 *           second thread flips
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   mmap(2); process_vm_readv(2) partial reads
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	char *pages = shared_pages(8192);
	char *at = pages + 4096 - 4;
	struct flipper f;

	mmap(pages, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
	     -1, 0);
	memcpy(at, &a.allowed.v6, a.allowed.len);
	flip_start(&f, pages + 4096, (char *)&a.allowed.v6 + 4, (char *)&a.denied.v6 + 4,
		   a.denied.len - 4);
	race_connect(&a, at, a.denied.len);
	flip_end(&f);
	return 0;
}
