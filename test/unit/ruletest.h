/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/ruletest.h - what the tests of rules/ share: text to ruleset, words to
 * request
 */
#ifndef NETJAIL_TEST_UNIT_RULETEST_H
#define NETJAIL_TEST_UNIT_RULETEST_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "rules/ruleset.h"

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif
#define RULETEST_IPPROTO_SMC 256 /* newer than the headers of Debian 12 */

/* Adds a copy of exactly `len` bytes, so that ASan sees an over-read; the last text. */
static inline int ruletest_add(struct ruleset *set, const char *name, const char *text,
			       size_t len, struct rule_error *error)
{
	char *copy = malloc(len ? len : 1);
	int r;

	memcpy(copy, text, len);
	r = ruleset_add_text(set, name, 1, copy, len, error);
	free(copy);
	return r == 0 ? ruleset_finish(set, error) : r;
}

static const struct ruletest_sock {
	const char *name;
	struct sockkind kind;
} ruletest_socks[] = {
	{"tcp", {AF_INET, SOCK_STREAM, IPPROTO_TCP}},
	{"tcp6", {AF_INET6, SOCK_STREAM, 0}},
	{"udp", {AF_INET, SOCK_DGRAM, IPPROTO_UDP}},
	{"udp6", {AF_INET6, SOCK_DGRAM, 0}},
	{"udplite", {AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE}},
	{"mptcp", {AF_INET, SOCK_STREAM, IPPROTO_MPTCP}},
	{"icmp", {AF_INET, SOCK_DGRAM, IPPROTO_ICMP}},
	{"icmp6", {AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6}},
	{"sctp", {AF_INET, SOCK_STREAM, IPPROTO_SCTP}},
	{"sctp-seq", {AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP}},
	{"dccp", {AF_INET, SOCK_DCCP, IPPROTO_DCCP}},
	{"raw", {AF_INET, SOCK_RAW, IPPROTO_ICMP}},
	{"raw6", {AF_INET6, SOCK_RAW, IPPROTO_ICMPV6}},
	{"sock-packet", {AF_INET, SOCK_PACKET, 768}},
	{"smc", {AF_SMC, SOCK_STREAM, 0}},
	{"smc-proto", {AF_INET, SOCK_STREAM, RULETEST_IPPROTO_SMC}},
	{"unix", {AF_UNIX, SOCK_STREAM, 0}},
	{"unix-dgram", {AF_UNIX, SOCK_DGRAM, 0}},
	{"netlink", {AF_NETLINK, SOCK_RAW, 0}},
	{"packet", {AF_PACKET, SOCK_RAW, 768}},
	{"vsock", {AF_VSOCK, SOCK_STREAM, 0}},
	{"bluetooth", {AF_BLUETOOTH, SOCK_SEQPACKET, 0}},
	{"unspec", {AF_UNSPEC, SOCK_STREAM, 0}},
};

static const char *const ruletest_kinds[] = {
	[REQUEST_CONNECT] = "connect",
	[REQUEST_SEND] = "send",
	[REQUEST_BIND] = "bind",
	[REQUEST_SOCKET] = "socket",
};

/* "192.0.2.1:80", "[::1]:80". The address is left as it is written: deciding has to bring
 * it to its one form. */
static inline bool ruletest_inet_end(const char *text, struct endpoint *end)
{
	const char *colon = strrchr(text, ':');
	bool brackets = text[0] == '[';
	size_t len;

	if (!colon || (brackets && colon[-1] != ']'))
		return false;
	len = (size_t)(colon - text) - (brackets ? 2u : 0u);
	end->inet.port = (uint16_t)atoi(colon + 1);
	return addr_parse(text + brackets, len, &end->inet.addr);
}

static inline void ruletest_unix_end(const char *text, struct endpoint *end)
{
	size_t len = strcmp(text, "-") == 0 ? 0 : strlen(text);

	memcpy(end->un.path, text, len);
	end->un.path_len = (uint8_t)len;
	end->un.abstract = len && text[0] == '@';
	if (end->un.abstract)
		end->un.path[0] = '\0';
}

/* `end` is "" for socket(2) and "-" where it has no text. */
static inline bool ruletest_request(const char *kind, const char *sock, const char *end,
				    struct request *request)
{
	size_t k = 0, s = 0;

	while (k < REQUEST_NUM_ && strcmp(kind, ruletest_kinds[k]) != 0)
		k++;
	while (s < ARRAY_LEN(ruletest_socks) && strcmp(sock, ruletest_socks[s].name) != 0)
		s++;
	if (k == REQUEST_NUM_ || s == ARRAY_LEN(ruletest_socks))
		return false;

	memset(request, 0, sizeof(*request));
	request->kind = (enum request_kind)k;
	request->sock = ruletest_socks[s].kind;
	request->user = -1;
	if (k == REQUEST_SOCKET)
		return true;
	request->end.family = (uint16_t)request->sock.domain;
	if (request->end.family == AF_SMC)
		request->end.family = AF_INET;
	if (request->end.family == AF_INET || request->end.family == AF_INET6)
		return ruletest_inet_end(end, &request->end);
	if (request->end.family == AF_UNIX)
		ruletest_unix_end(end, &request->end);
	return true;
}

#endif
