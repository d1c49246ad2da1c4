/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/high_pointer.c - an address whose place has zero as the lower half of its
 * number
 *
 * attack:   sendto with an address at 0x100000000 is one without an address to a filter
 *           that compares 32 bits
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   seccomp(2); engine.md "Run mode": compare both 32-bit halves
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint *at =
		mmap((void *)0x100000000ul, 4096, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	int fd = open_udp(a.denied.sa.sa_family);

	if (at != (void *)0x100000000ul)
		lacks("memory at 4 GiB");
	*at = a.denied;
	told("sendto", sendto(fd, "x", 1, 0, &at->sa, at->len));
	return 0;
}
