/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_pktinfo6.c - IPV6_PKTINFO as an option and IPV6_2292PKTINFO as control
 * data choose the device, SO_MARK the routing table
 *
 * attack:   each is set as far as the rights go; then a datagram to ADDR
 * expect:   silent
 * event:    route-bend
 * family:   6
 * source:   net/ipv6/ipv6_sockglue.c, net/ipv6/datagram.c ip6_datagram_send_ctl
 * root:     no
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct in6_pktinfo info = {.ipi6_ifindex = 1};
	int fd = socket(AF_INET6, SOCK_DGRAM, 0), mark = 7;

	saw("IPV6_PKTINFO",
	    setsockopt(fd, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof(info)));
	saw("SO_MARK", setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)));
	saw("sendto", sendto(fd, "x", 1, 0, &ep.sa, ep.len));
	return 0;
}
