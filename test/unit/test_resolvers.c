/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_resolvers.c - resolv.conf files as people, and enemies, write them
 */
#include "names/resolvers.h"

#include <stdlib.h>

#include "base/buf.h"
#include "test/unit/harness.h"

/* Parses a copy of exactly `len` bytes; the addresses with commas between them. */
static const char *parsed(const char *text, size_t len)
{
	static char shown[1024];
	struct addr addrs[RESOLVERS_MAX];
	char *exact = malloc(len ? len : 1);
	struct buf buf;
	size_t count;

	memcpy(exact, text, len);
	count = resolvers_parse(exact, len, addrs);
	free(exact);
	CHECK(count <= RESOLVERS_MAX);
	buf_init(&buf, shown, sizeof(shown));
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_putc(&buf, ',');
		addr_put(&buf, &addrs[i]);
	}
	return shown;
}

TEST(texts)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"", ""},
		{"nameserver 192.0.2.1", "192.0.2.1"},
		{"nameserver 192.0.2.1\n", "192.0.2.1"},
		{"nameserver\t192.0.2.1\r\n", "192.0.2.1"},
		{"nameserver  \t 192.0.2.1 \t\n", "192.0.2.1"},
		{"nameserver 192.0.2.1\nnameserver 2001:db8::1\n",
		 "192.0.2.1,2001:db8::1"},
		{"nameserver fe80::1%eth0\n", "fe80::1"},
		{"nameserver 192.0.2.1 # the first\n", "192.0.2.1"},
		{"nameserver 192.0.2.1#x\nnameserver 192.0.2.2;y\n",
		 "192.0.2.1,192.0.2.2"},
		{"# nameserver 192.0.2.1\n;nameserver 192.0.2.1\n", ""},
		{"nameservers 192.0.2.1\nNAMESERVER 192.0.2.1\n", ""},
		{"nameserver192.0.2.1\n", ""},
		{" nameserver 192.0.2.1\n",
		 ""}, /* resolv.conf(5): the keyword starts the line */
		{"nameserver\n192.0.2.1\n", ""},
		{"nameserver", ""},
		{"nameserver ", ""},
		{"nameserver \n", ""},
		{"nameserver 192.0.2.01\nnameserver 192.0.2\nnameserver 192.0.2.9\n",
		 "192.0.2.9"},
		{"search example\noptions ndots:2\nnameserver 192.0.2.1\n", "192.0.2.1"},
		{"nameserver ns.example\n", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(parsed(cases[i].text, strlen(cases[i].text)), cases[i].want);
}

/* Every prefix of a text: no over-read where it stops. */
TEST(cut_anywhere)
{
	static const char text[] = "nameserver 192.0.2.1\nnameserver 2001:db8::1\n";

	for (size_t len = 0; len < sizeof(text); len++)
		CHECK(strlen(parsed(text, len)) < sizeof(text));
	/* A NUL ends the line, as it does for the libc. */
	CHECK_STR(parsed("nameserver 192.0.2.1\0x\n", 23), "192.0.2.1");
}

TEST(more_than_fit)
{
	struct addr addrs[RESOLVERS_MAX + 1];
	char text[64 * 24];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	for (unsigned i = 0; i < 64; i++)
		buf_printf(&buf, "nameserver 192.0.2.%u\n", i);
	memset(&addrs[RESOLVERS_MAX], 0xee, sizeof(addrs[0]));
	CHECK(resolvers_parse(text, buf.len, addrs) == RESOLVERS_MAX);
	CHECK(addrs[RESOLVERS_MAX - 1].bytes[3] == RESOLVERS_MAX - 1);
	CHECK(addrs[RESOLVERS_MAX].bytes[0] == 0xee);
}

TEST(files)
{
	char path[] = "/tmp/netjail-test-resolvers-XXXXXX";
	struct addr addrs[RESOLVERS_MAX];
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	CHECK(resolvers_load(path, addrs) == 1 && addrs[0].bytes[0] == 127);
	CHECK(write(fd, "nameserver 192.0.2.7\n", 21) == 21);
	CHECK(resolvers_load(path, addrs) == 1 && addrs[0].bytes[3] == 7);
	CHECK(resolvers_load("/nonexistent/resolv.conf", addrs) == 1);
	CHECK(addrs[0].family == ADDR_V4 && addrs[0].bytes[0] == 127 &&
	      addrs[0].bytes[3] == 1);
	close(fd);
	unlink(path);
}
