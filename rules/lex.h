/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/lex.h - rule text into lines, lines into words; a word knows where it stands
 *
 * Contract:  any bytes of any length; linear time; no allocation. Spans point into the
 * text.
 */
#ifndef NETJAIL_RULES_LEX_H
#define NETJAIL_RULES_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

/* A piece of the text, not NUL-terminated. */
struct span {
	const char *text;
	size_t len;
};

struct lexer {
	const char *at;
	const char *end;
	unsigned line; /* number of the line that comes next */
};

struct lex_line {
	struct span whole; /* as written, without its line end: what an error shows */
	struct span rule; /* without comment and without blanks around it; may be empty */
	unsigned number;
	size_t at; /* how far lex_word has come in `rule` */
};

/* Begins at `text`, past a UTF-8 byte order mark; `line` is the number of its first line.
 */
void lex_start(struct lexer *lexer, struct span text, unsigned line);

/* The next line; false at the end of the text. A carriage return before the line end is a
 * blank; '#' begins a comment wherever it stands. */
must_check bool lex_line(struct lexer *lexer, struct lex_line *ret_line);

/* The next word of the line; false at its end, *ret_word is then the empty span there. */
must_check bool lex_word(struct lex_line *line, struct span *ret_word);

/* The first control byte of the rule other than a tab: no rule has one. Empty when none.
 */
must_check struct span lex_stray(const struct lex_line *line);

must_check bool span_is(struct span span, const char *text);
must_check bool span_begins(struct span span, char c);
/* The part before (or from) byte `at`; `at` must not be beyond the end. */
must_check struct span span_head(struct span span, size_t at);
must_check struct span span_tail(struct span span, size_t at);
/* Index of the first byte that is one of `set`, or span.len. */
must_check size_t span_find(struct span span, const char *set);
/* True when every byte is one of `set`. */
must_check bool span_only(struct span span, const char *set);

#endif
