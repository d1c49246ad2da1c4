/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_null_name_flip.c - a second thread flips the name of a message
 * between NULL and ADDR
 *
 * attack:   the socket is connected to 127.0.0.1: a message without a name goes there,
 *           one with a name to ADDR
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   sendmsg(2); udp(7)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_namelen = a.denied.len};

	void *names[2] = {NULL, &a.denied.v6};
	struct flipper f;
	int fd = open_udp(a.denied.sa.sa_family);

	if (connect(fd, &a.allowed.sa, a.allowed.len) < 0)
		die("connect");
	flip_start(&f, &msg.msg_name, &names[0], &names[1], sizeof(names[0]));
	race_sendmsg(&a, fd, &msg);
	flip_end(&f);
	return 0;
}
