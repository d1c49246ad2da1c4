/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/raw.h - an IPv4 packet of UDP, written by hand
 */
#ifndef NETJAIL_TEST_RAW_H
#define NETJAIL_TEST_RAW_H

#include <netinet/ip.h>
#include <netinet/udp.h>

#include "attack.h"

struct raw_packet {
	struct iphdr ip;
	struct udphdr udp;
	char byte;
} __attribute__((packed));

static inline struct raw_packet raw_packet_to(const struct endpoint *ep)
{
	struct raw_packet packet = {
		.ip = {.version = 4,
		       .ihl = 5,
		       .ttl = 9,
		       .protocol = IPPROTO_UDP,
		       .tot_len = htons(sizeof(packet)),
		       .daddr = ep->v4.sin_addr.s_addr},
		.udp = {.source = htons(4242), .dest = ep->v4.sin_port, .len = htons(9)}};

	return packet;
}

#endif
