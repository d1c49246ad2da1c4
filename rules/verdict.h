/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/verdict.h - what a decision says, and which rule said it
 */
#ifndef NETJAIL_RULES_VERDICT_H
#define NETJAIL_RULES_VERDICT_H

enum verdict {
	VERDICT_REFUSE = 0, /* zero on purpose: a forgotten initialiser refuses */
	VERDICT_ALLOW,
	VERDICT_NUM_
};

struct decision {
	enum verdict verdict;
	/* "game.rules:5", "-r:1", "default", "builtin:unix"; the ruleset's */
	const char *rule_id;
	/* the rule as it was written; the ruleset's; "" for builtins */
	const char *rule_text;
};

/* "refuse", "allow": the verb of a rule. */
const char *verdict_verb(enum verdict verdict);
/* "refused", "allowed": the word at the end of a trace line. */
const char *verdict_past(enum verdict verdict);

#endif
