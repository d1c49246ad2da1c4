/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_decide_random.c - random rulesets against an oracle that reads no rule
 * text
 *
 * A rule is drawn as a few numbers; one function writes it down as text, another judges
 * with the numbers, with nothing of rules/ or net/ in between. Few addresses and ports
 * are drawn from, so that rules hit.
 */
#include <stdint.h>

#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

enum { RULES = 12, ROUNDS = 4000, REQUESTS = 16 };

struct drawn {
	bool allow, bind, v6, any;
	uint32_t net;         /* the low 32 bits of the address */
	unsigned bits;        /* 0..32 of them */
	unsigned first, last; /* ports; first > last: none */
	unsigned proto;       /* index into protos */
};

static const char *const protos[] = {"", "/tcp", "/udp", "/icmp", "/mptcp", "/sctp"};
static const char *const socks[] = {"tcp",  "udp",     "icmp", "mptcp",
				    "sctp", "udplite", "raw"};

/* Which sockets (columns) a protocol (row) is about. */
static const bool covers[6][7] = {
	{1, 1, 1, 1, 1, 1, 1}, {1, 0, 0, 1, 0, 0, 0}, {0, 1, 0, 0, 0, 1, 0},
	{0, 0, 1, 0, 0, 0, 0}, {0, 0, 0, 1, 0, 0, 0}, {0, 0, 0, 0, 1, 0, 0},
};
static const bool has_ports[7] = {1, 1, 0, 1, 1, 1, 0};

static uint32_t draw(uint32_t below)
{
	static uint64_t state = 0x9e3779b97f4a7c15;

	state = state * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(state >> 33) % below;
}

static uint32_t draw_addr(void)
{
	return 0x0a000000 | draw(4) << 22 | draw(2) << 8 | draw(4);
}

static uint32_t mask_of(unsigned bits)
{
	return bits ? ~(uint32_t)0 << (32 - bits) : 0;
}

static struct drawn draw_rule(void)
{
	static const unsigned sizes[] = {8, 10, 24, 30, 31, 32};
	struct drawn rule = {.allow = draw(2), .bind = draw(4) == 0, .v6 = draw(2)};

	rule.any = draw(6) == 0;
	rule.bits = sizes[draw(6)];
	rule.net = draw_addr() & mask_of(rule.bits);
	rule.proto = draw(6);
	rule.first = 1 + draw(3);
	rule.last = draw(2) || rule.proto == 3 ? 0 : rule.first + draw(2);
	return rule;
}

static void write_host(char *out, size_t size, const struct drawn *rule)
{
	if (rule->any)
		snprintf(out, size, "*");
	else if (rule->v6)
		snprintf(out, size, "[2001:db8::%x:%x/%u]", rule->net >> 16,
			 rule->net & 0xffff, 96 + rule->bits);
	else
		snprintf(out, size, "%u.%u.%u.%u/%u", rule->net >> 24,
			 rule->net >> 16 & 255, rule->net >> 8 & 255, rule->net & 255,
			 rule->bits);
}

static size_t write_rule(char *out, size_t size, const struct drawn *rule)
{
	char host[64], ports[32] = "";

	write_host(host, sizeof(host), rule);
	if (rule->last)
		snprintf(ports, sizeof(ports), ":%u-%u", rule->first, rule->last);
	return (size_t)snprintf(
		out, size, "%s %s%s%s%s\n", rule->allow ? "allow" : "refuse",
		rule->bind ? "bind " : "", host, ports, protos[rule->proto]);
}

struct asked {
	bool bind, v6;
	uint32_t addr;
	unsigned port, sock;
};

static bool holds(const struct drawn *rule, const struct asked *asked)
{
	if (rule->bind != asked->bind || !covers[rule->proto][asked->sock])
		return false;
	if (!rule->any &&
	    (rule->v6 != asked->v6 || (asked->addr & mask_of(rule->bits)) != rule->net))
		return false;
	if (!rule->last)
		return true;
	return has_ports[asked->sock] && asked->port >= rule->first &&
	       asked->port <= rule->last;
}

static struct request request_of(const struct asked *asked)
{
	struct request request;
	char end[64];

	if (asked->v6)
		snprintf(end, sizeof(end), "[2001:db8::%x:%x]:%u", asked->addr >> 16,
			 asked->addr & 0xffff, asked->port);
	else
		snprintf(end, sizeof(end), "%u.%u.%u.%u:%u", asked->addr >> 24,
			 asked->addr >> 16 & 255, asked->addr >> 8 & 255,
			 asked->addr & 255, asked->port);
	CHECK(ruletest_request(asked->bind ? "bind"
			       : draw(2)   ? "connect"
					   : "send",
			       socks[asked->sock], end, &request));
	return request;
}

static void judge(const struct ruleset *set, const struct drawn *rules, const char *text)
{
	struct asked asked = {
		.bind = draw(4) == 0,
		.v6 = draw(2),
		.addr = draw_addr(),
		.port = 1 + draw(4),
		.sock = draw(7),
	};
	struct request request = request_of(&asked);
	struct decision got = ruleset_decide(set, &request);
	const char *want_id = asked.bind ? "builtin:bind" : "default";
	bool want = asked.bind;
	char id[16];

	for (unsigned i = RULES; i-- > 0;) {
		if (!holds(&rules[i], &asked))
			continue;
		snprintf(id, sizeof(id), "x:%u", i + 2);
		want_id = id;
		want = rules[i].allow;
	}
	if ((got.verdict == VERDICT_ALLOW) != want || strcmp(got.rule_id, want_id) != 0)
		printf("%s%s, v6 %d, %08x port %u\n", text, socks[asked.sock], asked.v6,
		       asked.addr, asked.port);
	CHECK((got.verdict == VERDICT_ALLOW) == want);
	CHECK_STR(got.rule_id, want_id);
}

TEST(decisions_are_the_oracles)
{
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct ruleset *set = ruleset_new();
		struct drawn rules[RULES];
		struct rule_error error;
		char text[RULES * 96] = "default refuse\n";
		size_t len = strlen(text);

		for (unsigned i = 0; i < RULES; i++) {
			rules[i] = draw_rule();
			len += write_rule(text + len, sizeof(text) - len, &rules[i]);
		}
		CHECK(ruletest_add(set, "x", text, len, &error) == 0);
		for (unsigned i = 0; i < REQUESTS; i++)
			judge(set, rules, text);
		ruleset_free(set);
	}
}
