/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_family_flip.c - a second thread flips the family between none and
 * AF_INET
 *
 * attack:   AF_UNSPEC dissolves a connection and names nobody; the next moment the same
 *           bytes are ADDR
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   connect(2); net/ipv4/af_inet.c __inet_stream_connect
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint none = a.denied;
	struct endpoint at = a.denied;
	struct flipper f;

	none.sa.sa_family = AF_UNSPEC;
	flip_start(&f, &at.v6, &none.v6, &a.denied.v6, a.denied.len);
	race_connect(&a, &at.sa, a.denied.len);
	flip_end(&f);
	return 0;
}
