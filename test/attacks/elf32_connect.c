/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/elf32_connect.c - a 32-bit program calls connect(2)
 *
 * attack:   number 362 on i386, 283 on arm, with 32-bit pointers
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   arch/x86/entry/syscalls/syscall_32.tbl, arch/arm64/include/asm/unistd32.h
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_tcp(a.denied.sa.sa_family);

	told("connect", syscall(SYS_connect, fd, &a.denied.v6, a.denied.len));
	return 0;
}
