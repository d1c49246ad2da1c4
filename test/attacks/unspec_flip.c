/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unspec_flip.c - a second thread flips the family of a datagram's address,
 * and the address
 *
 * attack:   AF_UNSPEC with ADDR and AF_INET with 127.0.0.1 stand at the same place in
 *           turn
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   net/ipv4/udp.c udp_sendmsg
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint none = a.denied;
	struct endpoint at = a.allowed;
	struct flipper f;

	none.sa.sa_family = AF_UNSPEC;
	flip_start(&f, &at.v6, &a.allowed.v6, &none.v6, a.denied.len);
	race_sendto(&a, open_udp(AF_INET), &at.sa, a.denied.len);
	flip_end(&f);
	return 0;
}
