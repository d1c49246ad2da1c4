/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/i386_socketcall_sends.c - a 32-bit program sends by socketcall(2):
 * sendto, sendmsg and sendmmsg
 *
 * attack:   number 102 with the calls 11, 16 and 20, and the direct numbers 369, 370 and
 *           345
 * expect:   silent control=reached
 * event:    -
 * source:   socketcall(2); arch/x86/entry/syscalls/syscall_32.tbl
 * root:     no
 */
#include "attack.h"
#include <linux/net.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct mmsghdr batch = {.msg_hdr = {.msg_iov = &iov, .msg_iovlen = 1}};
	long fd = open_udp(a.denied.sa.sa_family);
	long to[6] = {fd, (long)"x", 1, 0, (long)&a.denied.v6, (long)a.denied.len};
	long msg[3] = {fd, (long)&batch.msg_hdr, 0};
	long many[4] = {fd, (long)&batch, 1, 0};

	batch.msg_hdr.msg_name = &a.denied.v6;
	batch.msg_hdr.msg_namelen = a.denied.len;
	told("socketcall sendto", syscall(SYS_socketcall, SYS_SENDTO, to));
	told("socketcall sendmsg", syscall(SYS_socketcall, SYS_SENDMSG, msg));
	told("socketcall sendmmsg", syscall(SYS_socketcall, SYS_SENDMMSG, many));
	told("sendto", syscall(369, to[0], to[1], to[2], to[3], to[4], to[5]));
	told("sendmsg", syscall(370, fd, &batch.msg_hdr, 0));
	told("sendmmsg", syscall(345, fd, &batch, 1, 0));
	return 0;
}
