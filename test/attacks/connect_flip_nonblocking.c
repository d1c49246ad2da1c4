/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_flip_nonblocking.c - the address flips while a non-blocking
 * connect(2) runs
 *
 * attack:   as connect_flip; the connection is under way when the call returns, and goes
 *           on by itself
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    10000
 * source:   connect(2) EINPROGRESS
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

		fcntl(fd, F_SETFL, O_NONBLOCK);
		tally_add(&t, connect(fd, &at.sa, a.denied.len));
		connect(fd, &at.sa, a.denied.len);
		close(fd);
	}
	flip_end(&f);
	return tally_end(&t);
}
