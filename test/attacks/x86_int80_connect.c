/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_connect.c - a 64-bit program calls connect(2) by its 32-bit
 * number
 *
 * attack:   int 0x80 with 362: other number, other registers, the same socket
 * expect:   silent control=reached
 * event:    compat-syscall
 * family:   4 6
 * source:   arch/x86/entry/syscalls/syscall_32.tbl; engine.md "int 0x80"
 * root:     no
 */
#include "compat.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint *at = low_pages();
	int fd = open_tcp(a.denied.sa.sa_family);

	*at = a.denied;
	printf("int 0x80 connect: %ld\n", int80(362, fd, low(&at->v6), at->len));
	return 0;
}
