/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmmsg_1100.c - a batch of more messages than the kernel takes at once
 *
 * attack:   the kernel sends 1,024 of 1,100; the one numbered 1,023 is the first that
 *           goes to ADDR
 * expect:   silent control=reached
 * event:    -
 * source:   sendmmsg(2) UIO_MAXIOV; net/socket.c __sys_sendmmsg
 * root:     no
 */
#include "attack.h"

#define MESSAGES 1100

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
	batch[1023].msg_hdr.msg_name = &a.denied.v6;
	told("sendmmsg", sendmmsg(fd, batch, MESSAGES, 0));
	return 0;
}
