/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_tcp_tcp.c - the descriptor is one TCP socket at the look and another
 * at the call
 *
 * attack:   one socket is connected to 127.0.0.1, where a further connect only says
 *           EISCONN; the other is new
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   connect(2) EISCONN; dup(2)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};

	fds[0] = open_tcp(a.denied.sa.sa_family);
	fds[1] = open_tcp(a.denied.sa.sa_family);
	if (connect(fds[0], &a.allowed.sa, a.allowed.len) < 0)
		die("connect");
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, connect(SLOT, &a.denied.sa, a.denied.len));
	flip_end(&f);
	return tally_end(&t);
}
