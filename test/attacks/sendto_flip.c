/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendto_flip.c - a second thread flips the address while sendto(2) runs
 *
 * attack:   as connect_flip, with a datagram that is gone before anybody can look again
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   engine.md "Ways round"; sendto(2)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint at = a.allowed;
	struct flipper f;

	flip_start(&f, &at.v6, &a.allowed.v6, &a.denied.v6, a.denied.len);
	race_sendto(&a, open_udp(a.denied.sa.sa_family), &at.sa, a.denied.len);
	flip_end(&f);
	return 0;
}
