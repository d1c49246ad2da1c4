/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_lex.c - rule text into lines and words, whatever the bytes
 */
#include <stdlib.h>

#include "rules/lex.h"
#include "test/unit/harness.h"

/* Writes "NUMBER[rule|words,...]" of every line into a static text. */
static const char *dump(const char *text, size_t len)
{
	static char out[512];
	size_t used = 0;
	char *copy = malloc(len ? len : 1);
	struct lexer lexer;
	struct lex_line line;
	struct span word;

	memcpy(copy, text, len);
	out[0] = '\0';
	lex_start(&lexer, (struct span){copy, len}, 1);
	while (lex_line(&lexer, &line)) {
		used += (size_t)snprintf(out + used, sizeof(out) - used, "%u[",
					 line.number);
		while (lex_word(&line, &word))
			used += (size_t)snprintf(out + used, sizeof(out) - used,
						 "%.*s@%td,", (int)word.len, word.text,
						 word.text - line.whole.text);
		used += (size_t)snprintf(out + used, sizeof(out) - used, "]");
		CHECK(word.len == 0 && word.text == line.rule.text + line.rule.len);
	}
	free(copy);
	return out;
}

#define DUMP(literal) dump(literal, sizeof(literal) - 1)

TEST(lines_and_words)
{
	CHECK_STR(DUMP(""), "");
	CHECK_STR(DUMP("\n"), "1[]");
	CHECK_STR(DUMP("a"), "1[a@0,]");
	CHECK_STR(DUMP("a\n"), "1[a@0,]");
	CHECK_STR(DUMP("a\n\nb"), "1[a@0,]2[]3[b@0,]");
	CHECK_STR(DUMP("  allow\t*  x "), "1[allow@2,*@8,x@11,]");
	CHECK_STR(DUMP("\t \n"), "1[]");
}

TEST(comments)
{
	CHECK_STR(DUMP("# all of it\nb"), "1[]2[b@0,]");
	CHECK_STR(DUMP("a #b#c\nd"), "1[a@0,]2[d@0,]");
	CHECK_STR(DUMP("a#b c"), "1[a@0,]");
	CHECK_STR(DUMP("#"), "1[]");
}

TEST(line_ends)
{
	CHECK_STR(DUMP("a b\r\nc\r\n"), "1[a@0,b@2,]2[c@0,]");
	CHECK_STR(DUMP("a # b\r\nc\r"), "1[a@0,]2[c@0,]");
	CHECK_STR(DUMP("\r\n\r\n"), "1[]2[]");
	CHECK_STR(DUMP("a\rb"), "1[a\rb@0,]");
}

TEST(byte_order_mark)
{
	CHECK_STR(DUMP("\xef\xbb\xbf"), "");
	CHECK_STR(DUMP("\xef\xbb\xbf"
		       "a b"),
		  "1[a@0,b@2,]");
	CHECK_STR(DUMP("\xef\xbb"), "1[\xef\xbb@0,]");
	CHECK_STR(DUMP("a\n\xef\xbb\xbf"
		       "b"),
		  "1[a@0,]2[\xef\xbb\xbf"
		  "b@0,]");
}

static ptrdiff_t stray_at(const char *text, size_t len)
{
	struct lexer lexer;
	struct lex_line line;
	struct span stray;

	lex_start(&lexer, (struct span){text, len}, 1);
	CHECK(lex_line(&lexer, &line));
	stray = lex_stray(&line);
	return stray.len ? stray.text - text : -1;
}

TEST(stray_bytes)
{
	CHECK(stray_at("allow\t*", 7) == -1);
	CHECK(stray_at("allow \0", 7) == 6);
	CHECK(stray_at("\033[31m", 5) == 0);
	CHECK(stray_at("a\rb", 3) == 1);
	CHECK(stray_at("a\x7f", 2) == 1);
	CHECK(stray_at("a\xc3\xa9", 3) == -1);
	CHECK(stray_at("a # \0\033", 6) == -1);
}

TEST(spans)
{
	struct span span = {"a:b/c", 5}, nul = {"\0x", 2};

	CHECK(span_find(span, ":/") == 1);
	CHECK(span_find(span, "/") == 3);
	CHECK(span_find(span, "#") == 5);
	CHECK(span_find(nul, "x") == 1);
	CHECK(!span_only(nul, "x"));
	CHECK(span_only(span_head(span, 1), "abc"));
	CHECK(!span_only(span, "abc"));
	CHECK(span_is(span_tail(span, 4), "c"));
	CHECK(!span_is(span_head(span, 1), "a:"));
	CHECK(span_is(span_tail(span, 5), ""));
}

TEST(line_numbers_start_where_told)
{
	struct lexer lexer;
	struct lex_line line;

	lex_start(&lexer, (struct span){"a\nb", 3}, 41);
	CHECK(lex_line(&lexer, &line) && line.number == 41);
	CHECK(lex_line(&lexer, &line) && line.number == 42);
	CHECK(!lex_line(&lexer, &line));
	CHECK(!lex_line(&lexer, &line));
}
