/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/scope_id.c - ADDR with a scope id and a flow label
 *
 * attack:   the kernel ignores the scope of a global address; who compares all bytes does
 *           not know it again
 * expect:   silent control=reached
 * event:    -
 * family:   6
 * source:   ipv6(7) sin6_scope_id
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint ep = a.denied;

	ep.v6.sin6_scope_id = 1;
	told("connect with a scope", visit_once(&ep));
	told("sendto with a scope",
	     sendto(open_udp(AF_INET6), "x", 1, 0, &ep.sa, ep.len));
	ep.v6.sin6_scope_id = 0xdeadbeef;
	ep.v6.sin6_flowinfo = htonl(0x12345);
	told("connect with a flow", visit_once(&ep));
	return 0;
}
