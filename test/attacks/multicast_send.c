/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/multicast_send.c - a datagram to a group that the program has joined
 * itself
 *
 * attack:   any socket on port PORT hears the group; ADDR is not named: the group is 239
 *           and the rest of ADDR
 * expect:   silent control=reached
 * event:    -
 * rule:     allow 239.0.113.8
 * records:  udp 239\.TAIL
 * source:   ip(7) IP_ADD_MEMBERSHIP, IP_MULTICAST_ALL
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint group = a.denied;
	struct ip_mreq join = {.imr_interface = a.allowed.v4.sin_addr};
	int fd = open_udp(AF_INET);

	*(unsigned char *)&group.v4.sin_addr = 239;
	join.imr_multiaddr = group.v4.sin_addr;
	if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &join, sizeof(join)) < 0)
		lacks("IP_ADD_MEMBERSHIP");
	setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &join.imr_interface, 4);
	told("sendto", sendto(fd, "x", 1, 0, &group.sa, group.len));
	return 0;
}
