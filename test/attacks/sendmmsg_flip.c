/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmmsg_flip.c - a second thread flips the name of one message of a
 * batch
 *
 * attack:   eight messages to 127.0.0.1; the name of the fifth points to 127.0.0.1 and
 *           ADDR in turn
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   sendmmsg(2); engine.md "Ways round"
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
	void *names[2] = {&a.allowed.v6, &a.denied.v6};
	struct flipper f;
	struct tally t = {0};
	int fd = open_udp(a.denied.sa.sa_family);

	fill(&a.allowed);
	flip_start(&f, &batch[4].msg_hdr.msg_name, &names[0], &names[1],
		   sizeof(names[0]));
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, sendmmsg(fd, batch, MESSAGES, MSG_DONTWAIT));
	flip_end(&f);
	return tally_end(&t);
}
