/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_x32_numbers.c - connect(2) and sendto(2) by their x32 numbers
 *
 * attack:   0x40000000 with 42 and 44, and 512 and up: the same code in the kernel,
 *           another number to a filter
 * expect:   silent control=none
 * event:    compat-syscall
 * source:   arch/x86/entry/syscalls/syscall_64.tbl; syscalls(2)
 * root:     no
 */
#include "attack.h"

#define X32 0x40000000L

static int tried(const char *what, long result)
{
	if (result < 0 && errno == ENOSYS)
		return 0;
	told(what, result);
	return 1;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	long tcp = open_tcp(a.denied.sa.sa_family), udp = open_udp(a.denied.sa.sa_family);
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	int any = 0;

	msg.msg_name = &a.denied.v6;
	msg.msg_namelen = a.denied.len;
	any += tried("connect", syscall(X32 | 42, tcp, &a.denied.v6, a.denied.len));
	any += tried("sendto",
		     syscall(X32 | 44, udp, "x", 1, 0, &a.denied.v6, a.denied.len));
	any += tried("sendmsg", syscall(X32 | 518, udp, &msg, 0));
	any += tried("518", syscall(518, udp, &msg, 0));
	any += tried("sendmmsg", syscall(X32 | 538, udp, &msg, 1, 0));
	errno = ENOSYS;
	if (!any)
		lacks("x32 system calls");
	return 0;
}
