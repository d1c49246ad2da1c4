/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/explain.h - for people: why a rule decides, and which rules never will
 */
#ifndef NETJAIL_RULES_EXPLAIN_H
#define NETJAIL_RULES_EXPLAIN_H

#include "base/cleanup.h"
#include "rules/request.h"
#include "rules/verdict.h"

struct ruleset;

/* A rule, and what is to be said of it; printable but for `text`. */
struct explained {
	const char *id;
	const char *text;
	const char *why;
};

typedef void (*explain_fn)(void *context, const struct explained *explained);

/* The decision, after `passed` has been called for each rule before it that does not
 * match, in their order. A rule is taken to have matched never before. */
must_check struct decision explain_decision(const struct ruleset *set,
					    const struct request *request,
					    explain_fn passed, void *context);

/* Calls `found` for each rule that can never match. */
void explain_dead(const struct ruleset *set, explain_fn found, void *context);

#endif
