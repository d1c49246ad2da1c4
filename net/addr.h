/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/addr.h - one value for an IPv4 or IPv6 address, its prefix, its text and its scope
 *
 * Contract:  pure values; input text is hostile and may be any length; no allocation.
 * Errors:    parsers touch no output on failure unless said otherwise.
 */
#ifndef NETJAIL_NET_ADDR_H
#define NETJAIL_NET_ADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct buf;

enum addr_family { ADDR_NONE = 0, ADDR_V4 = 4, ADDR_V6 = 6 };

struct addr {
	enum addr_family family;
	uint8_t bytes[16]; /* network order; IPv4 uses the first 4, the rest is 0 */
	uint32_t scope_id; /* IPv6 interface index, 0 = none */
};

struct addr_prefix {
	struct addr addr; /* host bits are 0 */
	uint8_t bits;     /* 0..32 or 0..128 */
};

/* What part of the world an address lies in (RFC 6890, RFC 4291). The first value is
 * the one that no other describes. */
enum addr_scope {
	ADDR_SCOPE_INTERNET = 0,
	ADDR_SCOPE_LOCALHOST, /* 127.0.0.0/8, ::1 */
	ADDR_SCOPE_LAN,       /* RFC 1918, 100.64.0.0/10, fc00::/7 */
	ADDR_SCOPE_LINK,      /* 169.254.0.0/16, fe80::/10, 255.255.255.255 */
	ADDR_SCOPE_MULTICAST, /* 224.0.0.0/4, ff00::/8 */
	ADDR_SCOPE_NUM_
};

/* The scope's name in a rule, e.g. "localhost". */
const char *addr_scope_name(enum addr_scope scope);

must_check struct addr addr_from_v4(const uint8_t bytes[static 4]);
must_check struct addr addr_from_v6(const uint8_t bytes[static 16], uint32_t scope_id);

/* The one form in which an address is judged: IPv4-mapped IPv6 (::ffff:a.b.c.d) becomes
 * IPv4. The unspecified addresses stay: which address they reach depends on the
 * socket. */
must_check struct addr addr_canonical(struct addr addr);

/* scope_id is ignored. */
must_check bool addr_equal(const struct addr *a, const struct addr *b);
must_check bool addr_is_unspecified(const struct addr *addr); /* 0.0.0.0 or :: */
must_check bool addr_in_prefix(const struct addr *addr, const struct addr_prefix *prefix);
must_check enum addr_scope addr_scope_of(const struct addr *addr);

/* "192.0.2.1", "2001:db8::1": no brackets, no port, no zone. Strict dotted quads only. */
must_check bool addr_parse(const char *text, size_t len, struct addr *ret_addr);

/* "192.0.2.0/24", or an address alone (= its full length). 0, -EINVAL when it does not
 * parse, -EDOM when host bits are set: *ret_prefix then holds the prefix that was
 * probably meant. A prefix of IPv4-mapped addresses (/96 or longer) becomes the IPv4
 * prefix. */
must_check int addr_prefix_parse(const char *text, size_t len,
				 struct addr_prefix *ret_prefix);

/* RFC 5952 text for IPv6; a scope id is written as %N. No brackets. */
void addr_put(struct buf *buf, const struct addr *addr);
void addr_prefix_put(struct buf *buf, const struct addr_prefix *prefix);

#endif
