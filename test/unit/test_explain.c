/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_explain.c - why a rule decides, and which rules can never match
 */
#include "base/buf.h"
#include "rules/explain.h"
#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

static char storage[2048];
static struct buf told;

static void tell(void *context, const struct explained *explained)
{
	(void)context;
	buf_printf(&told, "%s%s %s", told.len ? "; " : "", explained->id, explained->why);
}

static struct ruleset *load(const char *text)
{
	struct ruleset *set = ruleset_new();
	struct rule_error error;

	buf_init(&told, storage, sizeof(storage));
	if (ruletest_add(set, "x", text, strlen(text), &error) != 0) {
		printf("%s\n", error.text);
		CHECK(false);
	}
	return set;
}

static const char *dead(const char *text)
{
	struct ruleset *set = load(text);

	explain_dead(set, tell, NULL);
	ruleset_free(set);
	return storage;
}

TEST(rules_that_can_never_match)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"allow 10.0.0.0/8\nrefuse 10.1.2.3", "x:2 it is hidden by x:1"},
		{"allow 10.1.2.3\nrefuse 10.0.0.0/8", ""},
		{"allow lan\nrefuse 10.1.0.0/16", "x:2 it is hidden by x:1"},
		{"allow internet\nrefuse 8.0.0.0/6", ""},
		{"allow internet\nrefuse 8.8.8.8", "x:2 it is hidden by x:1"},
		{"allow *\nrefuse lan .a @s direct resolvers\nset s b",
		 "x:2 it is hidden by x:1"},
		{"allow *\nrefuse bind * unix raw", ""},
		{"allow *:80\nrefuse 10.0.0.1", ""},
		{"allow *:80,90-99\nrefuse 10.0.0.1:80,95", "x:2 it is hidden by x:1"},
		{"allow *:80\nrefuse 10.0.0.1:80-81", ""},
		{"allow */tcp\nrefuse 10.0.0.1/mptcp", "x:2 it is hidden by x:1"},
		{"allow */mptcp\nrefuse 10.0.0.1/tcp", ""},
		{"allow .a.example\nrefuse a.example b.a.example *.a.example .c.a.example",
		 "x:2 it is hidden by x:1"},
		{"allow *.a.example\nrefuse a.example", ""},
		{"allow *.a.example\nrefuse .a.example", ""},
		{"allow a.example\nrefuse b.a.example", ""},
		{"allow @s\nrefuse @s:80\nset s a", "x:2 it is hidden by x:1"},
		{"allow unix\nrefuse unix:/x unix:@y", "x:2 it is hidden by x:1"},
		{"refuse unix:/x\nallow unix:/x", ""},
		{"refuse unix:/x\nrefuse unix:/x", "x:2 it is hidden by x:1"},
		{"allow packet\nrefuse family packet", "x:2 it is hidden by x:1"},
		{"allow raw\nrefuse raw", "x:2 it is hidden by x:1"},
		{"allow * exe /a\nrefuse *", ""},
		{"allow * exe /a\nrefuse lan exe /a arg -x", "x:2 it is hidden by x:1"},
		{"allow * !exe /a\nrefuse lan exe /a", ""},
		{"allow * first 3\nrefuse *", ""},
		{"allow *\nrefuse lan first 3", "x:2 it is hidden by x:1"},
		{"refuse * exe /a !exe /a", "x:1 its conditions exclude each other"},
		{"refuse * first 2 after 2", "x:1 its conditions exclude each other"},
		{"refuse * first 3 after 2", ""},
		{"refuse 10.0.0.1 10.0.0.2\nallow 10.0.0.2 10.0.0.3", ""},
		{"refuse 10.0.0.1\nrefuse 10.0.0.2\nallow 10.0.0.2 10.0.0.1",
		 "x:3 it is hidden by x:1"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(dead(cases[i].text), cases[i].want);
}

/* What decides, and what is said of the rules before it. */
static const char *why(const char *text, const char *kind, const char *sock,
		       const char *end, const char *name)
{
	static const struct program program = {.exe = "/bin/x", .script = ""};
	struct ruleset *set = load(text);
	struct decision decision;
	struct request request;

	CHECK(ruletest_request(kind, sock, end, &request));
	request.program = &program;
	if (name)
		request.names[request.name_count++] = name;
	decision = explain_decision(set, &request, tell, NULL);
	buf_printf(&told, "%s%s %s", told.len ? "; " : "", verdict_verb(decision.verdict),
		   decision.rule_id);
	ruleset_free(set);
	return storage;
}

TEST(rules_passed_over)
{
	static const char text[] = "refuse 10.0.0.0/8:80\n"
				   "refuse 10.0.0.0/8/udp\n"
				   "refuse bind 10.0.0.0/8\n"
				   "refuse 10.0.0.1 exe /bin/y\n"
				   "refuse @s\n"
				   "refuse 10.0.0.1 after 3\n"
				   "allow 10.0.0.1\n"
				   "refuse *\n"
				   "set s a.example\n";

	CHECK_STR(why(text, "connect", "tcp", "10.0.0.1:443", NULL),
		  "x:1 another port; x:2 another protocol; x:3 about local addresses; "
		  "x:4 'exe /bin/y' does not hold; x:5 another destination; "
		  "x:6 'after 3' does not hold; allow x:7");
	CHECK_STR(why(text, "connect", "tcp", "203.0.113.1:443", "www.a.example"),
		  "x:1 another destination; x:2 another destination; "
		  "x:3 another destination; x:4 another destination; refuse x:5");
	CHECK_STR(why("refuse 10.0.0.1", "bind", "tcp", "10.0.0.1:443", NULL),
		  "x:1 about destinations; allow builtin:bind");
}
