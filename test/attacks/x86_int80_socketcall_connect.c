/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_socketcall_connect.c - a 64-bit program connects by
 * socketcall(2)
 *
 * attack:   int 0x80 with 102: the arguments lie in memory, the address behind a pointer
 *           in them
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
	struct place *at = low_pages();
	int fd = open_tcp(a.denied.sa.sa_family);

	at->ep = a.denied;
	at->args[0] = (uint32_t)fd;
	at->args[1] = low(&at->ep.v6);
	at->args[2] = a.denied.len;
	printf("socketcall connect: %ld\n", int80(102, SYS_CONNECT, low(at->args), 0));
	return 0;
}
