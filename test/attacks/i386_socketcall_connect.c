/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/i386_socketcall_connect.c - a 32-bit program connects by socketcall(2)
 *
 * attack:   number 102: the arguments lie in memory
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   socketcall(2); arch/x86/entry/syscalls/syscall_32.tbl
 * root:     no
 */
#include "attack.h"
#include <linux/net.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_tcp(a.denied.sa.sa_family);
	long args[3] = {fd, (long)&a.denied.v6, (long)a.denied.len};

	told("socketcall", syscall(SYS_socketcall, SYS_CONNECT, args));
	return 0;
}
