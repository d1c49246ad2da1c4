/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/v4_on_v6_unspec.c - an AF_UNSPEC address on an IPv6 UDP socket
 *
 * attack:   IPv6 UDP takes AF_UNSPEC for "where it is connected", the rest of the bytes
 *           names ADDR; connect after it
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv6/udp.c udpv6_sendmsg
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint none = mapped(&a.denied), ep = mapped(&a.denied);
	int fd = open_udp(AF_INET6);

	none.sa.sa_family = AF_UNSPEC;
	told("sendto", sendto(fd, "x", 1, 0, &none.sa, none.len));
	told("connect", connect(fd, &none.sa, none.len));
	told("sendto", sendto(fd, "x", 1, 0, &ep.sa, ep.len));
	return 0;
}
