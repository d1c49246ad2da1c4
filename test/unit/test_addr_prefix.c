/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_addr_prefix.c - prefixes: text, matching bit by bit, round trips
 */
#include "net/addr.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "test/unit/harness.h"

/* Parses a copy of exactly `len` bytes, so that ASan sees an over-read. */
static bool parse(const char *text, size_t len, struct addr *ret_addr)
{
	char *exact = malloc(len ? len : 1);
	bool parsed;

	memcpy(exact, text, len);
	parsed = addr_parse(exact, len, ret_addr);
	free(exact);
	return parsed;
}

static int parse_prefix(const char *text, size_t len, struct addr_prefix *ret_prefix)
{
	char *exact = malloc(len ? len : 1);
	int error;

	memcpy(exact, text, len);
	error = addr_prefix_parse(exact, len, ret_prefix);
	free(exact);
	return error;
}

static struct addr known(const char *text)
{
	struct addr addr = {.family = ADDR_NONE};

	CHECK(parse(text, strlen(text), &addr));
	return addr;
}

static struct addr_prefix known_prefix(const char *text)
{
	struct addr_prefix prefix = {.bits = 0};

	CHECK(parse_prefix(text, strlen(text), &prefix) == 0);
	return prefix;
}

static const char *text_of(const struct addr *addr)
{
	static char text[80];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	addr_put(&buf, addr);
	CHECK(!buf.truncated);
	return text;
}

static const char *text_of_prefix(const struct addr_prefix *prefix)
{
	static char text[80];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	addr_prefix_put(&buf, prefix);
	CHECK(!buf.truncated);
	return text;
}

/* One bit after the other: an address is in the prefix exactly when no bit in it differs.
 */
static void check_bits(const char *text, unsigned full)
{
	struct addr base = known(text);

	for (unsigned bits = 0; bits <= full; bits++) {
		struct addr_prefix prefix = {base, (uint8_t)bits};

		CHECK(addr_in_prefix(&base, &prefix));
		for (unsigned bit = 0; bit < full; bit++) {
			struct addr other = base;

			other.bytes[bit / 8] ^= (uint8_t)(0x80u >> (bit % 8));
			CHECK(addr_in_prefix(&other, &prefix) == (bit >= bits));
		}
	}
}

TEST(in_prefix)
{
	struct addr four = known("10.0.0.1"), six = known("::ffff:10.0.0.1");
	struct addr_prefix all4 = known_prefix("0.0.0.0/0"), all6 = known_prefix("::/0");
	struct addr none = {.family = ADDR_NONE};
	struct addr_prefix of_none = {none, 0};

	check_bits("172.21.43.87", 32);
	check_bits("2001:db8:8765:4321:fedc:ba98:7654:3210", 128);
	CHECK(addr_in_prefix(&four, &all4) && !addr_in_prefix(&four, &all6));
	CHECK(addr_in_prefix(&six, &all6) && !addr_in_prefix(&six, &all4));
	CHECK(!addr_in_prefix(&none, &all4) && !addr_in_prefix(&none, &of_none));
}

TEST(prefix_parses)
{
	static const struct {
		const char *text;
		int error;
		const char *want;
	} cases[] = {
	    {"192.0.2.0/24", 0, "192.0.2.0/24"},
	    {"192.0.2.1", 0, "192.0.2.1/32"},
	    {"192.0.2.1/32", 0, "192.0.2.1/32"},
	    {"0.0.0.0/0", 0, "0.0.0.0/0"},
	    {"::/0", 0, "::/0"},
	    {"::", 0, "::/128"},
	    {"2001:db8::/33", 0, "2001:db8::/33"},
	    {"10.0.0.1/8", -EDOM, "10.0.0.0/8"},
	    {"10.0.0.1/0", -EDOM, "0.0.0.0/0"},
	    {"10.0.0.3/31", -EDOM, "10.0.0.2/31"},
	    {"2001:db8::1/64", -EDOM, "2001:db8::/64"},
	    {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127", -EDOM,
	     "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127"},
	    {"::ffff:10.0.0.0/104", 0, "10.0.0.0/8"},
	    {"::ffff:10.0.0.1", 0, "10.0.0.1/32"},
	    {"::ffff:0:0/96", 0, "0.0.0.0/0"},
	    {"::ffff:10.0.0.1/104", -EDOM, "10.0.0.0/8"},
	    {"::ffff:0:0/95", -EDOM, "::fffe:0:0/95"},
	    {"", -EINVAL, NULL},
	    {"/", -EINVAL, NULL},
	    {"/8", -EINVAL, NULL},
	    {"10.0.0.0/", -EINVAL, NULL},
	    {"10.0.0.0/33", -EINVAL, NULL},
	    {"::/129", -EINVAL, NULL},
	    {"::/256", -EINVAL, NULL},
	    {"::/1000", -EINVAL, NULL},
	    {"10.0.0.0/08", -EINVAL, NULL},
	    {"10.0.0.0/00", -EINVAL, NULL},
	    {"10.0.0.0/+8", -EINVAL, NULL},
	    {"10.0.0.0/-0", -EINVAL, NULL},
	    {"10.0.0.0/8 ", -EINVAL, NULL},
	    {"10.0.0.0 /8", -EINVAL, NULL},
	    {"10.0.0.0/8/8", -EINVAL, NULL},
	    {"10.0.0.0//8", -EINVAL, NULL},
	    {"10.0.0.0/255.0.0.0", -EINVAL, NULL},
	    {"10/8", -EINVAL, NULL},
	    {"10.0.0.0/99999999999999999999", -EINVAL, NULL},
	    {"::/ 1", -EINVAL, NULL},
	    {"10.0.0.0/0x8", -EINVAL, NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct addr_prefix prefix = {{ADDR_V4, {9, 9, 9, 9}, 0}, 32};

		CHECK(parse_prefix(cases[i].text, strlen(cases[i].text), &prefix) ==
		      cases[i].error);
		CHECK_STR(text_of_prefix(&prefix),
			  cases[i].want ? cases[i].want : "9.9.9.9/32");
	}
	{
		struct addr_prefix prefix;

		CHECK(parse_prefix("10.0.0.0/8\0", 11, &prefix) == -EINVAL);
		CHECK(parse_prefix("10.0.0.0\0/8", 11, &prefix) == -EINVAL);
		CHECK(addr_prefix_parse(NULL, 0, &prefix) == -EINVAL);
	}
}

static void check_round_trip(struct addr addr, unsigned bits)
{
	struct addr_prefix wide = {addr, (uint8_t)bits}, back, again;
	struct addr parsed;
	const char *text = text_of(&addr);

	CHECK(parse(text, strlen(text), &parsed));
	CHECK(parsed.family == addr.family && addr_equal(&parsed, &addr));
	text = text_of_prefix(&wide);
	CHECK(parse_prefix(text, strlen(text), &back) != -EINVAL);
	text = text_of_prefix(&back);
	CHECK(parse_prefix(text, strlen(text), &again) == 0);
	CHECK(again.bits == back.bits && addr_equal(&again.addr, &back.addr));
	addr = addr_canonical(addr);
	CHECK(back.addr.family != addr.family || addr_in_prefix(&addr, &back));
}

TEST(round_trips)
{
	srandom(1);
	for (unsigned i = tries(20000); i > 0; i--) {
		uint8_t bytes[16];

		for (size_t j = 0; j < sizeof(bytes); j++)
			bytes[j] = random() & 1 ? 0 : (uint8_t)random();
		check_round_trip(addr_from_v4(bytes), i % 33);
		check_round_trip(addr_from_v6(bytes, 0), i % 129);
		memcpy(bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
		check_round_trip(addr_from_v6(bytes, 0), i % 129);
	}
}
