/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_rules.c - any bytes are rules or an error for people; a rule that
 * decides does so alone as well
 */
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "rules/format.h"
#include "rules/ruleset.h"
#include "test/fuzz/fuzz.h"

static const struct ancestor ancestor = {"/opt/game/launcher", NULL};
static const struct program program = {
	.exe = "/usr/bin/python3",
	.script = "/opt/game/run.py",
	.args = "python3\0run.py\0-x",
	.args_len = sizeof("python3\0run.py\0-x"),
	.ancestors = &ancestor,
};

static const struct request requests[] = {
	{.kind = REQUEST_CONNECT,
	 .sock = {AF_INET, SOCK_STREAM, IPPROTO_TCP},
	 .end = {.family = AF_INET, .inet = {{ADDR_V4, {192, 0, 2, 1}, 0}, 443}},
	 .names = {"api.example.com", "ads.example"},
	 .name_count = 2,
	 .program = &program,
	 .forked = true,
	 .user = 65534},
	{.kind = REQUEST_SOCKET,
	 .user = -1,
	 .sock = {AF_INET, SOCK_STREAM, 0},
	 .end = {0}},
	{.kind = REQUEST_SOCKET,
	 .user = -1,
	 .sock = {AF_INET, SOCK_RAW, IPPROTO_ICMP},
	 .end = {0}},
	{.kind = REQUEST_SOCKET,
	 .user = -1,
	 .sock = {AF_INET, SOCK_PACKET, 0},
	 .end = {0}},
	{.kind = REQUEST_SOCKET,
	 .user = -1,
	 .sock = {AF_UNIX, SOCK_STREAM, 0},
	 .end = {0}},
	{.kind = REQUEST_SOCKET,
	 .user = -1,
	 .sock = {AF_VSOCK, SOCK_STREAM, 0},
	 .end = {0}},
	{.kind = REQUEST_CONNECT,
	 .user = -1,
	 .sock = {AF_INET, SOCK_STREAM, IPPROTO_TCP},
	 .end = {.family = AF_INET, .inet = {{ADDR_V4, {192, 0, 2, 1}, 0}, 443}}},
	{.kind = REQUEST_CONNECT,
	 .user = -1,
	 .sock = {AF_INET6, SOCK_STREAM, IPPROTO_TCP},
	 .end = {.family = AF_INET6, .inet = {{ADDR_V6, {0x20, 1, 0xd, 0xb8}, 2}, 80}}},
	{.kind = REQUEST_SEND,
	 .user = -1,
	 .sock = {AF_INET, SOCK_DGRAM, IPPROTO_UDP},
	 .end = {.family = AF_INET, .inet = {{ADDR_V4, {0}, 0}, 53}}},
	{.kind = REQUEST_BIND,
	 .user = -1,
	 .sock = {AF_INET6, SOCK_DGRAM, 0},
	 .end = {.family = AF_INET6, .inet = {{ADDR_V6, {0}, 0}, 0}}},
	{.kind = REQUEST_CONNECT,
	 .user = -1,
	 .sock = {AF_UNIX, SOCK_STREAM, 0},
	 .end = {.family = AF_UNIX, .un = {"/run/dbus/socket", 16, 0}}},
	{.kind = REQUEST_SEND,
	 .user = -1,
	 .sock = {AF_UNIX, SOCK_DGRAM, 0},
	 .end = {.family = AF_UNIX, .un = {"\0/tmp/x", 7, 1}}},
	{.kind = REQUEST_SEND,
	 .user = -1,
	 .sock = {AF_NETLINK, SOCK_RAW, 0},
	 .end = {.family = AF_NETLINK}},
	{.kind = REQUEST_CONNECT,
	 .user = -1,
	 .sock = {AF_UNSPEC, 0, 0},
	 .end = {.family = AF_UNSPEC}},
};

static void check_error(const struct rule_error *error)
{
	const char *end = memchr(error->text, '\0', sizeof(error->text));
	unsigned lines = 1;

	FUZZ_CHECK(end && end > error->text && end[-1] != '\n');
	for (const char *at = error->text; at < end; at++) {
		lines += *at == '\n';
		FUZZ_CHECK(*at == '\n' || (*at >= 0x20 && *at < 0x7f));
	}
	FUZZ_CHECK(lines == 3);
}

/* The rule that decided, as the only rule there is. Of a set it says nothing. */
static void check_alone(const struct decision *whole, const struct request *request)
{
	struct ruleset *set = ruleset_new();
	struct rule_error error;
	struct decision alone;

	FUZZ_CHECK(ruleset_add_text(set, "f", 1, whole->rule_text,
				    strlen(whole->rule_text), &error) == 0);
	alone = ruleset_decide(set, request);
	FUZZ_CHECK(alone.verdict == whole->verdict);
	FUZZ_CHECK(strcmp(alone.rule_text, whole->rule_text) == 0);
	ruleset_free(set);
}

static void check_decision(const struct ruleset *set, const struct request *request)
{
	struct decision decision = ruleset_decide(set, request);

	FUZZ_CHECK(decision.verdict < VERDICT_NUM_ && decision.rule_id[0]);
	if (decision.rule_text[0] && !strchr(decision.rule_text, '@'))
		check_alone(&decision, request);
	FUZZ_CHECK(decision.rule_text[0] || decision.verdict == VERDICT_ALLOW);
	FUZZ_CHECK(!decision.action || decision.action->verdict == decision.verdict);
	if (request->kind == REQUEST_BIND && decision.verdict == VERDICT_REFUSE)
		FUZZ_CHECK(ruleset_judges_bind(set));
}

/* A rule that is written down and read again is the same. */
static void check_format(const struct ruleset *set, size_t number)
{
	static char once[1 << 16], twice[1 << 16];
	struct ruleset *again = ruleset_new();
	struct rule_error error;
	struct buf first, second;

	buf_init(&first, once, sizeof(once));
	format_rule(&first, set, number);
	if (!first.truncated) {
		FUZZ_CHECK(ruleset_add_text(again, "f", 1, once, first.len, &error) == 0);
		FUZZ_CHECK(ruleset_count(again) == 1);
		buf_init(&second, twice, sizeof(twice));
		format_rule(&second, again, 0);
		FUZZ_CHECK(strcmp(once, twice) == 0);
	}
	ruleset_free(again);
}

/* No file of the machine it runs on is read. */
static bool names_files(const uint8_t *data, size_t size)
{
	return memmem(data, size, "file", 4) || memmem(data, size, "include", 7);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset *set = ruleset_new();
	struct rule_error error;
	int r = names_files(data, size)
			? 0
			: ruleset_add_text(set, "fuzz", 1, (const char *)data, size,
					   &error);

	if (r == 0)
		r = ruleset_finish(set, &error);
	if (r == 0) {
		for (size_t i = 0; i < ARRAY_LEN(requests); i++)
			check_decision(set, &requests[i]);
		for (size_t i = 0; i < ruleset_count(set) && i < 64; i++)
			check_format(set, i);
	} else {
		FUZZ_CHECK(r == -EINVAL);
		FUZZ_CHECK(ruleset_count(set) == 0);
		check_error(&error);
	}
	ruleset_free(set);
	return 0;
}
