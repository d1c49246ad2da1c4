/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/mapped_connect.c - an IPv4 connection made by an IPv6 socket
 *
 * attack:   connects to ::ffff:ADDR, which is ADDR to the kernel
 * expect:   silent control=reached
 * event:    -
 * source:   ipv6(7) "IPv4-mapped"; rules.md "Every spelling"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint ep = mapped(&a.denied);

	told("connect", visit_once(&ep));
	return 0;
}
