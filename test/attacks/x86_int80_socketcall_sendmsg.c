/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_socketcall_sendmsg.c - a 64-bit program sends by socketcall(2)
 * sendmsg
 *
 * attack:   int 0x80 with 102: a 32-bit msghdr behind a pointer in the argument block
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
	uint32_t msg[7] = {low(&at->ep.v6), a.denied.len, low(at->iov), 1};

	at->ep = a.denied;
	at->iov[0] = low(at->byte);
	at->iov[1] = 1;
	memcpy(at->msg, msg, sizeof(msg));
	at->args[0] = (uint32_t)fd;
	at->args[1] = low(at->msg);
	printf("socketcall sendmsg: %ld\n", int80(102, SYS_SENDMSG, low(at->args), 0));
	return 0;
}
