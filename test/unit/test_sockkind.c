/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_sockkind.c - the names of families, types and protocols
 */
#include "net/sockkind.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "test/unit/harness.h"

TEST(names)
{
	static const struct {
		struct sockkind kind;
		const char *want;
	} cases[] = {
	    {{AF_INET, SOCK_STREAM, 0}, "tcp"},
	    {{AF_INET, SOCK_STREAM, 6}, "tcp"},
	    {{AF_INET6, SOCK_STREAM, 0}, "tcp"},
	    {{AF_INET, SOCK_STREAM, 262}, "mptcp"},
	    {{AF_INET6, SOCK_STREAM, 132}, "sctp"},
	    {{AF_INET, SOCK_SEQPACKET, 132}, "sctp"},
	    {{AF_INET, SOCK_SEQPACKET, 0}, "sctp"},
	    {{AF_INET, SOCK_DGRAM, 0}, "udp"},
	    {{AF_INET6, SOCK_DGRAM, 17}, "udp"},
	    {{AF_INET, SOCK_DGRAM, 136}, "udplite"},
	    {{AF_INET, SOCK_DGRAM, 1}, "icmp"},
	    {{AF_INET6, SOCK_DGRAM, 58}, "icmp"},
	    {{AF_INET, SOCK_DCCP, 33}, "dccp"},
	    {{AF_INET6, SOCK_DCCP, 0}, "dccp"},
	    {{AF_INET, SOCK_RAW, 0}, "raw"},
	    {{AF_INET6, SOCK_RAW, 255}, "raw"},
	    {{AF_INET, SOCK_RAW, 6}, "raw"},
	    {{AF_INET, SOCK_PACKET, 768}, "packet"},
	    {{AF_INET, SOCK_STREAM, 17}, "inet"},
	    {{AF_INET6, SOCK_DGRAM, 6}, "inet6"},
	    {{AF_INET, SOCK_RDM, 0}, "inet"},
	    {{AF_INET, SOCK_STREAM, -1}, "inet"},
	    {{AF_INET, -1, -1}, "inet"},
	    {{AF_INET, 0, 0}, "inet"},
	    {{AF_UNIX, SOCK_STREAM, 0}, "unix"},
	    {{AF_UNIX, SOCK_DGRAM, 6}, "unix"},
	    {{AF_NETLINK, SOCK_RAW, 0}, "netlink"},
	    {{AF_PACKET, SOCK_RAW, 0}, "packet"},
	    {{AF_VSOCK, SOCK_STREAM, 0}, "vsock"},
	    {{AF_BLUETOOTH, SOCK_RAW, 0}, "bluetooth"},
	    {{AF_DECnet, SOCK_RAW, 0}, "decnet"},
	    {{AF_MCTP, SOCK_DGRAM, 0}, "mctp"},
	    {{AF_UNSPEC, 0, 0}, "unspec"},
	    {{AF_MCTP + 1, 0, 0}, "family-46"},
	    {{-1, 0, 0}, "family--1"},
	    {{INT_MAX, 1, 6}, "family-2147483647"},
	    {{INT_MIN, 1, 6}, "family--2147483648"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *name = sockkind_name(&cases[i].kind);
		char text[32];
		struct buf buf;

		buf_init(&buf, text, sizeof(text));
		sockkind_put(&buf, &cases[i].kind);
		CHECK_STR(text, cases[i].want);
		CHECK(name ? strcmp(name, text) == 0 : strncmp(text, "family-", 7) == 0);
	}
}

TEST(inet)
{
	for (int family = -1; family < 100; family++) {
		struct sockkind kind = {.domain = family};

		CHECK(sockkind_is_inet(&kind) ==
		      (family == AF_INET || family == AF_INET6));
	}
}

/* The name of every family leads back to it, in every spelling. */
TEST(families)
{
	for (int family = 0; family < AF_MAX; family++) {
		const char *name = family_name(family);
		char small[32] = "";

		CHECK(name && strncmp(name, "AF_", 3) == 0);
		for (size_t i = 0; name && i <= strlen(name); i++)
			small[i] = (char)tolower(name[i]);
		CHECK(family_from_name(name, strlen(name)) == family);
		CHECK(family_from_name(name + 3, strlen(name) - 3) == family);
		CHECK(family_from_name(small, strlen(small)) == family);
		CHECK(family_from_name(small + 3, strlen(small) - 3) == family);
	}
	CHECK(!family_name(-1) && !family_name(AF_MAX) && !family_name(INT_MAX));
	CHECK(!family_name(INT_MIN));
	CHECK_STR(family_name(AF_UNIX), "AF_UNIX");
	CHECK_STR(family_name(AF_X25), "AF_X25");
	CHECK_STR(family_name(45), "AF_MCTP");
}

TEST(family_spellings)
{
	static const struct {
		const char *text;
		size_t len;
		int want;
	} cases[] = {
	    {"vsock", 5, AF_VSOCK},
	    {"VSock", 5, AF_VSOCK},
	    {"af_vsock", 8, AF_VSOCK},
	    {"AF_LOCAL", 8, AF_UNIX},
	    {"route", 5, AF_NETLINK},
	    {"decNET", 6, AF_DECnet},
	    {"", 0, -1},
	    {"AF_", 3, -1},
	    {"AF", 2, -1},
	    {"AF_AF_INET", 10, -1},
	    {"inet", 3, -1},
	    {"inet6", 4, AF_INET},
	    {"inet66", 6, -1},
	    {"inet\0", 5, -1},
	    {"\0", 1, -1},
	    {"inet ", 5, -1},
	    {"2", 1, -1},
	    {"AF_\0", 4, -1},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *exact = malloc(cases[i].len ? cases[i].len : 1);

		memcpy(exact, cases[i].text, cases[i].len);
		CHECK(family_from_name(exact, cases[i].len) == cases[i].want);
		free(exact);
	}
	CHECK(family_from_name(NULL, 0) == -1);
}

TEST(types)
{
	CHECK_STR(socktype_name(SOCK_STREAM), "SOCK_STREAM");
	CHECK_STR(socktype_name(SOCK_DGRAM), "SOCK_DGRAM");
	CHECK_STR(socktype_name(SOCK_RAW), "SOCK_RAW");
	CHECK_STR(socktype_name(SOCK_RDM), "SOCK_RDM");
	CHECK_STR(socktype_name(SOCK_SEQPACKET), "SOCK_SEQPACKET");
	CHECK_STR(socktype_name(SOCK_DCCP), "SOCK_DCCP");
	CHECK_STR(socktype_name(SOCK_PACKET), "SOCK_PACKET");
	CHECK(!socktype_name(0) && !socktype_name(7) && !socktype_name(11));
	CHECK(!socktype_name(-1) && !socktype_name(INT_MAX) && !socktype_name(INT_MIN));
	CHECK(!socktype_name(SOCK_STREAM | SOCK_CLOEXEC));
}
