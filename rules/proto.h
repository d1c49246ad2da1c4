/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/proto.h - the protocols that a target names, and which of them a socket speaks
 */
#ifndef NETJAIL_RULES_PROTO_H
#define NETJAIL_RULES_PROTO_H

#include <stdbool.h>

#include "base/cleanup.h"
#include "rules/words.h"

struct sockkind;

/* Bits, so that one word of a rule can cover several protocols. */
enum proto {
	PROTO_OTHER = 1 << 0, /* dccp and what comes after it */
	PROTO_TCP = 1 << 1,
	PROTO_MPTCP = 1 << 2,
	PROTO_UDP = 1 << 3,
	PROTO_UDPLITE = 1 << 4,
	PROTO_ICMP = 1 << 5,
	PROTO_SCTP = 1 << 6,
	PROTO_RAW = 1 << 7,
};

enum { PROTO_PORTLESS = PROTO_ICMP | PROTO_RAW };

/* The words of a rule. `tcp` covers mptcp, because an MPTCP connection falls back to
 * plain TCP with a peer that does not speak it (RFC 8684 section 3.7): a rule about TCP
 * that MPTCP got past would be none. `udp` covers udplite. `mptcp` is MPTCP alone. */
extern const struct words proto_words;
must_check unsigned proto_mask(int word);
/* The word of a mask that proto_mask gave. */
const char *proto_word(unsigned mask);
/* What services(5) calls it, NULL when the protocol has no ports. */
const char *proto_service(int word);

must_check enum proto proto_of(const struct sockkind *sock);

/* True for the sockets of AF_INET and AF_INET6 that are judged by where they connect and
 * send to, so that making one is harmless. */
must_check bool proto_is_plain(const struct sockkind *sock);

#endif
