/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_header_flip.c - a second thread flips the whole header of a
 * message
 *
 * attack:   two complete msghdr, one to 127.0.0.1 and one to ADDR, are put at the same
 *           place in turn
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   sendmsg(2); engine.md "Ways round"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_namelen = a.denied.len};

	struct msghdr other = msg, at;
	struct flipper f;

	msg.msg_name = &a.allowed.v6;
	other.msg_name = &a.denied.v6;
	at = msg;
	flip_start(&f, &at, &msg, &other, sizeof(at));
	race_sendmsg(&a, open_udp(a.denied.sa.sa_family), &at);
	flip_end(&f);
	return 0;
}
