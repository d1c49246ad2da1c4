/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fastopen_iovec_swap.c - a fast open in two pieces, and a datagram socket in its place
 *
 * attack:   the rules allow ADDR over TCP only; dup2(2) puts a UDP socket under the number
 *           while the address is in use
 * expect:   silent control=none
 * event:    -
 * rule:     allow ADDR:8080/tcp
 * records:  udp ADDR
 * tries:    20000
 * source:   engine.md "the socket that was judged"; sendmsg(2) MSG_FASTOPEN
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct iovec spans[] = {{.iov_base = "x", .iov_len = 1},
				{.iov_base = "y", .iov_len = 1}};
	struct msghdr msg = {.msg_name = &a.denied.v6,
			     .msg_namelen = a.denied.len,
			     .msg_iov = spans,
			     .msg_iovlen = 2};
	struct tally t = {0};
	struct flipper f;

	fds[0] = open_tcp(AF_INET);
	fds[1] = open_udp(AF_INET);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, sendmsg(SLOT, &msg, MSG_DONTWAIT | MSG_FASTOPEN));
	flip_end(&f);
	return tally_end(&t);
}
