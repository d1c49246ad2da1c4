/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_sealed_flip.c - the address flips under a message that cannot be
 * carried out
 *
 * attack:   a payload of 60 KiB and MSG_ZEROCOPY go by the program's own call: the name
 *           must not be its own
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   engine.md "Seal"; Documentation/networking/msg_zerocopy.rst
 * root:     no
 */
#include "attack.h"

static char big[60 << 10];

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint at = a.allowed;
	struct iovec iov = {.iov_base = big, .iov_len = sizeof(big)};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	struct flipper f;
	struct tally t = {0};
	int one = 1;
	int fd = open_udp(a.denied.sa.sa_family);

	setsockopt(fd, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof(one));
	msg.msg_name = &at.v6;
	msg.msg_namelen = a.denied.len;
	flip_start(&f, &at.v6, &a.allowed.v6, &a.denied.v6, a.denied.len);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t,
			  sendmsg(fd, &msg, MSG_DONTWAIT | (i & 1 ? MSG_ZEROCOPY : 0)));
	flip_end(&f);
	return tally_end(&t);
}
