/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_socketcall_sendto.c - a 64-bit program sends by socketcall(2)
 * sendto
 *
 * attack:   int 0x80 with 102: the arguments lie in memory, the address behind a pointer
 *           in them
 * expect:   silent control=reached
 * event:    compat-syscall
 * source:   arch/x86/entry/syscalls/syscall_32.tbl; engine.md "int 0x80"
 * root:     no
 */
#include "compat.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct place *at = low_pages();
	int fd = open_udp(a.denied.sa.sa_family);
	uint32_t args[6] = {(uint32_t)fd,    low(at->byte), 1, 0,
			    low(&at->ep.v6), a.denied.len};

	at->ep = a.denied;
	memcpy(at->args, args, sizeof(args));
	printf("socketcall sendto: %ld\n", int80(102, SYS_SENDTO, low(at->args), 0));
	return 0;
}
