/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_netlink_udp.c - the descriptor is a netlink socket at the look and
 * UDP at the call
 *
 * attack:   sendto names ADDR while the descriptor is a netlink and a UDP socket in turn
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   netlink(7); engine.md "No family is let through"
 * root:     no
 */
#include "swap.h"
#include <linux/netlink.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};

	fds[0] = open_socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	fds[1] = open_udp(a.denied.sa.sa_family);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t,
			  sendto(SLOT, "x", 1, MSG_DONTWAIT, &a.denied.sa, a.denied.len));
	flip_end(&f);
	return tally_end(&t);
}
