/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_parse_lines.c - where an error is said to be, in lines that are odd,
 * long or full of noise
 */
#include "test/unit/harness.h"
#include "test/unit/ruletest_error.h"

TEST(the_place_in_odd_lines)
{
	CHECK_STR(
		error_of("\trefuse\t\tx$y"),
		"game.rules:1:10: unknown target 'x$y'; expected one of: localhost lan link "
		"multicast internet resolvers direct unix netlink packet raw vsock family "
		"bind\n"
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
