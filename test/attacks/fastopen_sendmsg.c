/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fastopen_sendmsg.c - a connection that sendmsg(2) makes by MSG_FASTOPEN
 *
 * attack:   no connect(2) is ever called: the first data and the address come with one
 *           sendmsg
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   tcp(7) MSG_FASTOPEN; engine.md "Ways round"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct iovec iov = {.iov_base = "hi\n", .iov_len = 3};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	int fd = open_tcp(a.denied.sa.sa_family);

	msg.msg_name = &a.denied.v6;
	msg.msg_namelen = a.denied.len;
	told("sendmsg", sendmsg(fd, &msg, MSG_FASTOPEN));
	return 0;
}
