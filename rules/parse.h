/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/parse.h - rule text -> rules
 */
#ifndef NETJAIL_RULES_PARSE_H
#define NETJAIL_RULES_PARSE_H

#include "base/cleanup.h"
#include "rules/rule.h"

/* What a text needs to know of what came before it, and what it may change of that. */
struct parse_state {
	const char *name;    /* for errors */
	const char *id_name; /* for rule ids; printable */
	unsigned line;       /* number of the first line */
	size_t rule_count;   /* rules already there */
	bool refuses_bind;
	bool refuses_socket;
	struct fallback fallbacks[FALLBACK_NUM_];
};

/* Parses source->text of `len` bytes into the source's rules. Rule texts get their NUL in
 * place. 0, or -EINVAL with *ret_error filled: source and state are then to be thrown
 * away. */
must_check int parse_text(struct source *source, size_t len, struct parse_state *state,
			  struct rule_error *ret_error);

#endif
