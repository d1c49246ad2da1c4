/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_port_flip.c - a second thread flips the port while connect(2)
 * runs
 *
 * attack:   a rule allows port 9 of ADDR and no other; sockaddr holds port 9 and PORT in
 *           turn
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * rule:     allow ADDR:9
 * records:  tcp ADDR
 * source:   engine.md "Ways round"; rules.md "Targets"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint other = a.denied;
	struct endpoint at = a.denied;
	struct flipper f;

	other.v4.sin_port = htons(9);
	flip_start(&f, &at.v6, &other.v6, &a.denied.v6, a.denied.len);
	race_connect(&a, &at.sa, a.denied.len);
	flip_end(&f);
	return 0;
}
