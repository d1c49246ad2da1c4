/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_udp_tcp_sendmsg.c - sendmsg(2) on a TCP socket at the look and UDP
 * at the call
 *
 * attack:   as dup2_udp_tcp, by sendmsg, which on a stream is let run with its name
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   sendmsg(2); engine.md "sendmsg on a stream"
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};

	msg.msg_name = &a.denied.v6;
	msg.msg_namelen = a.denied.len;
	fds[0] = open_tcp(a.denied.sa.sa_family);
	fds[1] = open_udp(a.denied.sa.sa_family);
	if (connect(fds[0], &a.allowed.sa, a.allowed.len) < 0)
		die("connect");
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, sendmsg(SLOT, &msg, MSG_DONTWAIT | MSG_NOSIGNAL));
	flip_end(&f);
	return tally_end(&t);
}
