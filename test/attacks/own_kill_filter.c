/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/own_kill_filter.c - a filter of the program's own kills what netjail may put in
 * the place of its calls
 *
 * attack:   sendto, poll, ppoll and writev are death; connect and sendmsg go on
 * expect:   silent control=reached
 * event:    -
 * source:   seccomp(2) SECCOMP_RET_KILL_PROCESS
 * root:     no
 * kernel:   6.10
 */
#include "ownfilter.h"

int main(int argc, char **argv)
{
	static const int deadly[] = {
		SYS_sendto,
		SYS_ppoll,
		SYS_writev,
#ifdef SYS_poll
		SYS_poll,
#endif
	};
	struct endpoint ep = door_target(argc, argv);
	struct iovec span = {(char[]){"x"}, 1};
	struct msghdr msg = {.msg_iov = &span, .msg_iovlen = 1};
	int tcp = socket(ep.sa.sa_family, SOCK_STREAM, 0);
	int udp = socket(ep.sa.sa_family, SOCK_DGRAM, 0);

	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++)
		if (own_filter((unsigned)deadly[i], SECCOMP_RET_KILL_PROCESS, 0) < 0)
			die("seccomp");
	saw("connect", connect(tcp, &ep.sa, ep.len));
	saw("sendmsg", sendmsg(tcp, &msg, MSG_NOSIGNAL));
	msg.msg_name = &ep.sa;
	msg.msg_namelen = ep.len;
	saw("sendmsg", sendmsg(udp, &msg, 0));
	return 0;
}
