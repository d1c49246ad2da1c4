/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/rule.h - what a ruleset is made of; only rules/ looks inside
 *
 * A ruleset is a list of sources, one for each text that was added, in order. A text with
 * an error never becomes a part of the list. Nothing in a source moves once it is there,
 * so decisions may point into it.
 */
#ifndef NETJAIL_RULES_RULE_H
#define NETJAIL_RULES_RULE_H

#include <stddef.h>

#include "base/digest.h"
#include "rules/ruleset.h"
#include "rules/target.h"

enum {
	RULES_MAX = 1000000, /* rules of a ruleset, and targets of a text */
	TEXT_MAX = 64 << 20, /* bytes of a text */
};

struct rule {
	enum verdict verdict;
	const char *id;
	const char *text;
	size_t target_at; /* its targets in the source's */
	size_t target_count;
};

struct id_block; /* strings that do not move */

struct source {
	struct source *next;
	char *text; /* rule texts and globs point into it */
	struct id_block *ids;
	struct rule *rules;
	size_t count, cap;
	struct target *targets;
	size_t target_count, target_cap;
	struct port_list ports;
	uint8_t sha256[DIGEST_LEN]; /* of the text as it came */
};

/* What a call gets that no rule matches. */
enum fallback_kind { FALLBACK_ALL = 0, FALLBACK_BIND, FALLBACK_NUM_ };

struct fallback {
	enum verdict verdict;
	const char *id;   /* of the line that sets it; NULL when none does */
	const char *text; /* of that line */
};

struct ruleset {
	struct source *first;
	struct source **end;
	size_t count;
	bool refuses_bind;
	bool refuses_socket; /* of a family that is otherwise let pass */
	struct fallback fallbacks[FALLBACK_NUM_];
	struct addr *resolvers;
	size_t resolver_count;
};

/* Takes over `text`, a heap block of `len` bytes and a NUL. */
must_check struct source *source_new(char *text);
void source_free(struct source *source); /* accepts NULL */
/* "NAME:LINE", the source's own. */
must_check const char *source_id(struct source *source, const char *name, unsigned line);
/* A new zeroed one at the end; valid until the next call. */
must_check struct rule *source_add_rule(struct source *source);
must_check struct target *source_add_target(struct source *source);

#endif
