/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/verdict.h - what a decision says, and which rule said it
 */
#ifndef NETJAIL_RULES_VERDICT_H
#define NETJAIL_RULES_VERDICT_H

#include <stdint.h>

#include "net/addr.h"

enum verdict {
	VERDICT_REFUSE = 0, /* zero on purpose: a forgotten initialiser refuses */
	VERDICT_ALLOW,
	VERDICT_ERROR,    /* fails with action.error */
	VERDICT_TIMEOUT,  /* no answer, for action.ms or the kernel's own time */
	VERDICT_DELAY,    /* allowed, action.ms later */
	VERDICT_REDIRECT, /* goes to action.to instead */
	VERDICT_ASK,      /* the person decides; nobody there: refused */
	VERDICT_NUM_
};

/* How long the answer to a question counts. */
enum remember {
	REMEMBER_ASK = 0, /* the person says that, too */
	REMEMBER_ONCE,
	REMEMBER_PROCESS,
	REMEMBER_SESSION,
	REMEMBER_ALWAYS,
	REMEMBER_NUM_
};

/* A verdict with what its verb was given. Which members count is told by `verdict`. */
struct action {
	enum verdict verdict;
	enum remember remember;
	int error;     /* a positive errno */
	uint32_t ms;   /* 0 for a timeout: the kernel's own */
	uint16_t port; /* with `to`, host order */
	struct addr to;
};

struct decision {
	enum verdict verdict;
	/* "game.rules:5", "-r:1", "default", "builtin:unix"; the ruleset's */
	const char *rule_id;
	/* the rule as it was written; the ruleset's; "" for builtins */
	const char *rule_text;
	/* its verdict is the one above; the ruleset's; NULL for allow and refuse */
	const struct action *action;
};

/* "refuse", "allow": the verb of a rule. */
const char *verdict_verb(enum verdict verdict);
/* "refused", "allowed": the word at the end of a trace line. */
const char *verdict_past(enum verdict verdict);
/* True when the call reaches its end without more ado or after a while. */
must_check bool verdict_lets_through(enum verdict verdict);
/* "once", "process", ...: NULL for REMEMBER_ASK. */
const char *remember_name(enum remember remember);

#endif
