/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_name_flip.c - a second thread flips the name pointer of a message
 *
 * attack:   msg_name points to 127.0.0.1 and to ADDR in turn; the addresses themselves
 *           never change
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
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

	void *names[2] = {&a.allowed.v6, &a.denied.v6};
	struct flipper f;

	msg.msg_name = names[0];
	flip_start(&f, &msg.msg_name, &names[0], &names[1], sizeof(names[0]));
	race_sendmsg(&a, open_udp(a.denied.sa.sa_family), &msg);
	flip_end(&f);
	return 0;
}
