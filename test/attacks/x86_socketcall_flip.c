/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_socketcall_flip.c - a second thread flips the argument block of
 * socketcall(2)
 *
 * attack:   the pointer to the address is memory too: it points to 127.0.0.1 and ADDR in
 *           turn
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
	int fd = open_udp(a.denied.sa.sa_family);
	uint32_t args[6] = {(uint32_t)fd, low(at->byte), 1, MSG_DONTWAIT, 0,
			    a.denied.len};
	uint32_t one = low(&at->ep.v6), other = low(&at->other.v6);
	struct flipper f;

	at->ep = a.allowed;
	at->other = a.denied;
	args[4] = one;
	memcpy(at->args, args, sizeof(args));
	flip_start(&f, &at->args[4], &one, &other, sizeof(one));
	for (int i = 0; i < a.tries; i++)
		int80(102, SYS_SENDTO, low(at->args), 0);
	flip_end(&f);
	return 0;
}
