/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_parse.c - what is said about rule texts that are wrong, to the letter
 */
#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

static struct rule_error error;

/* The error of a text; "" when it is right. */
static const char *error_of_bytes(const char *text, size_t len)
{
	struct ruleset *set = ruleset_new();
	int r;

	memset(error.text, 'x', sizeof(error.text));
	error.text[0] = '\0';
	r = ruletest_add(set, "game.rules", text, len, &error);
	CHECK(r == 0 || r == -22);
	CHECK((r == 0) == (error.text[0] == '\0'));
	if (r < 0)
		CHECK(ruleset_count(set) == 0 && ruleset_default(set) == VERDICT_ALLOW &&
		      !ruleset_judges_bind(set));
	ruleset_free(set);
	return error.text;
}

static const char *error_of(const char *text)
{
	return error_of_bytes(text, strlen(text));
}

TEST(verbs)
{
	CHECK_STR(error_of("refuze *"),
		  "game.rules:1:1: unknown verb 'refuze'; did you mean 'refuse'?\n"
		  "refuze *\n"
		  "^~~~~~");
	CHECK_STR(
		error_of("allow *\n\n  xyzzy *  # a comment"),
		"game.rules:3:3: unknown verb 'xyzzy'; expected one of: allow refuse deny "
		"default\n"
		"  xyzzy *  # a comment\n"
		"  ^~~~~");
	CHECK_STR(error_of("allow lan\nrefuse *\ndelay .slow.example by 800ms"),
		  "game.rules:3:1: 'delay' is not supported by this version of netjail\n"
		  "delay .slow.example by 800ms\n"
		  "^~~~~");
	CHECK_STR(error_of("allow"), "game.rules:1:6: a target is missing after 'allow'\n"
				     "allow\n"
				     "     ^");
	CHECK_STR(error_of("deny  # nothing\n"),
		  "game.rules:1:5: a target is missing after 'deny'\n"
		  "deny  # nothing\n"
		  "    ^");
}

/* Every word of the language that this version does not carry out, in a line of its kind.
 */
TEST(unsupported_words_are_refused_by_name)
{
	static const struct {
		const char *text;
		const char *word;
		unsigned column;
	} cases[] = {
		{"error * with ENETUNREACH", "error", 1},
		{"timeout 192.0.2.1 after 5s", "timeout", 1},
		{"delay *", "delay", 1},
		{"redirect 192.0.2.1:443 to 127.0.0.1:8443", "redirect", 1},
		{"ask internet for process", "ask", 1},
		{"set trackers file trackers.hosts", "set", 1},
		{"include other.rules", "include", 1},
		{"default ask", "ask", 9},
		{"default bind ask", "ask", 14},
		{"refuse @trackers", "@trackers", 8},
		{"refuse direct", "direct", 8},
		{"refuse direct:443/tcp", "direct", 8},
		{"refuse * exe /usr/bin/*", "exe", 10},
		{"refuse * under /opt/game", "under", 10},
		{"refuse * script *.py", "script", 10},
		{"refuse * arg -x", "arg", 10},
		{"refuse * user nobody", "user", 10},
		{"refuse * first 3", "first", 10},
		{"refuse * after 3", "after", 10},
		{"refuse * tls *.example", "tls", 10},
		{"refuse * ! exe /usr/bin/*", "!", 10},
		{"refuse * !exe /usr/bin/*", "!", 10},
	};
	char want[256];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int width = (int)strlen(cases[i].word) - 1;

		snprintf(
			want, sizeof(want),
			"game.rules:1:%u: '%s' is not supported by this version of netjail\n"
			"%s\n%*s%.*s",
			cases[i].column, cases[i].word, cases[i].text,
			(int)cases[i].column, "^", width, "~~~~~~~~~~~~~~~~");
		CHECK_STR(error_of(cases[i].text), want);
	}
}

TEST(names)
{
	CHECK_STR(
		error_of("refuse api.example.com:443"),
		"game.rules:1:8: 'api.example.com' is a host name, which is not supported by "
		"this version of netjail\n"
		"refuse api.example.com:443\n"
		"       ^~~~~~~~~~~~~~~");
	CHECK(strstr(error_of("refuse .ads.example"), "'.ads.example' is a host name"));
	CHECK(strstr(error_of("refuse *.ads.example/tcp"),
		     "'*.ads.example' is a host name"));
	CHECK(strstr(error_of("refuse printer"), "'printer' is a host name"));
	CHECK(strstr(error_of("refuse localhots:80"),
		     "unknown target 'localhots'; did you mean 'localhost'?"));
	CHECK(strstr(error_of("refuse interent"), "did you mean 'internet'?"));
	CHECK(strstr(error_of("refuse netlnik"), "did you mean 'netlink'?"));
	CHECK(strstr(error_of("refuse a$b"),
		     "unknown target 'a$b'; expected one of: localhost"));
	CHECK(strstr(error_of("refuse caf\xc3\xa9.example"),
		     "unknown target 'caf\\xc3\\xa9.exam"));
	CHECK(strstr(error_of("refuse **"), "unknown target '**'"));
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
	CHECK_STR(error_of("default"), "game.rules:1:8: allow or refuse is missing after "
				       "'default'\n"
				       "default\n"
				       "       ^");
	CHECK_STR(error_of("default bind"),
		  "game.rules:1:13: allow or refuse is missing after "
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
	CHECK(strstr(error_of("refuse bind @x"), "1:13: '@x' is not supported"));
}

TEST(the_place_in_odd_lines)
{
	CHECK_STR(
		error_of("\trefuse\t\tx$y"),
		"game.rules:1:10: unknown target 'x$y'; expected one of: localhost lan link "
		"multicast internet resolvers unix netlink packet raw vsock family bind\n"
		" refuse  x$y\n"
		"         ^~~");
	CHECK_STR(error_of("refuse unix:/\xc3\xa9\"x 10.0.0.256\r\n"),
		  "game.rules:1:19: '10.0.0.256' is not an IP address or prefix\n"
		  "refuse unix:/\\xc3\\xa9\\\"x 10.0.0.256\n"
		  "                         ^~~~~~~~~~");
	CHECK_STR(error_of("\xef\xbb\xbfrefuze *"),
		  "game.rules:1:1: unknown verb 'refuze'; did you mean 'refuse'?\n"
		  "refuze *\n"
		  "^~~~~~");
}

TEST(bytes_that_no_rule_has)
{
	CHECK_STR(error_of_bytes("allow \0*", 8),
		  "game.rules:1:7: unexpected byte '\\x00'; rules are text\n"
		  "allow \\x00*\n"
		  "      ^~~~");
	CHECK_STR(error_of("allow *\nref\033[2Juse *"),
		  "game.rules:2:4: unexpected byte '\\x1b'; rules are text\n"
		  "ref\\x1b[2Juse *\n"
		  "   ^~~~");
	CHECK_STR(error_of("allow *\rrefuse *"),
		  "game.rules:1:8: unexpected byte '\\r'; rules are text\n"
		  "allow *\\rrefuse *\n"
		  "       ^~");
	CHECK_STR(error_of_bytes("allow * # \0\033\n", 13), "");
	CHECK(error_of_bytes("\xff\xfe"
			     "a\0l\0",
			     6)[0]);
}

static void repeat(char *text, const char *word, unsigned times)
{
	while (times--)
		strcat(text, word);
}

TEST(long_lines_are_shortened_around_the_place)
{
	char text[512] = "refuse ";

	repeat(text, "192.0.2.1 ", 20);
	strcat(text, "192.0.2.300 ");
	repeat(text, "192.0.2.2 ", 20);
	CHECK_STR(
		error_of(text),
		"game.rules:1:208: '192.0.2.300' is not an IP address or prefix\n"
		"...192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.300 "
		"192.0.2.2 192.0.2.2 192.0.2....\n"
		"                                                               ^~~~~~~~~~~");
	CHECK_STR(
		error_of(
			"refuse 192.0.2.300 # 0123456789012345678901234567890123456789012345678"
			"9012345678901234567890123456789"),
		"game.rules:1:8: '192.0.2.300' is not an IP address or prefix\n"
		"refuse 192.0.2.300 # 0123456789012345678901234567890123456789012345678"
		"901234567890123456789012345678...\n"
		"       ^~~~~~~~~~~");
}

/* The most that a name, a message, a line and its mark can take together. */
TEST(the_longest_error_fits)
{
	struct ruleset *set = ruleset_new();
	char name[512], text[512];
	const char *newline;

	memset(name, '\033', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	memset(text, '\xff', sizeof(text));
	CHECK(ruletest_add(set, name, text, sizeof(text), &error) < 0);
	CHECK(strstr(error.text, ":1:1: unknown verb '\\xff\\xff"));
	newline = strchr(error.text, '\n');
	CHECK(newline && (newline = strchr(newline + 1, '\n')));
	CHECK(strcmp(error.text + strlen(error.text) - 3, "~~~") == 0);
	CHECK(newline && newline[1] == '^');

	memcpy(text, "refuse unix/", 12);
	CHECK(ruletest_add(set, name, text, sizeof(text), &error) < 0);
	CHECK(strcmp(error.text + strlen(error.text) - 3, "~~~") == 0);
	ruleset_free(set);
}

TEST(a_line_of_a_megabyte)
{
	size_t len = 1 << 20;
	char *text = malloc(len);

	memset(text, 'a', len);
	CHECK(strstr(error_of_bytes(text, len),
		     "1:1: unknown verb 'aaaaaaaaaaaaaaaaaaaa"));
	CHECK(strlen(error.text) < 600);
	memcpy(text, "refuse unix:/", 13);
	CHECK(strstr(error_of_bytes(text, len),
		     "1:13: a unix path has at most 108 bytes"));
	memset(text, '[', len);
	memcpy(text, "refuse ", 7);
	CHECK(strstr(error_of_bytes(text, len), "1:8: ']' is missing"));
	memset(text, '9', len);
	memcpy(text, "refuse *:", 9);
	CHECK(strstr(error_of_bytes(text, len), "1:10: port 9999"));
	memset(text, '\033', len);
	memcpy(text, "refuse ", 7);
	CHECK(strstr(error_of_bytes(text, len), "1:8: unexpected byte '\\x1b'"));
	memset(text, ' ', len);
	CHECK_STR(error_of_bytes(text, len), "");
	free(text);
}
