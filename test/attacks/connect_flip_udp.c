/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_flip_udp.c - a second thread flips the address while connect(2)
 * of a UDP socket runs
 *
 * attack:   UDP connects at once; a byte is sent after each connect, to whoever the
 *           kernel has read
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   udp(7); engine.md "Ways round"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint at = a.allowed;
	struct flipper f;
	struct tally t = {0};
	int fd = open_udp(a.denied.sa.sa_family);

	flip_start(&f, &at.v6, &a.allowed.v6, &a.denied.v6, a.denied.len);
	for (int i = 0; i < a.tries; i++) {
		tally_add(&t, connect(fd, &at.sa, a.denied.len));
		send(fd, "x", 1, MSG_DONTWAIT);
	}
	flip_end(&f);
	return tally_end(&t);
}
