/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_udp_unix_sendmmsg.c - sendmmsg(2) on a UNIX socket at the look and
 * UDP at the call
 *
 * attack:   as dup2_udp_unix, by a batch, whose second message names ADDR
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   engine.md "No family is let through"; sendmmsg(2)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct mmsghdr batch[2] = {0};

	for (int i = 0; i < 2; i++) {
		batch[i].msg_hdr.msg_iov = &iov;
		batch[i].msg_hdr.msg_iovlen = 1;
		batch[i].msg_hdr.msg_name = i ? &a.denied.v6 : &a.allowed.v6;
		batch[i].msg_hdr.msg_namelen = a.denied.len;
	}
	fds[0] = open_socket(AF_UNIX, SOCK_DGRAM, 0);
	fds[1] = open_udp(a.denied.sa.sa_family);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, sendmmsg(SLOT, batch, 2, MSG_DONTWAIT));
	flip_end(&f);
	return tally_end(&t);
}
