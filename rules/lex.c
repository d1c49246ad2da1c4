/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/lex.c - rule text into lines, lines into words; a word knows where it stands
 */
#include "rules/lex.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

void lex_start(struct lexer *lexer, struct span text, unsigned line)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t skip = sizeof(mark) - 1;

	lexer->at = text.text;
	lexer->end = text.text + text.len;
	lexer->line = line;
	if (text.len >= skip && memcmp(text.text, mark, skip) == 0)
		lexer->at += skip;
}

static struct span trim(struct span span)
{
	while (span.len && is_blank(span.text[0]))
		span = span_tail(span, 1);
	while (span.len && is_blank(span.text[span.len - 1]))
		span.len--;
	return span;
}

bool lex_line(struct lexer *lexer, struct lex_line *ret_line)
{
	struct span whole = {lexer->at, (size_t)(lexer->end - lexer->at)};
	const char *newline, *comment;

	if (whole.len == 0)
		return false;

	newline = memchr(whole.text, '\n', whole.len);
	lexer->at = newline ? newline + 1 : lexer->end;
	if (newline)
		whole.len = (size_t)(newline - whole.text);
	if (whole.len && whole.text[whole.len - 1] == '\r')
		whole.len--;

	ret_line->whole = ret_line->rule = whole;
	comment = memchr(whole.text, '#', whole.len);
	if (comment)
		ret_line->rule.len = (size_t)(comment - whole.text);
	ret_line->rule = trim(ret_line->rule);
	ret_line->number = lexer->line++;
	ret_line->at = 0;
	return true;
}

bool lex_word(struct lex_line *line, struct span *ret_word)
{
	struct span rest = span_tail(line->rule, line->at);

	while (rest.len && is_blank(rest.text[0]))
		rest = span_tail(rest, 1);
	*ret_word = span_head(rest, span_find(rest, " \t"));
	line->at = (size_t)(ret_word->text - line->rule.text) + ret_word->len;
	return ret_word->len > 0;
}

struct span lex_stray(const struct lex_line *line)
{
	for (size_t i = 0; i < line->rule.len; i++) {
		unsigned char byte = (unsigned char)line->rule.text[i];

		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return (struct span){line->rule.text + i, 1};
	}
	return span_tail(line->rule, line->rule.len);
}

bool span_is(struct span span, const char *text)
{
	return span.len == strlen(text) && memcmp(span.text, text, span.len) == 0;
}

bool span_begins(struct span span, char c)
{
	return span.len && span.text[0] == c;
}

struct span span_head(struct span span, size_t at)
{
	return (struct span){span.text, at};
}

struct span span_tail(struct span span, size_t at)
{
	return (struct span){span.text + at, span.len - at};
}

/* strchr would take a NUL byte for a member of every set. */
static bool in_set(char c, const char *set)
{
	return c != '\0' && strchr(set, c);
}

size_t span_find(struct span span, const char *set)
{
	size_t i = 0;

	while (i < span.len && !in_set(span.text[i], set))
		i++;
	return i;
}

bool span_only(struct span span, const char *set)
{
	for (size_t i = 0; i < span.len; i++) {
		if (!in_set(span.text[i], set))
			return false;
	}
	return true;
}
