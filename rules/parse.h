/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/parse.h - rule text -> rules
 */
#ifndef NETJAIL_RULES_PARSE_H
#define NETJAIL_RULES_PARSE_H

#include <sys/types.h>

#include "base/cleanup.h"
#include "rules/rule.h"

/* A text under way: where its words come from, and where they go. */
struct parser {
	struct ruleset *set;
	char *text;          /* the ruleset's; may be written to */
	const char *name;    /* for errors; lives as the ruleset */
	const char *id_name; /* for rule ids; printable */
	struct lex_line line;
	struct diag diag;
	/* for files: who they are, and who includes them */
	dev_t dev;
	ino_t ino;
	const struct parser *includer;
};

/* Parses `len` bytes of parser->text from line number `line` on into the ruleset.
 * Rule texts get their NUL in place. 0, or an error with *ret_error filled: the ruleset
 * is then to be thrown away. */
must_check int parse_text(struct parser *parser, size_t len, unsigned line,
			  struct rule_error *ret_error);

/* The rule without comment and blanks as a string, made in place. */
must_check const char *parse_rule_text(struct parser *parser);
must_check const char *parse_rule_id(struct parser *parser);

/* The word after `after`: there must be one. */
must_check int parse_expect(struct parser *parser, struct span *word, const char *after,
			    const char *what);

/* The rest of a rule line, behind its verb (rules/parse_rule). */
must_check int parse_rule(struct parser *parser, struct span verb, enum verdict verdict);

/* The rest of `set` and `include` lines (rules/load). */
must_check int load_set(struct parser *parser, struct span verb, enum verdict verdict);
must_check int load_include(struct parser *parser, struct span verb,
			    enum verdict verdict);

#endif
