/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_format.c - a rule written down again is the same rule
 */
#include "base/buf.h"
#include "rules/format.h"
#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

/* The first rule of a text, written down; "" when the text is wrong. */
static const char *format(const char *text, char *out, size_t size)
{
	struct ruleset *set = ruleset_new();
	struct rule_error error;
	struct buf buf;

	buf_init(&buf, out, size);
	if (ruleset_add_text(set, "x", 1, text, strlen(text), &error) == 0 &&
	    ruleset_count(set) == 1)
		format_rule(&buf, set, 0);
	CHECK(!buf.truncated);
	ruleset_free(set);
	return out;
}

TEST(shortest_spellings)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"  deny\t*  # all", "refuse *"},
		{"allow localhost lan link multicast internet resolvers:domain direct",
		 "allow localhost lan link multicast internet resolvers:53 direct"},
		{"allow 10.0.0.0/8:https,8000-8999/tcp 10.0.0.1/32",
		 "allow 10.0.0.0/8:443,8000-8999/tcp 10.0.0.1"},
		{"allow 2001:DB8::1 2001:db8::/32/udp [::1]:80",
		 "allow [2001:db8::1] [2001:db8::/32]/udp [::1]:80"},
		{"allow ::ffff:10.0.0.1 bind *:1/mptcp", "allow 10.0.0.1 bind *:1/mptcp"},
		{"allow API.Example.Com. .ads.example *.x.example printer. lan. @s:1",
		 "allow api.example.com .ads.example *.x.example printer. lan. @s:1"},
		{"allow 1.2.example 1a.", "allow 1.2.example 1a."},
		{"refuse unix netlink packet raw vsock family can",
		 "refuse family AF_UNIX family AF_NETLINK family AF_PACKET raw family "
		 "AF_VSOCK family AF_CAN"},
		{"refuse unix:/x/*? unix:@a bind *", "refuse unix:/x/*? unix:@a bind *"},
		{"error * with EWOULDBLOCK", "error * with EAGAIN"},
		{"timeout * after 60000ms", "timeout * after 60s"},
		{"timeout *", "timeout *"},
		{"delay * by 1500ms", "delay * by 1500ms"},
		{"redirect * to [::ffff:127.0.0.1]:80", "redirect * to 127.0.0.1:80"},
		{"redirect * to [::1]:80", "redirect * to [::1]:80"},
		{"ask * for always", "ask * for always"},
		{"ask *", "ask *"},
		{"allow * exe /a ! under */b !script * arg -x user root first 3 after 1",
		 "allow * exe /a !under */b !script * arg -x user 0 first 3 after 1"},
	};
	char once[512], twice[512];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CHECK_STR(format(cases[i].text, once, sizeof(once)), cases[i].want);
		CHECK_STR(format(once, twice, sizeof(twice)), once);
	}
}

TEST(what_does_not_fit_is_told)
{
	struct ruleset *set = ruleset_new();
	struct rule_error error;
	char storage[16];
	struct buf buf;

	CHECK(ruletest_add(set, "x", "allow 192.0.2.1 192.0.2.2", 25, &error) == 0);
	buf_init(&buf, storage, sizeof(storage));
	format_rule(&buf, set, 0);
	CHECK(buf.truncated);
	ruleset_free(set);
}
