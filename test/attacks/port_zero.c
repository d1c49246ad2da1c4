/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/port_zero.c - a TCP connection to port 0 of ADDR
 *
 * attack:   port 0 is no port to people, but the kernel sends a SYN to it
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * records:  packet ADDR
 * source:   connect(2); net/ipv4/tcp_ipv4.c tcp_v4_connect
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint ep = a.denied;

	ep.v4.sin_port = 0;
	told("connect", visit_once(&ep));
	return 0;
}
