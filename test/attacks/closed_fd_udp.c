/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/closed_fd_udp.c - the descriptor is closed at the look and a UDP socket
 * at the call
 *
 * attack:   a second thread closes and reopens the number: a call on a bad descriptor may
 *           be left to fail by itself
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   sendto(2) EBADF; dup(2)
 * root:     no
 */
#include "attack.h"

#define SLOT 100

static int udp;

static void turn(void *unused, int side)
{
	(void)unused;
	if (side)
		dup2(udp, SLOT);
	else
		close(SLOT);
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;

	udp = open_udp(a.denied.sa.sa_family);
	flip_calls(&f, turn, NULL);
	race_sendto(&a, SLOT, &a.denied.sa, a.denied.len);
	flip_end(&f);
	return 0;
}
