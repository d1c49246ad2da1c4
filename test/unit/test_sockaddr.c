/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_sockaddr.c - every family at every length, and what the end prints as
 */
#include "net/sockaddr.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "net/endpoint.h"
#include "test/unit/harness.h"

/* Decodes a copy of exactly `len` bytes of `family` and `rest`, so that ASan sees
 * over-reads. */
static int decode(int family, const char *rest, size_t len, struct endpoint *ret_end)
{
	uint16_t number = (uint16_t)family;
	uint8_t *exact = malloc(len ? len : 1), whole[256];
	int error;

	memcpy(whole, &number, 2);
	if (len > 2)
		memcpy(whole + 2, rest, len - 2);
	memcpy(exact, whole, len);
	error = sockaddr_decode(exact, len, ret_end);
	free(exact);
	return error;
}

/* The end as text, or the reason why there is none. */
static const char *shown(int family, const char *rest, size_t len)
{
	static char text[1024];
	struct endpoint end;
	struct buf buf;

	if (decode(family, rest, len, &end) < 0)
		return "error";
	CHECK(end.family == family && end.raw_len == len);
	buf_init(&buf, text, sizeof(text));
	endpoint_put(&buf, &end);
	CHECK(!buf.truncated);
	return text;
}

TEST(texts)
{
	static const char long_path[] =
	    "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"
	    "cccccccccccccccccc";
	static const char mapped[] =
	    "\x01\xbb\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2\1\0\0\0\7";
	static const char link[] =
	    "\0\0\0\0\0\0\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1\3\0\0\0";
	static const struct {
		int family;
		const char *rest;
		size_t len;
		const char *want;
	} cases[] = {
	    {AF_INET, "\x01\xbb\xc0\0\2\1\0\0\0\0\0\0\0\0", 16, "192.0.2.1:443"},
	    {AF_INET,
	     "\xff\xff\xff\xff\xff\xff"
	     "abcdefgh",
	     16, "255.255.255.255:65535"},
	    {AF_INET, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15, "error"},
	    {AF_INET6, mapped, 28, "192.0.2.1:443"},
	    {AF_INET6, mapped, 24, "192.0.2.1:443"},
	    {AF_INET6, mapped, 23, "error"},
	    {AF_INET6, link, 28, "[fe80::1%3]:0"},
	    {AF_INET6, link, 27, "[fe80::1]:0"},
	    {AF_INET6, link, 24, "[fe80::1]:0"},
	    {AF_UNIX, "", 2, "(unnamed)"},
	    {AF_UNIX, "/run/x.sock", 14, "/run/x.sock"},
	    {AF_UNIX, "/run/x.sock", 13, "/run/x.sock"},
	    {AF_UNIX, "/run/x.sock", 12, "/run/x.soc"},
	    {AF_UNIX, "/run\0hidden", 13, "/run"},
	    {AF_UNIX, "\0", 3, "@"},
	    {AF_UNIX, "\0name", 7, "@name"},
	    {AF_UNIX, "\0na\0e", 7, "@na\\x00e"},
	    {AF_UNIX, "\0name\0\0", 9, "@name\\x00\\x00"},
	    {AF_UNIX, "@name", 7, "./@name"},
	    {AF_UNIX, "(unnamed)", 11, "./(unnamed)"},
	    {AF_UNIX, "a\x1b[2J\n", 8, "a\\x1b[2J\\n"},
	    {AF_NETLINK, "\0\0\0\0\0\0\1\0\0\0", 12, "netlink pid 0 groups 0x1"},
	    {AF_NETLINK, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12,
	     "netlink pid 4294967295 groups 0xffffffff"},
	    {AF_NETLINK, "\0\0\0\0\0\0\1\0\0", 11, "error"},
	    {AF_PACKET, "\x08\0\2\0\0\0\1\0\0\6", 12, "packet proto 0x0800 if 2"},
	    {AF_PACKET,
	     "\0\3\xff\xff\xff\xff\1\0\0\xff"
	     "hwaddr88",
	     20, "packet proto 0x0003 if -1"},
	    {AF_PACKET, "\x08\0\2\0\0\0\1\0\0", 11, "error"},
	    {AF_VSOCK, "\0\0\xd2\4\0\0\2\0\0\0\0\0\0\0", 16, "vsock 2:1234"},
	    {AF_VSOCK, "\0\0\xd2\4\0\0\2\0\0\0\0\0\0", 15, "error"},
	    {AF_X25, "\1\2", 4, "AF_X25 \\x01\\x02"},
	    {AF_X25, "", 2, "AF_X25"},
	    {AF_UNSPEC, "", 2, "AF_UNSPEC"},
	    {AF_UNSPEC, "\0P\x7f\0\0\1", 8, "AF_UNSPEC \\x00P\\x7f\\x00\\x00\\x01"},
	    {46, "a", 3, "family-46 a"},
	    {65535, "\"", 3, "family-65535 \\\""},
	    {AF_INET, "", 0, "error"},
	    {AF_INET, "", 1, "error"},
	};
	char want[110];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(shown(cases[i].family, cases[i].rest, cases[i].len),
			  cases[i].want);
	/* unix(7): a path may fill all 108 bytes without a NUL; what follows is not its.
	 */
	snprintf(want, sizeof(want), "%.108s", long_path);
	CHECK_STR(shown(AF_UNIX, long_path, 110), want);
	CHECK_STR(shown(AF_UNIX, long_path, 120), want);
}

TEST(members)
{
	struct endpoint end;

	CHECK(decode(AF_PACKET, "\x08\0\2\0\0\0\1\0\0\6abcdefgh", 20, &end) == 0);
	CHECK(end.packet.protocol == 0x800 && end.packet.ifindex == 2);
	CHECK(end.packet.hwaddr_len == 6 &&
	      memcmp(end.packet.hwaddr, "abcdef\0\0", 8) == 0);
	CHECK(decode(AF_PACKET,
		     "\x08\0\2\0\0\0\1\0\0\xff"
		     "abcdefgh",
		     20, &end) == 0);
	CHECK(end.packet.hwaddr_len == 8);
	CHECK(decode(AF_PACKET, "\x08\0\2\0\0\0\1\0\0\6abcdefgh", 15, &end) == 0);
	CHECK(end.packet.hwaddr_len == 3 &&
	      memcmp(end.packet.hwaddr, "abc\0\0\0\0\0", 8) == 0);
	CHECK(decode(AF_PACKET, "\x08\0\2\0\0\0\1\0\0\6", 12, &end) == 0);
	CHECK(end.packet.hwaddr_len == 0);

	CHECK(decode(AF_UNIX, "\0ab", 5, &end) == 0);
	CHECK(end.un.abstract && end.un.path_len == 3);
	CHECK(decode(AF_UNIX, "ab\0cd", 7, &end) == 0);
	CHECK(!end.un.abstract && end.un.path_len == 2 && end.un.path[3] == 0);
	CHECK(decode(AF_UNIX, "", 2, &end) == 0);
	CHECK(!end.un.abstract && end.un.path_len == 0);

	CHECK(decode(AF_INET6,
		     "\0\x50"
		     "flowaaaaaaaaaaaaaaaa\4\3\2\1",
		     28, &end) == 0);
	CHECK(end.inet.port == 80 && end.inet.addr.family == ADDR_V6);
	CHECK(end.inet.addr.scope_id == 0x01020304 && end.inet.addr.bytes[15] == 'a');
}

static size_t least(int family)
{
	switch (family) {
	case AF_INET:
	case AF_VSOCK:
		return 16;
	case AF_INET6:
		return 24;
	case AF_NETLINK:
	case AF_PACKET:
		return 12;
	default:
		return 2;
	}
}

static void check_printable(const struct endpoint *end)
{
	char *text = malloc(600);
	struct buf buf;

	buf_init(&buf, text, 600);
	endpoint_put(&buf, end);
	CHECK(!buf.truncated && buf.len > 0 && strlen(text) == buf.len);
	for (size_t i = 0; i < buf.len; i++)
		CHECK(text[i] >= ' ' && text[i] <= '~');
	free(text);
}

static void check_one(int family, const char *rest, size_t len)
{
	struct endpoint end, before;
	int error;

	memset(&end, 0xa5, sizeof(end));
	before = end;
	error = decode(family, rest, len, &end);
	CHECK(error == (len < least(family) || len > ENDPOINT_RAW_MAX ? -EINVAL : 0));
	if (error) {
		CHECK(memcmp(&end, &before, sizeof(end)) == 0);
		return;
	}
	CHECK(end.family == family && end.raw_len == len);
	if (least(family) == 2 && family != AF_UNIX)
		CHECK(end.other.len == len - 2 &&
		      !memcmp(end.other.bytes, rest, len - 2));
	check_printable(&end);
}

TEST(every_family_at_every_length)
{
	char zeros[200] = "", ones[200], noise[200];

	memset(ones, 0xff, sizeof(ones));
	srandom(2);
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (char)random();
	for (int family = 0; family <= 50; family++) {
		for (size_t len = 0; len <= 140; len++) {
			check_one(family, zeros, len);
			check_one(family, ones, len);
			check_one(family, noise, len);
		}
	}
}

TEST(random_bytes)
{
	char noise[200];

	srandom(3);
	for (int i = 0; i < 3000; i++) {
		for (size_t j = 0; j < sizeof(noise); j++)
			noise[j] = (char)random();
		check_one(i % 5 ? i % 48 : (int)(random() & 0xffff), noise,
			  (size_t)random() % 129);
	}
}

TEST(same_bytes_give_the_same_value)
{
	struct endpoint a, b;

	memset(&a, 0x11, sizeof(a));
	memset(&b, 0x22, sizeof(b));
	for (int family = 0; family < AF_MAX; family++) {
		CHECK(decode(family, "/some/path\0 and more bytes after", 28, &a) == 0);
		CHECK(decode(family, "/some/path\0 and more bytes after", 28, &b) == 0);
		CHECK(memcmp(&a, &b, sizeof(a)) == 0);
	}
}

TEST(too_small_a_buffer_is_marked)
{
	struct endpoint end;

	CHECK(decode(AF_INET, "\x01\xbb\xc0\0\2\1\0\0\0\0\0\0\0\0", 16, &end) == 0);
	for (size_t cap = 1; cap < 20; cap++) {
		char *text = malloc(cap);
		struct buf buf;

		buf_init(&buf, text, cap);
		endpoint_put(&buf, &end);
		CHECK(buf.truncated == (cap <= strlen("192.0.2.1:443")));
		CHECK(strlen(text) == buf.len);
		free(text);
	}
}
