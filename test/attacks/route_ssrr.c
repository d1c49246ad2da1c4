/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_ssrr.c - a strict source route of IPv4: the first hop is ADDR
 *
 * attack:   IP_OPTIONS with SSRR over ADDR; the datagram itself is for 127.0.0.1, which is allowed
 * expect:   silent control=none
 * event:    route-bend
 * source:   ip(7) IP_OPTIONS, RFC 791, net/ipv4/ip_options.c
 * root:     yes
 * records:  packet ADDR
 */
#include "door.h"

#define IPOPT_ROUTE 137 /* SSRR, RFC 791 */

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct endpoint to = endpoint_from("127.0.0.1", argv[2]);
	unsigned char option[12] = {1, IPOPT_ROUTE, 7, 4};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	memcpy(option + 4, &ep.v4.sin_addr, 4);
	if (setsockopt(fd, IPPROTO_IP, IP_OPTIONS, option, 8) < 0)
		saw("setsockopt", -1);
	saw("send", sendto(fd, "x", 1, 0, &to.sa, to.len));
	return 0;
}
