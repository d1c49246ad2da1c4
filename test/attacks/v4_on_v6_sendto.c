/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/v4_on_v6_sendto.c - an AF_INET address given to an IPv6 UDP socket by
 * sendto(2)
 *
 * attack:   IPv6 UDP takes a plain sockaddr_in as well and sends it by IPv4
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv6/udp.c udpv6_sendmsg
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	told("sendto", sendto(open_udp(AF_INET6), "x", 1, 0, &a.denied.sa, a.denied.len));
	return 0;
}
