/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_unix_family_flip.c - a second thread flips the family between
 * AF_UNIX and AF_INET
 *
 * attack:   bytes that begin with AF_UNIX are allowed by themselves; the kernel reads
 *           AF_INET and ADDR
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   unix(7); net/ipv4/af_inet.c
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint local = a.denied;
	struct endpoint at = a.denied;
	struct flipper f;

	local.sa.sa_family = AF_UNIX;
	flip_start(&f, &at.v6, &local.v6, &a.denied.v6, a.denied.len);
	race_connect(&a, &at.sa, a.denied.len);
	flip_end(&f);
	return 0;
}
