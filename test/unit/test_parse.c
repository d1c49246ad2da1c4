/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_parse.c - what is said about rule texts that are wrong, to the letter
 */
#include "test/unit/harness.h"
#include "test/unit/ruletest_error.h"

TEST(verbs)
{
	CHECK_STR(error_of("refuze *"),
		  "game.rules:1:1: unknown verb 'refuze'; did you mean 'refuse'?\n"
		  "refuze *\n"
		  "^~~~~~");
	CHECK_STR(
		error_of("allow *\n\n  xyzzy *  # a comment"),
		"game.rules:3:3: unknown verb 'xyzzy'; expected one of: allow refuse deny "
		"error timeout delay redirect ask default set include\n"
		"  xyzzy *  # a comment\n"
		"  ^~~~~");
	CHECK_STR(error_of("allow"), "game.rules:1:6: a target is missing after 'allow'\n"
				     "allow\n"
				     "     ^");
	CHECK_STR(error_of("deny  # nothing\n"),
		  "game.rules:1:5: a target is missing after 'deny'\n"
		  "deny  # nothing\n"
		  "    ^");
}

/* What is said of a line, without file and line number: "COLUMN: message"; "" when it is
 * right. */
static const char *said_of(const char *text)
{
	static char said[600];
	const char *error_text = error_of(text);
	const char *colon = strchr(error_text, ':');

	snprintf(said, sizeof(said), "%s", colon ? strchr(colon + 1, ':') + 1 : "");
	said[strcspn(said, "\n")] = '\0';
	return said;
}

struct said {
	const char *text;
	const char *want;
};

static void check_said(const struct said *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		CHECK_STR(said_of(cases[i].text), cases[i].want);
}

TEST(what_a_verb_is_given)
{
	static const struct said cases[] = {
		{"error * with ENETUNREACH", ""},
		{"error * with EWOULDBLOCK exe /x", ""},
		{"error *", "8: 'with' and the name of an error are missing here"},
		{"error * with", "13: the name of an error is missing after 'with'"},
		{"error * with ENETUNREACHD",
		 "14: unknown error 'ENETUNREACHD'; did you mean 'ENETUNREACH'?"},
		{"error * with 111",
		 "14: unknown error '111'; expected a name of errno(3), like ENETUNREACH"},
		{"error bind *:80 with EADDRINUSE", ""},
		{"error unix:/x vsock with ENOENT", ""},
		{"timeout 192.0.2.1", ""},
		{"timeout 192.0.2.1 after 5s", ""},
		{"timeout 192.0.2.1 after 5s after 3 first 9", ""},
		{"timeout 192.0.2.1 after 5",
		 "25: '5' is no time; write a number and ms, s, m or h"},
		{"timeout 192.0.2.1 after s",
		 "25: 's' is no time; write a number and ms, s, m or h"},
		{"timeout 192.0.2.1 after 0s", "25: '0s' is no time from 1ms to 24h"},
		{"timeout 192.0.2.1 after 25h", "25: '25h' is no time from 1ms to 24h"},
		{"timeout 192.0.2.1 after 99999999999999999999ms",
		 "25: '99999999999999999999ms' is no time from 1ms to 24h"},
		{"timeout bind *",
		 "1: 'timeout' is about destinations, not about 'bind'"},
		{"timeout unix", "1: 'timeout' is about IP destinations only"},
		{"delay .slow.example by 800ms", ""},
		{"delay unix:/x by 2m", ""},
		{"delay *", "8: 'by' and a time are missing here"},
		{"delay bind * by 1s",
		 "1: 'delay' is about destinations, not about 'bind'"},
		{"redirect 192.0.2.1:443 to 127.0.0.1:8443", ""},
		{"redirect * to [::1]:80", ""},
		{"redirect *", "11: 'to' and an address with its port are missing here"},
		{"redirect * to 127.0.0.1",
		 "15: '127.0.0.1' is no address with its port; write 127.0.0.1:8443 or "
		 "[::1]:8443"},
		{"redirect * to ::1:80",
		 "15: '::1:80' is no address with its port; write 127.0.0.1:8443 or "
		 "[::1]:8443"},
		{"redirect * to [127.0.0.1]:80",
		 "15: '[127.0.0.1]:80' is no address with its port; write 127.0.0.1:8443 "
		 "or [::1]:8443"},
		{"redirect * to 127.0.0.1:0",
		 "15: '127.0.0.1:0' is no address with its port; write 127.0.0.1:8443 or "
		 "[::1]:8443"},
		{"redirect * to 0.0.0.0:80", "15: '0.0.0.0:80' is nobody's address"},
		{"redirect packet to 127.0.0.1:80",
		 "1: 'redirect' is about IP destinations only"},
		{"ask internet", ""},
		{"ask internet for process", ""},
		{"ask bind * for always exe /x", ""},
		{"ask * for ever",
		 "11: unknown time 'ever'; expected one of: once process session always"},
		{"default ask", ""},
		{"default bind ask", ""},
		{"allow * with EACCES", "9: 'with' does not belong to 'allow'"},
		{"refuse * by 3s", "10: 'by' does not belong to 'refuse'"},
		{"delay * by 3s by 4s", "15: 'by' does not belong to 'delay'"},
		{"ask * to 127.0.0.1:1", "7: 'to' does not belong to 'ask'"},
	};

	check_said(cases, ARRAY_LEN(cases));
}

TEST(conditions)
{
	static const struct said cases[] = {
		{"refuse * exe /usr/bin/*", ""},
		{"refuse * under */game !script *.py arg -x user nobody", ""},
		{"refuse * user 65534 first 3 after 1", ""},
		{"refuse * ! exe /x !first 3", ""},
		{"refuse * exe", "13: a path or pattern is missing after 'exe'"},
		{"refuse * !", "11: a condition is missing after '!'"},
		{"refuse * !exe", "14: a path or pattern is missing after 'exe'"},
		{"refuse * exe curl",
		 "14: 'curl' is compared with a whole path; write /PATH or */curl"},
		{"refuse * under game",
		 "16: 'game' is compared with a whole path; write /PATH or */game"},
		{"refuse * user nobody-of-that-name",
		 "15: unknown user 'nobody-of-that-name'"},
		{"refuse * first -1", "16: '-1' is no number of matches"},
		{"refuse * first 0", "16: 'first 0' would never hold"},
		{"refuse * after 4294967295", "16: '4294967295' is no number of matches"},
		{"refuse * tls *.example",
		 "14: 'tls' is not yet supported by this version of netjail"},
		{"refuse * exa /x", "10: unknown word 'exa'; did you mean 'exe'?"},
		{"refuse * wiht EPERM", "10: unknown word 'wiht'; did you mean 'with'?"},
		{"refuse * exe /x scrpt /y",
		 "17: unknown condition 'scrpt'; did you mean 'script'?"},
		{"refuse * exe /x 192.0.2.1",
		 "17: unknown condition '192.0.2.1'; expected one of: exe under script arg "
		 "user first after tls"},
		{"refuse exe /x", "8: a target is missing after 'refuse'"},
		{"refuse first 3", "8: a target is missing after 'refuse'"},
	};

	check_said(cases, ARRAY_LEN(cases));
}

TEST(names)
{
	static const struct said cases[] = {
		{"refuse api.example.com:443 .ads.example *.x.example/tcp printer. x.",
		 ""},
		{"refuse API.Example.Com._tcp_x", ""},
		{"refuse localhots:80",
		 "8: unknown target 'localhots'; did you mean 'localhost'?"},
		{"refuse interent",
		 "8: unknown target 'interent'; did you mean 'internet'?"},
		{"refuse interent.", ""},
		{"refuse netlnik",
		 "8: unknown target 'netlnik'; did you mean 'netlink'?"},
		{"refuse caf\xc3\xa9.example",
		 "8: 'caf\\xc3\\xa9.example' is no host name: host names are ASCII; write "
		 "its xn-- form"},
		{"refuse a..b",
		 "8: 'a..b' is no host name: two dots in a row are no host "
		 "name"},
		{"refuse a..",
		 "8: 'a..' is no host name: two dots in a row are no host name"},
		{"refuse .", "8: '.' is not an IP address or prefix"},
		{"refuse *.", "8: '*.' is no host name: a host name is missing here"},
		{"refuse a.*.b", "8: 'a.*.b' is no host name: a host name has letters, "
				 "digits, '.', '-' and '_'"},
	};

	check_said(cases, ARRAY_LEN(cases));
	CHECK(strstr(error_of("refuse a$b"),
		     "unknown target 'a$b'; expected one of: localhost"));
	CHECK(strstr(error_of("refuse **"), "unknown target '**'"));
}

TEST(sets)
{
	static const struct said cases[] = {
		{"refuse @t:80/tcp\nset t a.example .b.example 192.0.2.0/24 2001:db8::1",
		 ""},
		{"set t a.example\nset t b.example", ""},
		{"refuse @t # c",
		 "8: the set '@t' is never defined; write 'set t ITEM ...' or "
		 "'set t file PATH'"},
		{"refuse @", "8: '@' is not the name of a set"},
		{"refuse @a$b", "8: '@a$b' is not the name of a set"},
		{"set", "4: a name is missing after 'set'"},
		{"set t", "6: items, or 'file' and a path, are missing here"},
		{"set t@ x",
		 "5: 't@' is not the name of a set; letters, digits, '-', '_' and "
		 "'.' are"},
		{"set t 10.0.0.1/8", "7: '10.0.0.1/8' has host bits set; did you mean "
				     "10.0.0.0/8?"},
		{"set t 10.0.0.256", "7: '10.0.0.256' is not an IP address or prefix"},
		{"set t x%y", "7: 'x%y' is no domain, address or prefix: a host name has "
			      "letters, digits, '.', '-' and '_'"},
		{"set t file", "11: a path is missing after 'file'"},
		{"set t file a b", "14: unexpected 'b' after the path"},
		{"set t file /nonexistent/x", "12: No such file or directory"},
		{"include", "8: a path is missing after 'include'"},
		{"include a b", "11: unexpected 'b' after the path"},
		{"include /nonexistent/x", "9: No such file or directory"},
	};

	check_said(cases, ARRAY_LEN(cases));
}

TEST(defaults)
{
	CHECK_STR(error_of("default refuse\nallow *\ndefault allow\n"),
		  "game.rules:3:1: a second 'default'; the first is game.rules:1\n"
		  "default allow\n"
		  "^~~~~~~");
	CHECK_STR(error_of("default bind refuse\ndefault bind refuse"),
		  "game.rules:2:1: a second 'default bind'; the first is game.rules:1\n"
		  "default bind refuse\n"
		  "^~~~~~~");
	CHECK_STR(error_of("default bind refuse\ndefault refuse"), "");
	CHECK_STR(error_of("default"),
		  "game.rules:1:8: allow, refuse or ask is missing after "
		  "'default'\n"
		  "default\n"
		  "       ^");
	CHECK_STR(error_of("default bind"),
		  "game.rules:1:13: allow, refuse or ask is missing after "
		  "'default bind'\n"
		  "default bind\n"
		  "            ^");
	CHECK_STR(error_of("default alow"),
		  "game.rules:1:9: unknown verdict 'alow'; did you mean 'allow'?\n"
		  "default alow\n"
		  "        ^~~~");
	CHECK_STR(error_of("default refuse *"),
		  "game.rules:1:16: unexpected '*' after the default\n"
		  "default refuse *\n"
		  "               ^");
}

TEST(bind_and_family)
{
	CHECK_STR(error_of("refuse bind"),
		  "game.rules:1:12: a local address is missing after "
		  "'bind'\n"
		  "refuse bind\n"
		  "           ^");
	CHECK_STR(error_of("refuse family"),
		  "game.rules:1:14: a name is missing after 'family'\n"
		  "refuse family\n"
		  "             ^");
	CHECK_STR(
		error_of("refuse family AF_NOPE"),
		"game.rules:1:15: unknown family 'AF_NOPE'; expected a name like vsock or "
		"AF_VSOCK (address_families(7))\n"
		"refuse family AF_NOPE\n"
		"              ^~~~~~~");
	CHECK(strstr(error_of("refuse bind unix:/x"),
		     "1:13: 'bind' stands before an IP address"));
	CHECK(strstr(error_of("refuse bind bind *"),
		     "1:13: 'bind' is a word of its own"));
	CHECK(strstr(error_of("refuse bind:80"), "1:8: 'bind' is a word of its own"));
	CHECK(strstr(error_of("refuse family:vsock"),
		     "1:8: 'family' is a word of its own"));
	CHECK(strstr(error_of("refuse bind @x"), "1:13: the set '@x' is never defined"));
	CHECK(strstr(error_of("refuse bind direct"),
		     "1:13: 'direct' is about destinations"));
}
