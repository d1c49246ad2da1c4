/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fastopen_sendmmsg.c - a connection that sendmmsg(2) makes by MSG_FASTOPEN
 *
 * attack:   no connect(2) is ever called: the first data and the address come with a
 *           batch of one
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
	struct mmsghdr batch = {.msg_hdr = {.msg_iov = &iov, .msg_iovlen = 1}};
	int fd = open_tcp(a.denied.sa.sa_family);

	batch.msg_hdr.msg_name = &a.denied.v6;
	batch.msg_hdr.msg_namelen = a.denied.len;
	told("sendmmsg", sendmmsg(fd, &batch, 1, MSG_FASTOPEN));
	return 0;
}
