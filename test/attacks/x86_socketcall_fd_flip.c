/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_socketcall_fd_flip.c - a second thread flips the descriptor in the
 * argument block of socketcall(2)
 *
 * attack:   the descriptor is memory too: a UNIX and a UDP socket in turn, with ADDR as
 *           the address
 * expect:   silent control=reached
 * event:    compat-syscall
 * tries:    20000
 * source:   arch/x86/entry/syscalls/syscall_32.tbl; engine.md "int 0x80"
 * root:     no
 */
#include "compat.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct place *at = low_pages();
	uint32_t one = (uint32_t)open_socket(AF_UNIX, SOCK_DGRAM, 0);
	uint32_t other = (uint32_t)open_udp(a.denied.sa.sa_family);
	uint32_t args[6] = {one,          low(at->byte),   1,
			    MSG_DONTWAIT, low(&at->ep.v6), a.denied.len};
	struct flipper f;

	at->ep = a.denied;
	memcpy(at->args, args, sizeof(args));
	flip_start(&f, &at->args[0], &one, &other, sizeof(one));
	for (int i = 0; i < a.tries; i++)
		int80(102, SYS_SENDTO, low(at->args), 0);
	flip_end(&f);
	return 0;
}
