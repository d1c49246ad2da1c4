/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_flip.c - a second thread flips the address while connect(2) runs
 *
 * attack:   sockaddr holds 127.0.0.1 and ADDR in turn, so that what was looked at is not
 *           what the kernel reads
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   engine.md "Ways round"; connect(2), ptrace(2)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint at = a.allowed;
	struct flipper f;

	flip_start(&f, &at.v6, &a.allowed.v6, &a.denied.v6, a.denied.len);
	race_connect(&a, &at.sa, a.denied.len);
	flip_end(&f);
	return 0;
}
