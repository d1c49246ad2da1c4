/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/addr.c - one value for an IPv4 or IPv6 address, its prefix, its text and its scope
 */
#include "net/addr.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/buf.h"

/* ::ffff:0:0/96, RFC 4291 section 2.5.5.2 */
static const uint8_t mapped_start[12] = {[10] = 0xff, [11] = 0xff};

static const char *const scope_names[] = {
	[ADDR_SCOPE_INTERNET] = "internet",
	[ADDR_SCOPE_LOCALHOST] = "localhost",
	[ADDR_SCOPE_LAN] = "lan",
	[ADDR_SCOPE_LINK] = "link",
	[ADDR_SCOPE_MULTICAST] = "multicast",
};
static_assert(ARRAY_LEN(scope_names) == ADDR_SCOPE_NUM_, "name every scope");

static const struct {
	struct addr_prefix prefix;
	enum addr_scope scope;
} scopes[] = {
	{{{ADDR_V4, {127}, 0}, 8}, ADDR_SCOPE_LOCALHOST},
	{{{ADDR_V4, {10}, 0}, 8}, ADDR_SCOPE_LAN},
	{{{ADDR_V4, {172, 16}, 0}, 12}, ADDR_SCOPE_LAN},
	{{{ADDR_V4, {192, 168}, 0}, 16}, ADDR_SCOPE_LAN},
	{{{ADDR_V4, {100, 64}, 0}, 10}, ADDR_SCOPE_LAN},
	{{{ADDR_V4, {169, 254}, 0}, 16}, ADDR_SCOPE_LINK},
	{{{ADDR_V4, {255, 255, 255, 255}, 0}, 32}, ADDR_SCOPE_LINK},
	{{{ADDR_V4, {224}, 0}, 4}, ADDR_SCOPE_MULTICAST},
	{{{ADDR_V6, {[15] = 1}, 0}, 128}, ADDR_SCOPE_LOCALHOST},
	{{{ADDR_V6, {0xfc}, 0}, 7}, ADDR_SCOPE_LAN},
	{{{ADDR_V6, {0xfe, 0x80}, 0}, 10}, ADDR_SCOPE_LINK},
	{{{ADDR_V6, {0xff}, 0}, 8}, ADDR_SCOPE_MULTICAST},
};

static uint8_t full_bits(const struct addr *addr)
{
	return addr->family == ADDR_V4 ? 32 : addr->family == ADDR_V6 ? 128 : 0;
}

static bool is_mapped(const struct addr *addr)
{
	return addr->family == ADDR_V6 &&
	       memcmp(addr->bytes, mapped_start, sizeof(mapped_start)) == 0;
}

const char *addr_scope_name(enum addr_scope scope)
{
	return scope_names[scope];
}

struct addr addr_from_v4(const uint8_t bytes[static 4])
{
	struct addr addr = {.family = ADDR_V4};

	memcpy(addr.bytes, bytes, 4);
	return addr;
}

struct addr addr_from_v6(const uint8_t bytes[static 16], uint32_t scope_id)
{
	struct addr addr = {.family = ADDR_V6, .scope_id = scope_id};

	memcpy(addr.bytes, bytes, 16);
	return addr;
}

struct addr addr_canonical(struct addr addr)
{
	return is_mapped(&addr) ? addr_from_v4(addr.bytes + sizeof(mapped_start)) : addr;
}

bool addr_equal(const struct addr *a, const struct addr *b)
{
	return a->family == b->family &&
	       memcmp(a->bytes, b->bytes, full_bits(a) / 8) == 0;
}

bool addr_is_unspecified(const struct addr *addr)
{
	static const uint8_t zeros[16];

	return addr->family != ADDR_NONE &&
	       memcmp(addr->bytes, zeros, full_bits(addr) / 8) == 0;
}

bool addr_in_prefix(const struct addr *addr, const struct addr_prefix *prefix)
{
	size_t whole = prefix->bits / 8;
	unsigned rest = prefix->bits % 8;

	if (addr->family == ADDR_NONE || addr->family != prefix->addr.family ||
	    memcmp(addr->bytes, prefix->addr.bytes, whole) != 0)
		return false;
	return !rest ||
	       (addr->bytes[whole] ^ prefix->addr.bytes[whole]) >> (8 - rest) == 0;
}

enum addr_scope addr_scope_of(const struct addr *addr)
{
	struct addr judged = addr_canonical(*addr);

	for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
		if (addr_in_prefix(&judged, &scopes[i].prefix))
			return scopes[i].scope;
	}
	return ADDR_SCOPE_INTERNET;
}

bool addr_parse(const char *text, size_t len, struct addr *ret_addr)
{
	char copy[INET6_ADDRSTRLEN];
	uint8_t bytes[16];

	if (!len || len >= sizeof(copy) || memchr(text, '\0', len))
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	/* inet_pton(3), not inet_aton(3): no "127.1", no octal, no hexadecimal. */
	if (inet_pton(AF_INET, copy, bytes) == 1)
		*ret_addr = addr_from_v4(bytes);
	else if (inet_pton(AF_INET6, copy, bytes) == 1)
		*ret_addr = addr_from_v6(bytes, 0);
	else
		return false;
	return true;
}

/* Digits only, no leading zero, at most `max`. */
static bool parse_bits(const char *text, size_t len, unsigned max, uint8_t *ret_bits)
{
	unsigned bits = 0;

	if (len < 1 || len > 3 || (text[0] == '0' && len > 1))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		bits = bits * 10 + (unsigned)(text[i] - '0');
	}
	if (bits > max)
		return false;
	*ret_bits = (uint8_t)bits;
	return true;
}

static struct addr masked(struct addr addr, unsigned bits)
{
	for (unsigned i = 0; i < sizeof(addr.bytes); i++, bits -= bits < 8 ? bits : 8) {
		if (bits < 8)
			addr.bytes[i] &= (uint8_t)(0xff00u >> bits);
	}
	return addr;
}

int addr_prefix_parse(const char *text, size_t len, struct addr_prefix *ret_prefix)
{
	const char *slash = len ? memchr(text, '/', len) : NULL;
	size_t addr_len = slash ? (size_t)(slash - text) : len;
	struct addr_prefix prefix;
	struct addr given;

	if (!addr_parse(text, addr_len, &given))
		return -EINVAL;
	prefix.bits = full_bits(&given);
	if (slash &&
	    !parse_bits(slash + 1, len - addr_len - 1, prefix.bits, &prefix.bits))
		return -EINVAL;
	/* Judged addresses are canonical: a mapped prefix left as it is would never
	 * match. */
	if (is_mapped(&given) && prefix.bits >= 96) {
		given = addr_canonical(given);
		prefix.bits = (uint8_t)(prefix.bits - 96);
	}
	prefix.addr = masked(given, prefix.bits);
	*ret_prefix = prefix;
	return addr_equal(&given, &prefix.addr) ? 0 : -EDOM;
}

static void put_v4(struct buf *buf, const uint8_t bytes[static 4])
{
	for (unsigned i = 0; i < 4; i++) {
		if (i)
			buf_putc(buf, '.');
		buf_put_int(buf, bytes[i]);
	}
}

static void put_v6(struct buf *buf, const struct addr *addr)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, addr->bytes, text, sizeof(text));
	if (addr->scope_id)
		buf_printf(buf, "%s%%%u", text, addr->scope_id);
	else
		buf_puts(buf, text);
}

void addr_put(struct buf *buf, const struct addr *addr)
{
	if (addr->family == ADDR_V4)
		put_v4(buf, addr->bytes);
	else if (addr->family == ADDR_V6)
		put_v6(buf, addr);
	else
		buf_puts(buf, "(none)");
}

void addr_prefix_put(struct buf *buf, const struct addr_prefix *prefix)
{
	addr_put(buf, &prefix->addr);
	buf_printf(buf, "/%u", prefix->bits);
}
