/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_rules.c - any bytes are rules or an error for people; a rule that
 * decides does so alone as well
 */
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "rules/ruleset.h"
#include "test/fuzz/fuzz.h"

static const struct request requests[] = {
	{REQUEST_SOCKET, {AF_INET, SOCK_STREAM, 0}, {0}},
	{REQUEST_SOCKET, {AF_INET, SOCK_RAW, IPPROTO_ICMP}, {0}},
	{REQUEST_SOCKET, {AF_INET, SOCK_PACKET, 0}, {0}},
	{REQUEST_SOCKET, {AF_UNIX, SOCK_STREAM, 0}, {0}},
	{REQUEST_SOCKET, {AF_VSOCK, SOCK_STREAM, 0}, {0}},
	{REQUEST_CONNECT,
	 {AF_INET, SOCK_STREAM, IPPROTO_TCP},
	 {.family = AF_INET, .inet = {{ADDR_V4, {192, 0, 2, 1}, 0}, 443}}},
	{REQUEST_CONNECT,
	 {AF_INET6, SOCK_STREAM, IPPROTO_TCP},
	 {.family = AF_INET6, .inet = {{ADDR_V6, {0x20, 1, 0xd, 0xb8}, 2}, 80}}},
	{REQUEST_SEND,
	 {AF_INET, SOCK_DGRAM, IPPROTO_UDP},
	 {.family = AF_INET, .inet = {{ADDR_V4, {0}, 0}, 53}}},
	{REQUEST_BIND,
	 {AF_INET6, SOCK_DGRAM, 0},
	 {.family = AF_INET6, .inet = {{ADDR_V6, {0}, 0}, 0}}},
	{REQUEST_CONNECT,
	 {AF_UNIX, SOCK_STREAM, 0},
	 {.family = AF_UNIX, .un = {"/run/dbus/socket", 16, 0}}},
	{REQUEST_SEND,
	 {AF_UNIX, SOCK_DGRAM, 0},
	 {.family = AF_UNIX, .un = {"\0/tmp/x", 7, 1}}},
	{REQUEST_SEND, {AF_NETLINK, SOCK_RAW, 0}, {.family = AF_NETLINK}},
	{REQUEST_CONNECT, {AF_UNSPEC, 0, 0}, {.family = AF_UNSPEC}},
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

/* The rule that decided, as the only rule there is. */
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
	if (decision.rule_text[0])
		check_alone(&decision, request);
	else
		FUZZ_CHECK(decision.verdict == VERDICT_ALLOW);
	if (request->kind == REQUEST_BIND && decision.verdict == VERDICT_REFUSE)
		FUZZ_CHECK(ruleset_judges_bind(set));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset *set = ruleset_new();
	struct rule_error error;
	int r = ruleset_add_text(set, "fuzz", 1, (const char *)data, size, &error);

	if (r == 0) {
		for (size_t i = 0; i < ARRAY_LEN(requests); i++)
			check_decision(set, &requests[i]);
	} else {
		FUZZ_CHECK(r == -EINVAL);
		FUZZ_CHECK(ruleset_count(set) == 0);
		check_error(&error);
	}
	ruleset_free(set);
	return 0;
}
