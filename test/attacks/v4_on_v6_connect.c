/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/v4_on_v6_connect.c - an AF_INET address given to an IPv6 UDP socket by
 * connect(2)
 *
 * attack:   IPv6 UDP connects to a plain sockaddr_in as well; a send goes there by IPv4
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv6/datagram.c __ip6_datagram_connect
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_udp(AF_INET6);

	told("connect", connect(fd, &a.denied.sa, a.denied.len));
	told("send", send(fd, "x", 1, 0));
	return 0;
}
