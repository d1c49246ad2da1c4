/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/condition.h - what must hold besides the target: who calls, and how often
 */
#ifndef NETJAIL_RULES_CONDITION_H
#define NETJAIL_RULES_CONDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "rules/diag.h"
#include "rules/verdict.h"
#include "rules/words.h"

struct buf;
struct request;

enum condition_kind {
	CONDITION_EXE = 0,
	CONDITION_UNDER,
	CONDITION_SCRIPT,
	CONDITION_ARG,
	CONDITION_USER,
	CONDITION_FIRST,
	CONDITION_AFTER,
	CONDITION_TLS, /* read, and refused: not yet */
	CONDITION_NUM_
};

struct condition {
	enum condition_kind kind;
	bool negated;
	struct span glob; /* points into the rule text */
	uint32_t number;  /* of the user, or how often */
};

/* Every word that a condition begins with. */
extern const struct words condition_words;

/* Reads what follows the condition's word on the line. 0, or -EINVAL with the error
 * filled. */
must_check int condition_parse(enum condition_kind kind, bool negated,
			       struct lex_line *line, struct condition *ret_condition,
			       const struct diag *diag);

/* True for `first` and `after`. */
must_check bool condition_counts(const struct condition *condition);

/* Does it hold? `number` says the how many-th match of its rule this is. What cannot be
 * known holds when the rule does not let through. */
must_check bool condition_holds(const struct condition *condition,
				const struct request *request, uint32_t number,
				enum verdict verdict);

/* Appends it as it is written: "!exe /usr/bin/curl". */
void condition_put(struct buf *buf, const struct condition *condition);

#endif
