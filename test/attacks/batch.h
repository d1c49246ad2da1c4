/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/batch.h - a batch of datagrams of which one is not like the others
 */
#ifndef NETJAIL_TEST_BATCH_H
#define NETJAIL_TEST_BATCH_H

#include "attack.h"

/* sendmmsg(2) of `count` messages: number `odd` goes to ADDR, all others to loopback. */
static inline void send_batch(const struct attack *a, int count, int odd)
{
	static struct mmsghdr batch[1100];
	static struct iovec iov = {.iov_base = "x", .iov_len = 1};
	int fd = open_udp(a->denied.sa.sa_family);

	for (int i = 0; i < count; i++) {
		const struct endpoint *ep = i == odd ? &a->denied : &a->allowed;

		batch[i].msg_hdr.msg_iov = &iov;
		batch[i].msg_hdr.msg_iovlen = 1;
		batch[i].msg_hdr.msg_name = (void *)&ep->v6;
		batch[i].msg_hdr.msg_namelen = ep->len;
	}
	told("sendmmsg", sendmmsg(fd, batch, (unsigned)count, 0));
}

#endif
