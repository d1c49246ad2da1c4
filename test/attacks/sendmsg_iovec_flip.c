/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_iovec_flip.c - a second thread flips the payload of a message and
 * its address
 *
 * attack:   iovec and address change at once, small and 48 KiB: one path copies the
 *           payload, the other does not
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   sendmsg(2); engine.md "Carry out", "Seal"
 * root:     no
 */
#include "attack.h"

static char big[48 << 10];

struct place {
	struct endpoint ep;
	struct iovec iov;
};

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct place one = {.ep = a.allowed, .iov = {.iov_base = "x", .iov_len = 1}};
	struct place other = {.ep = a.denied,
			      .iov = {.iov_base = big, .iov_len = sizeof(big)}};
	struct place at = one;
	struct msghdr msg = {.msg_iov = &at.iov, .msg_iovlen = 1};
	struct flipper f;

	msg.msg_name = &at.ep.v6;
	msg.msg_namelen = a.denied.len;
	flip_start(&f, &at, &one, &other, sizeof(at));
	race_sendmsg(&a, open_udp(a.denied.sa.sa_family), &msg);
	flip_end(&f);
	return 0;
}
