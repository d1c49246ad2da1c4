/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/proto.c - the protocols that a target names, and which of them a socket speaks
 */
#include "rules/proto.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>

#include "net/sockkind.h"

enum { WORD_TCP, WORD_UDP, WORD_ICMP, WORD_MPTCP, WORD_SCTP, WORD_NUM_ };

static const char *const word_names[] = {
	[WORD_TCP] = "tcp",     [WORD_UDP] = "udp",   [WORD_ICMP] = "icmp",
	[WORD_MPTCP] = "mptcp", [WORD_SCTP] = "sctp",
};
static_assert(ARRAY_LEN(word_names) == WORD_NUM_, "name every protocol word");

const struct words proto_words = {"protocol", word_names, WORD_NUM_};

static const struct {
	unsigned mask;
	const char *service;
} meanings[] = {
	[WORD_TCP] = {PROTO_TCP | PROTO_MPTCP, "tcp"},
	[WORD_UDP] = {PROTO_UDP | PROTO_UDPLITE, "udp"},
	[WORD_ICMP] = {PROTO_ICMP, NULL},
	[WORD_MPTCP] = {PROTO_MPTCP, "tcp"},
	[WORD_SCTP] = {PROTO_SCTP, "sctp"},
};
static_assert(ARRAY_LEN(meanings) == WORD_NUM_, "every protocol word means something");

/* By the name that sockkind_name gives. */
static const struct {
	const char *name;
	enum proto proto;
	bool plain;
} kinds[] = {
	{"tcp", PROTO_TCP, true},         {"udp", PROTO_UDP, true},
	{"mptcp", PROTO_MPTCP, true},     {"icmp", PROTO_ICMP, true},
	{"udplite", PROTO_UDPLITE, true}, {"sctp", PROTO_SCTP, false},
	{"raw", PROTO_RAW, false},        {"dccp", PROTO_OTHER, false},
};

unsigned proto_mask(int word)
{
	return meanings[word].mask;
}

const char *proto_word(unsigned mask)
{
	size_t i = 0;

	while (i + 1 < ARRAY_LEN(meanings) && meanings[i].mask != mask)
		i++;
	return word_names[i];
}

const char *proto_service(int word)
{
	return meanings[word].service;
}

static int kind_of(const struct sockkind *sock)
{
	const char *name = sockkind_name(sock);

	for (size_t i = 0; name && i < ARRAY_LEN(kinds); i++) {
		if (strcmp(name, kinds[i].name) == 0)
			return (int)i;
	}
	return -1;
}

/* A stream of an unknown kind counts as TCP: SMC (AF_SMC and IPPROTO_SMC) goes over plain
 * TCP when the peer does not speak it (smc_switch_to_fallback in net/smc/af_smc.c). */
enum proto proto_of(const struct sockkind *sock)
{
	int kind = kind_of(sock);

	if (kind >= 0)
		return kinds[kind].proto;
	return sock->type == SOCK_STREAM ? PROTO_TCP : PROTO_OTHER;
}

bool proto_is_plain(const struct sockkind *sock)
{
	int kind = kind_of(sock);

	return sockkind_is_inet(sock) && kind >= 0 && kinds[kind].plain;
}
