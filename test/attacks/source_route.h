/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/source_route.h - a datagram with a source route of IPv4 (RFC 791)
 */
#ifndef NETJAIL_TEST_SOURCE_ROUTE_H
#define NETJAIL_TEST_SOURCE_ROUTE_H

#include "door.h"

/* To 127.0.0.1 over ADDR, by an option of this type. */
static inline int send_over(int argc, char **argv, unsigned char type)
{
	struct endpoint ep = door_target(argc, argv);
	struct endpoint to = endpoint_from("127.0.0.1", argv[2]);
	unsigned char option[12] = {1, type, 7, 4};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	memcpy(option + 4, &ep.v4.sin_addr, 4);
	if (setsockopt(fd, IPPROTO_IP, IP_OPTIONS, option, 8) < 0)
		saw("setsockopt", -1);
	saw("send", sendto(fd, "x", 1, 0, &to.sa, to.len));
	return 0;
}

#endif
