/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fastopen_flip.c - the address flips while MSG_FASTOPEN makes a connection
 *
 * attack:   as connect_flip, by sendto with MSG_FASTOPEN
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   tcp(7) MSG_FASTOPEN; engine.md "Ways round"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint at = a.allowed;
	struct flipper f;
	struct tally t = {0};

	flip_start(&f, &at.v6, &a.allowed.v6, &a.denied.v6, a.denied.len);
	for (int i = 0; i < a.tries; i++) {
		int fd = open_tcp(a.denied.sa.sa_family);

		tally_add(&t, sendto(fd, "x", 1, MSG_FASTOPEN, &at.sa, a.denied.len));
		close(fd);
	}
	flip_end(&f);
	return tally_end(&t);
}
