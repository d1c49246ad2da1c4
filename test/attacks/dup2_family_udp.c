/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_family_udp.c - the descriptor is an IPv4 socket at the look and IPv6
 * at the call
 *
 * attack:   sendto names ::ffff:ADDR, which only the IPv6 socket takes
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   ipv6(7); dup(2)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};
	struct endpoint ep = mapped(&a.denied);

	fds[0] = open_udp(AF_INET);
	fds[1] = open_udp(AF_INET6);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, sendto(SLOT, "x", 1, MSG_DONTWAIT, &ep.sa, ep.len));
	flip_end(&f);
	return tally_end(&t);
}
