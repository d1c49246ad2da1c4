/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmmsg_eighth.c - a batch of which the eighth message goes to ADDR
 *
 * attack:   all others go to 127.0.0.1: who looks at the first message alone lets the
 *           batch go
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   sendmmsg(2)
 * root:     no
 */
#include "attack.h"

#define MESSAGES 8

static struct mmsghdr batch[MESSAGES];
static struct iovec iov = {.iov_base = "x", .iov_len = 1};

static void fill(const struct endpoint *ep)
{
	for (int i = 0; i < MESSAGES; i++) {
		batch[i].msg_hdr.msg_iov = &iov;
		batch[i].msg_hdr.msg_iovlen = 1;
		batch[i].msg_hdr.msg_name = (void *)&ep->v6;
		batch[i].msg_hdr.msg_namelen = ep->len;
	}
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_udp(a.denied.sa.sa_family);

	fill(&a.allowed);
	batch[7].msg_hdr.msg_name = &a.denied.v6;
	told("sendmmsg", sendmmsg(fd, batch, MESSAGES, 0));
	return 0;
}
