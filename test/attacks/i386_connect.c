/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/i386_connect.c - a 32-bit program calls connect(2)
 *
 * attack:   number 362, with 32-bit pointers
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   socketcall(2); arch/x86/entry/syscalls/syscall_32.tbl
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_tcp(a.denied.sa.sa_family);

	told("connect", syscall(362, fd, &a.denied.v6, a.denied.len));
	return 0;
}
