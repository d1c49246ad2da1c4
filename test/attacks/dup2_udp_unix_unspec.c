/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_udp_unix_unspec.c - the same with AF_UNSPEC, which UDP takes for AF_INET:
 * it names nothing to the UNIX socket of the look
 *
 * attack:   sendto gives ADDR as AF_UNSPEC while the descriptor is an AF_UNIX and a UDP socket in turn
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   engine.md "No family is let through"; dup(2)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};

	fds[0] = open_socket(AF_UNIX, SOCK_DGRAM, 0);
	fds[1] = open_udp(AF_INET);
	a.denied.sa.sa_family = AF_UNSPEC; /* net/ipv4/udp.c udp_sendmsg */
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t,
			  sendto(SLOT, "x", 1, MSG_DONTWAIT, &a.denied.sa, a.denied.len));
	flip_end(&f);
	return tally_end(&t);
}
