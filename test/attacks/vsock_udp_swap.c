/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/vsock_udp_swap.c - an IP address for a vsock socket, with UDP under the
 * number when the call runs
 *
 * attack:   connect names ADDR while the descriptor is a vsock and a UDP socket in turn,
 *           then write
 * expect:   silent control=none
 * event:    -
 * rule:     refuse ADDR/udp
 * rule:     allow ADDR
 * rule:     allow vsock
 * records:  udp ADDR
 * tries:    20000
 * source:   vsock(7), dup2(2)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};

	fds[0] = open_socket(AF_VSOCK, SOCK_STREAM, 0);
	fds[1] = open_udp(a.denied.sa.sa_family);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++) {
		tally_add(&t, connect(SLOT, &a.denied.sa, a.denied.len));
		(void)!write(fds[1], "x", 1);
	}
	flip_end(&f);
	return tally_end(&t);
}
