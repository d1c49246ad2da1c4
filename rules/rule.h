/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/rule.h - what a ruleset is made of; only rules/ looks inside
 *
 * Rules, targets and conditions of all texts stand in one array each, in the order in
 * which they are asked. Targets are numbered in that order, too, and the index
 * (rules/index) knows them by that number. Texts and ids do not move once they are there,
 * so that decisions may point to them.
 */
#ifndef NETJAIL_RULES_RULE_H
#define NETJAIL_RULES_RULE_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "rules/condition.h"
#include "rules/index.h"
#include "rules/ruleset.h"
#include "rules/target.h"

enum {
	RULES_MAX = 1000000,    /* rules of a ruleset, and targets */
	CONDITIONS_MAX = 10000, /* of a line */
	SETS_MAX = 10000,
	TEXT_MAX = 64 << 20, /* bytes of a text */
};

struct rule {
	const char *id;
	const char *text;
	uint32_t action;    /* in the ruleset's */
	uint32_t target_at; /* its targets in the ruleset's */
	uint32_t target_count;
	uint32_t condition_at;
	uint32_t condition_count;
	bool counts; /* a condition is about how often it has matched */
};

struct id_block;   /* strings that do not move */
struct text_block; /* texts that do not move */

/* A named set; its members are in the index. */
struct set {
	char *name;
	bool defined;
	size_t members;
	/* where it was first used, for the error when it is never defined */
	const char *used_name;
	struct lex_line used_line;
	struct span used_at;
};

/* What a call gets that no rule matches. */
enum fallback_kind { FALLBACK_ALL = 0, FALLBACK_BIND, FALLBACK_NUM_ };

struct fallback {
	enum verdict verdict;
	const char *id;   /* of the line that sets it; NULL when none does */
	const char *text; /* of that line */
};

struct ruleset {
	struct text_block *texts;
	struct id_block *ids;
	struct rule *rules;
	size_t count, cap;
	struct target *targets;
	size_t target_count, target_cap;
	struct condition *conditions;
	size_t condition_count, condition_cap;
	struct action *actions; /* the first is allow, the second refuse */
	size_t action_count, action_cap;
	struct set *sets;
	size_t set_count, set_cap;
	struct port_list ports;
	struct index *index;
	uint32_t *seen; /* matches of each rule so far; NULL when none counts them */
	struct fallback fallbacks[FALLBACK_NUM_];
	struct addr *resolvers;
	size_t resolver_count;
	const char **files; /* their paths */
	size_t file_count;
	uint8_t (*digests)[DIGEST_LEN]; /* SHA-256 of each text that was read */
	size_t digest_count;
	bool strict_files; /* what others can write is refused */
	bool broken;       /* a text was wrong */
	bool refuses;      /* some rule or default does not allow */
	bool refuses_bind;
	bool refuses_socket; /* of a family that is otherwise let pass */
	bool names_sctp;     /* some rule lets SCTP reach something */
	bool counts;
	bool uses_names, uses_user;
};

/* Takes over `text`, a heap block; returns it. */
char *store_text(struct ruleset *set, char *text);
/* A copy of a short string. */
must_check const char *store_string(struct ruleset *set, struct span text);
/* "NAME:LINE", the ruleset's own. */
must_check const char *store_id(struct ruleset *set, const char *name, unsigned line);
/* A new zeroed one at the end; valid until the next call. */
must_check struct rule *store_rule(struct ruleset *set);
must_check struct target *store_target(struct ruleset *set);
must_check struct condition *store_condition(struct ruleset *set);
/* The number of an action, the same for the same. */
must_check uint32_t store_action(struct ruleset *set, const struct action *action);
/* The number of the set of that name, made when it is not there yet; -1: too many. */
must_check int store_set(struct ruleset *set, struct span name);
/* Of a text as it came. */
void store_digest(struct ruleset *set, const char *text, size_t len);
void store_done(struct ruleset *set);

#endif
