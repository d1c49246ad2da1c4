/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_request.c - which end the bytes of a call name: every family, socket,
 * kind, length
 */
#include "tracer/request.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "test/unit/harness.h"

static struct destination destination_of(int family, const void *rest, uint32_t len)
{
	struct destination dest = {.len = len, .named = true};
	uint16_t number = (uint16_t)family;

	memset(dest.bytes, 0x5a, sizeof(dest.bytes));
	memcpy(dest.bytes, &number, sizeof(number));
	if (rest && len > 2)
		memcpy(dest.bytes + 2, rest, len - 2);
	return dest;
}

static int family_in(const struct destination *dest)
{
	uint16_t family;

	memcpy(&family, dest->bytes, sizeof(family));
	return family;
}

/* The shortest sockaddr that the kernel takes for a family. */
static uint32_t shortest(int family)
{
	static const uint8_t lengths[64] = {
		[AF_INET] = 16,    [AF_INET6] = 24,  [AF_UNIX] = 2,
		[AF_NETLINK] = 12, [AF_PACKET] = 12, [AF_VSOCK] = 16,
	};

	return family < 64 && lengths[family] ? lengths[family] : 2;
}

/* Which family the kernel reads there; the rules of the man pages ip(7), raw(7) and of
 * net/ipv4/af_inet.c, net/ipv6/raw.c. What is not known to be no address counts as one. */
static int meant_family(enum request_kind kind, const struct sockkind *sock, int family)
{
	bool ping = sock->type == SOCK_DGRAM &&
		    (sock->protocol == IPPROTO_ICMP || sock->protocol == IPPROTO_ICMPV6);

	if (family != AF_UNSPEC)
		return family;
	if (sock->domain == AF_INET &&
	    (kind == REQUEST_BIND || (kind == REQUEST_SEND && !ping)))
		return AF_INET;
	if (sock->domain == AF_INET6 && sock->type != SOCK_DGRAM && kind == REQUEST_SEND)
		return AF_INET6;
	return AF_UNSPEC;
}

static unsigned wrong_in(enum request_kind kind, const struct sockkind *sock, int family)
{
	unsigned wrong = 0;

	for (uint32_t len = 0; len <= ENDPOINT_RAW_MAX; len++) {
		struct destination dest = destination_of(family, NULL, len);
		struct endpoint end, untouched;
		int meant = meant_family(kind, sock, family);
		bool want = len >= 2 && meant != AF_UNSPEC && len >= shortest(meant);

		memset(&end, 0xee, sizeof(end));
		untouched = end;
		if (request_end(kind, sock, &dest, &end) != want)
			wrong++;
		else if (want && (end.family != meant || family_in(&dest) != meant))
			wrong++;
		else if (!want && memcmp(&end, &untouched, sizeof(end)) != 0)
			wrong++;
		for (size_t i = 2; i < sizeof(dest.bytes); i++)
			wrong += dest.bytes[i] != 0x5a;
	}
	return wrong;
}

TEST(every_family_socket_kind_and_length)
{
	static const int domains[] = {AF_UNIX,    AF_INET,   AF_INET6,
				      AF_NETLINK, AF_PACKET, AF_VSOCK};
	static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET};

	for (size_t d = 0; d < ARRAY_LEN(domains); d++)
		for (size_t t = 0; t < ARRAY_LEN(types); t++) {
			struct sockkind sock = {domains[d], types[t], 0};
			unsigned wrong = 0;

			for (int kind = 0; kind < REQUEST_NUM_; kind++)
				for (int family = 0; family < 50; family++)
					wrong += wrong_in((enum request_kind)kind, &sock,
							  family);
			CHECK(wrong == 0);
		}
}

TEST(ping_sockets_take_their_own_family_only)
{
	static const struct sockkind ping4 = {AF_INET, SOCK_DGRAM, IPPROTO_ICMP};
	static const struct sockkind ping6 = {AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6};

	CHECK(wrong_in(REQUEST_SEND, &ping4, AF_UNSPEC) == 0);
	CHECK(wrong_in(REQUEST_SEND, &ping4, AF_INET) == 0);
	CHECK(wrong_in(REQUEST_SEND, &ping6, AF_UNSPEC) == 0);
}

/* IPV6_ADDRFORM may make it an IPv4 socket, where AF_UNSPEC is an address of 16 bytes. */
TEST(unspec_is_no_address_to_udp6)
{
	static const struct sockkind udp6 = {AF_INET6, SOCK_DGRAM, IPPROTO_UDP};
	static const struct sockkind udp4 = {AF_INET, SOCK_DGRAM, IPPROTO_UDP};
	struct destination dest = destination_of(AF_UNSPEC, NULL, 16);
	struct endpoint end;

	CHECK(!request_end(REQUEST_SEND, &udp6, &dest, &end));
	CHECK(dest.named && dest.len == sizeof(uint16_t));
	dest = destination_of(AF_UNSPEC, NULL, 16);
	CHECK(request_end(REQUEST_SEND, &udp4, &dest, &end) && end.family == AF_INET);
	CHECK(dest.len == 16);
}

/* The high byte of a family counts: 0x0200 is not AF_INET. */
TEST(odd_families)
{
	static const struct sockkind udp = {AF_INET, SOCK_DGRAM, IPPROTO_UDP};
	static const int families[] = {0x0200, 0x0202, 0xffff, 0x0100, 46, 64, 255};

	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		CHECK(wrong_in(REQUEST_SEND, &udp, families[i]) == 0);
		CHECK(wrong_in(REQUEST_CONNECT, &udp, families[i]) == 0);
	}
}

TEST(no_address_names_no_end)
{
	static const struct sockkind tcp = {AF_INET, SOCK_STREAM, IPPROTO_TCP};
	struct destination dest = destination_of(AF_INET, NULL, 16);
	struct endpoint end;

	dest.named = false;
	for (int kind = 0; kind < REQUEST_NUM_; kind++)
		CHECK(!request_end((enum request_kind)kind, &tcp, &dest, &end));
}

static const char *shown(const struct endpoint *end)
{
	static char text[256];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	endpoint_put(&buf, end);
	return text;
}

/* A sockaddr's bytes behind the family: port 80 and the address. */
#define V4(a, b, c, d)                                                                   \
	{                                                                                \
		0, 80, a, b, c, d                                                        \
	}
#define V6_ANY                                                                           \
	{                                                                                \
		0, 80                                                                    \
	}
#define V6_MAPPED_ANY                                                                    \
	{                                                                                \
		0, 80, [16] = 0xff, 0xff                                                 \
	}

static const struct {
	int family;
	uint8_t rest[26];
	int local_family;
	uint8_t local[26];
	const char *want;
	uint8_t copied[4]; /* the IPv4 address in the copy afterwards */
} this_host[] = {
	{AF_INET, V4(0, 0, 0, 0), 0, {0}, "127.0.0.1:80", {127, 0, 0, 1}},
	{AF_INET,
	 V4(0, 0, 0, 0),
	 AF_INET,
	 V4(0, 0, 0, 0),
	 "127.0.0.1:80",
	 {127, 0, 0, 1}},
	{AF_INET,
	 V4(0, 0, 0, 0),
	 AF_INET,
	 V4(192, 0, 2, 9),
	 "192.0.2.9:80",
	 {192, 0, 2, 9}},
	{AF_INET,
	 V4(0, 0, 0, 0),
	 AF_INET,
	 V4(127, 1, 2, 3),
	 "127.1.2.3:80",
	 {127, 1, 2, 3}},
	{AF_INET, V4(0, 0, 0, 0), AF_UNIX, {'x'}, "127.0.0.1:80", {127, 0, 0, 1}},
	{AF_INET, V4(0, 0, 0, 0), AF_INET6, V6_ANY, "127.0.0.1:80", {127, 0, 0, 1}},
	{AF_INET, V4(0, 0, 0, 1), AF_INET, V4(192, 0, 2, 9), "0.0.0.1:80", {0, 0, 0, 1}},
	{AF_INET,
	 V4(192, 0, 2, 1),
	 AF_INET,
	 V4(192, 0, 2, 9),
	 "192.0.2.1:80",
	 {192, 0, 2, 1}},
	{AF_INET6, V6_ANY, 0, {0}, "[::1]:80", {0, 0, 0, 1}},
	{AF_INET6, V6_ANY, AF_INET6, V6_ANY, "[::1]:80", {0, 0, 0, 1}},
	{AF_INET6, V6_ANY, AF_INET6, V6_MAPPED_ANY, "127.0.0.1:80", {127, 0, 0, 1}},
	{AF_INET6, V6_MAPPED_ANY, 0, {0}, "127.0.0.1:80", {127, 0, 0, 1}},
	{AF_INET6,
	 V6_MAPPED_ANY,
	 AF_INET,
	 V4(192, 0, 2, 9),
	 "192.0.2.9:80",
	 {192, 0, 2, 9}},
};

TEST(unspecified_means_this_host)
{
	static const struct sockkind sock = {AF_INET6, SOCK_DGRAM, IPPROTO_UDP};

	for (size_t i = 0; i < ARRAY_LEN(this_host); i++) {
		struct destination dest =
			destination_of(this_host[i].family, this_host[i].rest, 28);
		struct destination bound =
			destination_of(this_host[i].local_family, this_host[i].local, 28);
		struct destination before = dest;
		struct endpoint end, local;
		bool has_local = this_host[i].local_family;

		CHECK(request_end(REQUEST_CONNECT, &sock, &dest, &end));
		if (has_local)
			CHECK(request_end(REQUEST_BIND, &sock, &bound, &local));
		request_resolve_unspecified(has_local ? &local : NULL, &dest, &end);
		CHECK_STR(shown(&end), this_host[i].want);
		if (this_host[i].family == AF_INET)
			memcpy(before.bytes + 4, this_host[i].copied, 4);
		else /* the low part of sin6_addr */
			memcpy(before.bytes + 20, this_host[i].copied, 4);
		if (this_host[i].family == AF_INET6 && this_host[i].copied[0])
			memset(before.bytes + 18, 0xff, 2);
		CHECK(memcmp(&dest, &before, sizeof(dest)) == 0);
	}
}

TEST(what_is_unspecified)
{
	static const struct sockkind sock = {AF_INET6, SOCK_DGRAM, IPPROTO_UDP};
	static const struct {
		int family;
		uint8_t rest[26];
		bool want;
	} cases[] = {
		{AF_INET, V4(0, 0, 0, 0), true},
		{AF_INET, V4(0, 0, 0, 1), false},
		{AF_INET, V4(127, 0, 0, 1), false},
		{AF_INET6, V6_ANY, true},
		{AF_INET6, V6_MAPPED_ANY, true},
		{AF_INET6, {0, 80, [21] = 1}, false},
		{AF_UNIX, {0}, false},
		{AF_NETLINK, {0}, false},
		{AF_VSOCK, {0}, false},
		{AF_X25, {0}, false},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct destination dest =
			destination_of(cases[i].family, cases[i].rest, 28);
		struct endpoint end;

		CHECK(request_end(REQUEST_CONNECT, &sock, &dest, &end));
		CHECK(request_is_unspecified(&end) == cases[i].want);
	}
}
