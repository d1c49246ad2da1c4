/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_udp_tcp.c - the descriptor is a TCP socket at the look and UDP at
 * the call
 *
 * attack:   a connected TCP socket ignores the address of sendto; the UDP socket put in
 *           its place does not
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * tries:    20000
 * source:   sendto(2) EISCONN; dup(2)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};

	fds[0] = open_tcp(a.denied.sa.sa_family);
	fds[1] = open_udp(a.denied.sa.sa_family);
	if (connect(fds[0], &a.allowed.sa, a.allowed.len) < 0)
		die("connect");
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, sendto(SLOT, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL,
				     &a.denied.sa, a.denied.len));
	flip_end(&f);
	return tally_end(&t);
}
