/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_found_peer.c - lines of the kernel's table of connections
 */
#include "tracer/found_peer.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include "test/unit/harness.h"

#define HEAD                                                                             \
	"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   " \
	"uid  timeout inode\n"
#define REST                                                                             \
	" 02 00000000:00000001 01:00000064 00000001  1000        0 4711 2 "              \
	"0000000000000000 400 0 0 1 7\n"

/* The words of a line are those of the machine. */
static void make_line(char ret[static 256], size_t words, const uint8_t *bytes,
		      unsigned port)
{
	int len = snprintf(ret, 256, "  12: %0*d:D9E2 ", (int)words * 8, 0);

	for (size_t i = 0; i < words; i++) {
		uint32_t word;

		memcpy(&word, bytes + i * 4, 4);
		len += snprintf(ret + len, 256 - (size_t)len, "%08X", word);
	}
	snprintf(ret + len, 256 - (size_t)len, ":%04X%s", port, REST);
}

TEST(a_peer_by_its_inode)
{
	static const struct {
		size_t words;
		uint8_t bytes[16];
		const char *want;
	} cases[] = {
		{1, {203, 0, 113, 7}, "203.0.113.7"},
		{4, {0x20, 1, 0x0d, 0xb8, [15] = 7}, "2001:db8::7"},
		{4, {[10] = 0xff, 0xff, 192, 0, 2, 1}, "192.0.2.1"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct endpoint end;
		struct addr want;
		char line[256];

		make_line(line, cases[i].words, cases[i].bytes, 8080);
		CHECK(found_peer_parse(line, 4711, &end));
		CHECK(addr_parse(cases[i].want, strlen(cases[i].want), &want));
		CHECK(addr_equal(&end.inet.addr, &want));
		CHECK(end.inet.port == 8080);
		CHECK(!found_peer_parse(line, 471, &end));
		CHECK(!found_peer_parse(line, 47110, &end));
		make_line(line, cases[i].words, cases[i].bytes, 0); /* a raw socket's */
		CHECK(found_peer_parse(line, 4711, &end));
		CHECK(addr_equal(&end.inet.addr, &want) && end.inet.port == 0);
		make_line(line, cases[i].words, (const uint8_t[16]){0}, 0);
		CHECK(!found_peer_parse(line, 4711, &end));
	}
}

TEST(what_is_no_peer)
{
	static const char *const lines[] = {
		HEAD,
		"",
		"\n",
		"  12: 00000000:D9E2 0771",
		"  12: 00000000:D9E2 077100CB:1F90\n",
		"  12: 00000000:D9E2 077100CB00:1F90" REST,
		"  12: 00000000:D9E2 :1F90" REST,
	};
	struct endpoint end;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		CHECK(!found_peer_parse(lines[i], 4711, &end));
}
