/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/elf32_sends.c - a 32-bit program sends by sendto, sendmsg and sendmmsg
 *
 * attack:   the direct numbers, with 32-bit headers and vectors
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
	struct iovec span = {.iov_base = "x", .iov_len = 1};
	struct mmsghdr batch = {.msg_hdr = {.msg_name = &a.denied.v6,
					    .msg_namelen = a.denied.len,
					    .msg_iov = &span,
					    .msg_iovlen = 1}};
	int fd = open_udp(a.denied.sa.sa_family);

	told("sendto", syscall(SYS_sendto, fd, "x", 1, 0, &a.denied.v6, a.denied.len));
	told("sendmsg", syscall(SYS_sendmsg, fd, &batch.msg_hdr, 0));
	told("sendmmsg", syscall(SYS_sendmmsg, fd, &batch, 1, 0));
	return 0;
}
