/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_addr.c - addresses: text, forms, scopes, hostile input
 */
#include "net/addr.h"

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

static struct addr known(const char *text)
{
	struct addr addr = {.family = ADDR_NONE};

	CHECK(parse(text, strlen(text), &addr));
	return addr;
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

TEST(parses_and_prints)
{
	static const char *const cases[][2] = {
	    {"0.0.0.0", "0.0.0.0"},
	    {"255.255.255.255", "255.255.255.255"},
	    {"192.0.2.1", "192.0.2.1"},
	    {"::", "::"},
	    {"::1", "::1"},
	    {"1::", "1::"},
	    {"0:0:0:0:0:0:0:0", "::"},
	    {"2001:DB8::A", "2001:db8::a"},
	    {"2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"},
	    /* RFC 5952 section 4.2: not one group, the longest run, of two the first */
	    {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
	    {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
	    {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
	    {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
	    {"::ffff:c000:201", "::ffff:192.0.2.1"},
	    {"::192.0.2.1", "::192.0.2.1"},
	    {"64:ff9b::192.0.2.1", "64:ff9b::c000:201"},
	    {"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
	     "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct addr addr = known(cases[i][0]);

		CHECK_STR(text_of(&addr), cases[i][1]);
		CHECK(addr.scope_id == 0);
	}
}

TEST(refuses)
{
	static const char *const cases[] = {
	    "",
	    " ",
	    ".",
	    ":",
	    ":::",
	    "1",
	    "1.2",
	    "1.2.3",
	    "1.2.3.4.5",
	    "1.2.3.",
	    ".1.2.3",
	    "1..2.3",
	    "256.0.0.1",
	    "1.2.3.256",
	    "01.2.3.4",
	    "1.2.3.04",
	    "0x7f.0.0.1",
	    "0177.0.0.1",
	    "127.1",
	    "2130706433",
	    "1.2.3.4 ",
	    " 1.2.3.4",
	    "1.2.3.4\n",
	    "+1.2.3.4",
	    "-1.2.3.4",
	    "1.2.3.-4",
	    "1.2.3.4/32",
	    "1.2.3.4:80",
	    "[::1]",
	    "::1%lo",
	    "fe80::1%2",
	    "1::2::3",
	    "1:2:3:4:5:6:7",
	    "1:2:3:4:5:6:7:8:9",
	    "1:2:3:4:5:6:7:",
	    ":1:2:3:4:5:6:7",
	    "12345::",
	    "g::",
	    "::1.2.3",
	    "::1.2.3.4.5",
	    "::1.2.3.256",
	    "1.2.3.4::",
	    "::1.2.3.4:5",
	    "localhost",
	    "1:2:3:4:5:6:7:1.2.3.4",
	    "::00001",
	    "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555",
	    "\xd9\xa1.2.3.4",
	};
	static const char *const with_nul[] = {"1.2.3.4\0", "::1\0x", "1.2\0.3.4",
					       "\0::1"};
	struct addr addr = {ADDR_V4, {9, 9, 9, 9}, 7}, before = addr;
	char *long_text = malloc(1 << 20);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CHECK(!parse(cases[i], strlen(cases[i]), &addr));
		CHECK(memcmp(&addr, &before, sizeof(addr)) == 0);
	}
	CHECK(!parse(with_nul[0], 8, &addr) && !parse(with_nul[1], 5, &addr));
	CHECK(!parse(with_nul[2], 8, &addr) && !parse(with_nul[3], 4, &addr));
	memset(long_text, '1', 1 << 20);
	for (size_t len = 40; len <= 64; len++)
		CHECK(!parse(long_text, len, &addr));
	CHECK(!parse(long_text, 1 << 20, &addr));
	CHECK(!addr_parse(NULL, 0, &addr));
	CHECK(memcmp(&addr, &before, sizeof(addr)) == 0);
	free(long_text);
}

/* Text shorter than the storage that holds it must be read no further than its length. */
TEST(length_counts)
{
	struct addr addr;

	CHECK(addr_parse("1.2.3.45", 7, &addr));
	CHECK_STR(text_of(&addr), "1.2.3.4");
	CHECK(addr_parse("::12", 3, &addr));
	CHECK_STR(text_of(&addr), "::1");
}

TEST(canonical)
{
	static const char *const cases[][2] = {
	    {"::ffff:127.0.0.1", "127.0.0.1"},
	    {"::ffff:0.0.0.0", "0.0.0.0"},
	    {"::ffff:ffff:ffff", "255.255.255.255"},
	    {"::", "::"},
	    {"0.0.0.0", "0.0.0.0"},
	    {"::127.0.0.1", "::127.0.0.1"},
	    {"::fffe:7f00:1", "::fffe:7f00:1"},
	    {"::1:ffff:7f00:1", "::1:ffff:7f00:1"},
	    {"64:ff9b::7f00:1", "64:ff9b::7f00:1"},
	    {"192.0.2.1", "192.0.2.1"},
	    {"::ffff:0:127.0.0.1", "::ffff:0:7f00:1"},
	};
	struct addr scoped, none = {.family = ADDR_NONE};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct addr addr = addr_canonical(known(cases[i][0]));

		CHECK_STR(text_of(&addr), cases[i][1]);
	}
	scoped = known("::ffff:10.0.0.1");
	scoped.scope_id = 3;
	scoped = addr_canonical(scoped);
	CHECK(scoped.family == ADDR_V4 && scoped.scope_id == 0 && scoped.bytes[4] == 0);
	CHECK(addr_canonical(none).family == ADDR_NONE);
}

TEST(scope_id_is_printed_and_not_compared)
{
	struct addr a = known("fe80::1"), b = a;

	b.scope_id = 4294967295u;
	CHECK_STR(text_of(&b), "fe80::1%4294967295");
	CHECK(addr_equal(&a, &b));
}

TEST(equal)
{
	struct addr four = known("0.0.0.0"), six = known("::"),
		    none = {.family = ADDR_NONE};
	struct addr other = known("0.0.0.1"), last = known("::1");

	CHECK(addr_equal(&four, &four) && addr_equal(&six, &six) &&
	      addr_equal(&none, &none));
	CHECK(!addr_equal(&four, &six) && !addr_equal(&four, &none));
	CHECK(!addr_equal(&four, &other) && !addr_equal(&six, &last));
	CHECK(addr_is_unspecified(&four) && addr_is_unspecified(&six));
	CHECK(!addr_is_unspecified(&none) && !addr_is_unspecified(&other));
	CHECK(!addr_is_unspecified(&last));
	CHECK_STR(text_of(&none), "(none)");
}

TEST(scopes)
{
	static const struct {
		const char *text;
		enum addr_scope scope;
	} cases[] = {
	    {"127.0.0.1", ADDR_SCOPE_LOCALHOST},
	    {"127.255.255.255", ADDR_SCOPE_LOCALHOST},
	    {"126.255.255.255", ADDR_SCOPE_INTERNET},
	    {"128.0.0.0", ADDR_SCOPE_INTERNET},
	    {"::1", ADDR_SCOPE_LOCALHOST},
	    {"::2", ADDR_SCOPE_INTERNET},
	    {"::ffff:127.0.0.1", ADDR_SCOPE_LOCALHOST},
	    {"::127.0.0.1", ADDR_SCOPE_INTERNET},
	    {"9.255.255.255", ADDR_SCOPE_INTERNET},
	    {"10.0.0.0", ADDR_SCOPE_LAN},
	    {"10.255.255.255", ADDR_SCOPE_LAN},
	    {"11.0.0.0", ADDR_SCOPE_INTERNET},
	    {"172.15.255.255", ADDR_SCOPE_INTERNET},
	    {"172.16.0.0", ADDR_SCOPE_LAN},
	    {"172.31.255.255", ADDR_SCOPE_LAN},
	    {"172.32.0.0", ADDR_SCOPE_INTERNET},
	    {"192.167.255.255", ADDR_SCOPE_INTERNET},
	    {"192.168.0.0", ADDR_SCOPE_LAN},
	    {"192.168.255.255", ADDR_SCOPE_LAN},
	    {"192.169.0.0", ADDR_SCOPE_INTERNET},
	    {"100.63.255.255", ADDR_SCOPE_INTERNET},
	    {"100.64.0.0", ADDR_SCOPE_LAN},
	    {"100.127.255.255", ADDR_SCOPE_LAN},
	    {"100.128.0.0", ADDR_SCOPE_INTERNET},
	    {"fbff:ffff::", ADDR_SCOPE_INTERNET},
	    {"fc00::", ADDR_SCOPE_LAN},
	    {"fdff:ffff::1", ADDR_SCOPE_LAN},
	    {"fe00::", ADDR_SCOPE_INTERNET},
	    {"169.253.255.255", ADDR_SCOPE_INTERNET},
	    {"169.254.0.0", ADDR_SCOPE_LINK},
	    {"169.254.169.254", ADDR_SCOPE_LINK},
	    {"169.255.0.0", ADDR_SCOPE_INTERNET},
	    {"255.255.255.255", ADDR_SCOPE_LINK},
	    {"255.255.255.254", ADDR_SCOPE_INTERNET},
	    {"fe7f:ffff::", ADDR_SCOPE_INTERNET},
	    {"fe80::", ADDR_SCOPE_LINK},
	    {"febf:ffff::1", ADDR_SCOPE_LINK},
	    {"fec0::", ADDR_SCOPE_INTERNET},
	    {"223.255.255.255", ADDR_SCOPE_INTERNET},
	    {"224.0.0.0", ADDR_SCOPE_MULTICAST},
	    {"239.255.255.255", ADDR_SCOPE_MULTICAST},
	    {"240.0.0.0", ADDR_SCOPE_INTERNET},
	    {"feff:ffff::", ADDR_SCOPE_INTERNET},
	    {"ff00::", ADDR_SCOPE_MULTICAST},
	    {"ffff:ffff::", ADDR_SCOPE_MULTICAST},
	    {"::ffff:10.1.1.1", ADDR_SCOPE_LAN},
	    {"0.0.0.0", ADDR_SCOPE_INTERNET},
	    {"::", ADDR_SCOPE_INTERNET},
	    {"192.0.2.1", ADDR_SCOPE_INTERNET},
	    {"2001:db8::", ADDR_SCOPE_INTERNET},
	};
	struct addr none = {.family = ADDR_NONE};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct addr addr = known(cases[i].text);

		CHECK_STR(addr_scope_name(addr_scope_of(&addr)),
			  addr_scope_name(cases[i].scope));
	}
	CHECK(addr_scope_of(&none) == ADDR_SCOPE_INTERNET);
	CHECK_STR(addr_scope_name(ADDR_SCOPE_INTERNET), "internet");
	CHECK_STR(addr_scope_name(ADDR_SCOPE_LOCALHOST), "localhost");
	CHECK_STR(addr_scope_name(ADDR_SCOPE_LAN), "lan");
	CHECK_STR(addr_scope_name(ADDR_SCOPE_LINK), "link");
	CHECK_STR(addr_scope_name(ADDR_SCOPE_MULTICAST), "multicast");
}
