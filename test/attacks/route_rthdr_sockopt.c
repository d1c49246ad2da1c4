/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_rthdr_sockopt.c - a routing header of IPv6 by setsockopt(2): the first hop is ADDR
 *
 * attack:   type 4 (segment routing) and type 2 (mobile) over ADDR; the datagram is for ::1
 * expect:   silent control=none
 * event:    route-bend
 * source:   RFC 8754, net/ipv6/exthdrs.c fl6_update_dst
 * root:     yes
 * family:   6
 */
#include "rthdr.h"

static void send_by(const struct endpoint *to, const unsigned char *header, size_t len)
{
	int fd = socket(AF_INET6, SOCK_DGRAM, 0);

	saw("setsockopt",
	    setsockopt(fd, IPPROTO_IPV6, IPV6_RTHDR, header, (socklen_t)len));
	saw("send", sendto(fd, "x", 1, 0, &to->sa, to->len));
	close(fd);
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct endpoint to = endpoint_from("::1", argv[2]);
	unsigned char header[40];

	for (int type = 2; type <= 4; type += 2)
		send_by(&to, header, make_header(header, type, &ep, &to));
	return 0;
}
