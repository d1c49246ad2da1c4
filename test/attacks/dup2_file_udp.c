/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dup2_file_udp.c - the descriptor is no socket at the look and UDP at the
 * call
 *
 * attack:   the descriptor is /dev/null and a UDP socket in turn: a call on a file may be
 *           left to fail by itself
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   sendto(2) ENOTSOCK; dup(2)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	struct tally t = {0};

	fds[0] = open("/dev/null", O_RDWR | O_CLOEXEC);
	fds[1] = open_udp(a.denied.sa.sa_family);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a.tries; i++)
		tally_add(&t,
			  sendto(SLOT, "x", 1, MSG_DONTWAIT, &a.denied.sa, a.denied.len));
	flip_end(&f);
	return tally_end(&t);
}
