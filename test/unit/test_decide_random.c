/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_decide_random.c - random rulesets against an oracle that reads no rule
 * text
 *
 * A rule is drawn as a few numbers; one function writes it down as text, another judges
 * with the numbers, with nothing of rules/ or net/ in between. Few addresses and ports
 * are drawn from, so that rules hit. On an emulated machine and under valgrind
 * TRIES_DIVISOR makes it so many times fewer.
 */
#include <stdint.h>
#include <stdlib.h>

#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

enum { RULES = 12, ROUNDS = 10000, REQUESTS = 100, SETS = 3, MEMBERS = 4 };

enum host { HOST_ANY, HOST_PREFIX, HOST_NAME, HOST_SET, HOST_DIRECT, HOST_NUM_ };

/* A prefix of one family, or a name and what of it is meant. */
struct drawn_host {
	enum host kind;
	bool v6;
	uint32_t net;    /* the low 32 bits of the address */
	unsigned bits;   /* 0..32 of them */
	unsigned name;   /* index into names */
	unsigned covers; /* 0 itself, 1 it and all below, 2 only below */
	unsigned set;
};

struct drawn {
	bool allow, bind;
	struct drawn_host host;
	unsigned first, last; /* ports; first > last: none */
	unsigned proto;       /* index into protos */
	unsigned exe;         /* index into exes; 0: no condition */
	bool not_exe;
	unsigned count_first, count_after; /* 0: no condition */
	unsigned seen;
};

struct drawn_set {
	struct drawn_host members[MEMBERS];
};

static const char *const names[] = {"a.example", "b.a.example", "c.b.a.example",
				    "example",   "xa.example",  "other.test"};
/* Which of them (columns) lie below which (rows). */
static const bool lies_below[6][6] = {
	{0, 1, 1, 0, 0, 0}, {0, 0, 1, 0, 0, 0}, {0, 0, 0, 0, 0, 0},
	{1, 1, 1, 0, 1, 0}, {0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0},
};
static const char *const exes[] = {NULL, "/bin/a", "/bin/b"};
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

static struct drawn_host draw_host(void)
{
	static const unsigned sizes[] = {8, 10, 24, 30, 31, 32};
	struct drawn_host host = {.kind = (enum host)draw(HOST_NUM_), .v6 = draw(2)};

	host.bits = sizes[draw(6)];
	host.net = draw_addr() & mask_of(host.bits);
	host.name = draw(6);
	host.covers = draw(3);
	host.set = draw(SETS);
	return host;
}

static struct drawn draw_rule(void)
{
	struct drawn rule = {.allow = draw(2), .bind = draw(4) == 0};

	rule.host = draw_host();
	if (rule.bind && rule.host.kind == HOST_DIRECT)
		rule.host.kind = HOST_ANY;
	rule.proto = draw(6);
	rule.first = 1 + draw(3);
	rule.last = draw(2) || rule.proto == 3 ? 0 : rule.first + draw(2);
	rule.exe = draw(2) ? 0 : draw(3);
	rule.not_exe = draw(2);
	rule.count_first = draw(4) ? 0 : 1 + draw(9);
	rule.count_after = draw(4) ? 0 : 1 + draw(5);
	return rule;
}

static struct drawn_set draw_set(void)
{
	struct drawn_set set;

	for (unsigned i = 0; i < MEMBERS; i++) {
		set.members[i] = draw_host();
		set.members[i].kind = draw(2) ? HOST_NAME : HOST_PREFIX;
		if (set.members[i].covers == 0) /* a bare name means all below, too */
			set.members[i].covers = 1;
	}
	return set;
}

static void write_host(char *out, size_t size, const struct drawn_host *host)
{
	static const char *const marks[] = {"", ".", "*."};

	if (host->kind == HOST_ANY)
		snprintf(out, size, "*");
	else if (host->kind == HOST_DIRECT)
		snprintf(out, size, "direct");
	else if (host->kind == HOST_SET)
		snprintf(out, size, "@s%u", host->set);
	else if (host->kind == HOST_NAME)
		snprintf(out, size, "%s%s%s", marks[host->covers], names[host->name],
			 host->covers ? "" : ".");
	else if (host->v6)
		snprintf(out, size, "[2001:db8::%x:%x/%u]", host->net >> 16,
			 host->net & 0xffff, 96 + host->bits);
	else
		snprintf(out, size, "%u.%u.%u.%u/%u", host->net >> 24,
			 host->net >> 16 & 255, host->net >> 8 & 255, host->net & 255,
			 host->bits);
}

/* Without the brackets that only ports want. */
static size_t write_set(char *out, size_t size, unsigned number,
			const struct drawn_set *set)
{
	size_t len = (size_t)snprintf(out, size, "set s%u", number);

	for (unsigned i = 0; i < MEMBERS; i++) {
		char host[64], *end;

		write_host(host, sizeof(host), &set->members[i]);
		end = strchr(host, ']');
		if (end)
			*end = '\0';
		len += (size_t)snprintf(out + len, size - len, " %s",
					host + (host[0] == '['));
	}
	return len + (size_t)snprintf(out + len, size - len, "\n");
}

static size_t write_rule(char *out, size_t size, const struct drawn *rule)
{
	char host[64], ports[32] = "", tail[96] = "";
	size_t len = 0;

	write_host(host, sizeof(host), &rule->host);
	if (rule->last)
		snprintf(ports, sizeof(ports), ":%u-%u", rule->first, rule->last);
	if (rule->exe)
		len += (size_t)snprintf(tail, sizeof(tail), " %sexe %s",
					rule->not_exe ? "!" : "", exes[rule->exe]);
	if (rule->count_first)
		len += (size_t)snprintf(tail + len, sizeof(tail) - len, " first %u",
					rule->count_first);
	if (rule->count_after)
		snprintf(tail + len, sizeof(tail) - len, " after %u", rule->count_after);
	return (size_t)snprintf(
		out, size, "%s %s%s%s%s%s\n", rule->allow ? "allow" : "refuse",
		rule->bind ? "bind " : "", host, ports, protos[rule->proto], tail);
}

struct asked {
	bool bind, v6;
	uint32_t addr;
	unsigned port, sock;
	unsigned names[2], name_count;
	unsigned exe; /* 0: not known */
};

static bool host_holds(const struct drawn_host *host, const struct drawn_set *sets,
		       const struct asked *asked)
{
	bool holds = false;

	switch (host->kind) {
	case HOST_ANY:
		return true;
	case HOST_DIRECT:
		return asked->name_count == 0;
	case HOST_PREFIX:
		return host->v6 == asked->v6 &&
		       (asked->addr & mask_of(host->bits)) == host->net;
	case HOST_NAME:
		for (unsigned i = 0; i < asked->name_count; i++)
			holds |= (host->covers < 2 && asked->names[i] == host->name) ||
				 (host->covers > 0 &&
				  lies_below[host->name][asked->names[i]]);
		return holds;
	case HOST_SET:
		for (unsigned i = 0; i < MEMBERS; i++)
			holds |= host_holds(&sets[host->set].members[i], sets, asked);
		return holds;
	case HOST_NUM_:
		break;
	}
	return false;
}

/* What is not known: a refusal matches, an allowance does not. */
static bool exe_holds(const struct drawn *rule, const struct asked *asked)
{
	if (!rule->exe)
		return true;
	if (!asked->exe)
		return !rule->allow;
	return (rule->exe == asked->exe) != rule->not_exe;
}

static bool holds(struct drawn *rule, const struct drawn_set *sets,
		  const struct asked *asked)
{
	if (rule->bind != asked->bind || !covers[rule->proto][asked->sock] ||
	    !host_holds(&rule->host, sets, asked))
		return false;
	if (rule->last && (!has_ports[asked->sock] || asked->port < rule->first ||
			   asked->port > rule->last))
		return false;
	if (!exe_holds(rule, asked))
		return false;
	rule->seen++;
	return (!rule->count_first || rule->seen <= rule->count_first) &&
	       rule->seen > rule->count_after;
}

static struct request request_of(const struct asked *asked)
{
	static struct program program;
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
	for (unsigned i = 0; i < asked->name_count; i++)
		request.names[request.name_count++] = names[asked->names[i]];
	program.exe = exes[asked->exe];
	request.program = &program;
	return request;
}

static struct asked draw_asked(void)
{
	struct asked asked = {
		.bind = draw(4) == 0,
		.v6 = draw(2),
		.addr = draw_addr(),
		.port = 1 + draw(4),
		.sock = draw(7),
		.names = {draw(6), draw(6)},
		.name_count = draw(3),
		.exe = draw(3),
	};

	return asked;
}

static void judge(struct ruleset *set, struct drawn *rules, const struct drawn_set *sets,
		  const char *text)
{
	struct asked asked = draw_asked();
	struct request request = request_of(&asked);
	struct decision without_count = ruleset_decide(set, &request);
	struct decision got = ruleset_judge(set, &request);
	const char *want_id = asked.bind ? "builtin:bind" : "default";
	bool want = asked.bind;
	char id[16];

	for (unsigned i = 0; i < RULES; i++) {
		if (!holds(&rules[i], sets, &asked))
			continue;
		snprintf(id, sizeof(id), "x:%u", i + 2 + SETS);
		want_id = id;
		want = rules[i].allow;
		break;
	}
	if ((got.verdict == VERDICT_ALLOW) != want || strcmp(got.rule_id, want_id) != 0)
		printf("%s%s, v6 %d, %08x port %u\n", text, socks[asked.sock], asked.v6,
		       asked.addr, asked.port);
	CHECK((got.verdict == VERDICT_ALLOW) == want);
	CHECK_STR(got.rule_id, want_id);
	CHECK_STR(without_count.rule_id, want_id);
}

TEST(decisions_are_the_oracles)
{
	unsigned last = tries(ROUNDS);

	for (unsigned round = 0; round < last && !harness_failures; round++) {
		struct ruleset *set = ruleset_new();
		struct drawn rules[RULES];
		struct drawn_set sets[SETS];
		struct rule_error error;
		char text[RULES * 160 + SETS * 256] = "default refuse\n";
		size_t len = strlen(text);

		for (unsigned i = 0; i < SETS; i++) {
			sets[i] = draw_set();
			len += write_set(text + len, sizeof(text) - len, i, &sets[i]);
		}
		for (unsigned i = 0; i < RULES; i++) {
			rules[i] = draw_rule();
			len += write_rule(text + len, sizeof(text) - len, &rules[i]);
		}
		error.text[0] = '\0';
		CHECK(ruletest_add(set, "x", text, len, &error) == 0);
		CHECK_STR(error.text, "");
		for (unsigned i = 0; i < REQUESTS; i++)
			judge(set, rules, sets, text);
		ruleset_free(set);
	}
}
