/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_namelen_flip.c - a second thread flips the length of the name of
 * a message
 *
 * attack:   the socket is connected to 127.0.0.1 and msg_namelen is 0 and sizeof in turn:
 *           with 0 the name is not looked at
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   sendmsg(2); net/socket.c copy_msghdr_from_user
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_namelen = a.denied.len};

	socklen_t lens[2] = {0, a.denied.len};
	struct flipper f;
	int fd = open_udp(a.denied.sa.sa_family);

	if (connect(fd, &a.allowed.sa, a.allowed.len) < 0)
		die("connect");
	msg.msg_name = &a.denied.v6;
	flip_start(&f, &msg.msg_namelen, &lens[0], &lens[1], sizeof(lens[0]));
	race_sendmsg(&a, fd, &msg);
	flip_end(&f);
	return 0;
}
