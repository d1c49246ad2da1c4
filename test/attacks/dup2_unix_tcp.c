/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_unix_tcp.c - the descriptor is a UNIX socket at the look and TCP at
 * the call
 *
 * attack:   a second thread puts an AF_UNIX and a TCP socket at the same number in turn;
 *           connect names ADDR
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

	fds[0] = open_socket(AF_UNIX, SOCK_STREAM, 0);
	fds[1] = open_tcp(a.denied.sa.sa_family);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t, connect(SLOT, &a.denied.sa, a.denied.len));
	flip_end(&f);
	return tally_end(&t);
}
