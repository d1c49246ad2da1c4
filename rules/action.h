/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/action.h - what a verb is given behind its targets: `with ENETUNREACH`, `by 2s`
 */
#ifndef NETJAIL_RULES_ACTION_H
#define NETJAIL_RULES_ACTION_H

#include "base/cleanup.h"
#include "rules/diag.h"
#include "rules/verdict.h"
#include "rules/words.h"

struct buf;

/* The words with which that begins, whatever the verb. */
extern const struct words action_words;

/* The word of a verdict's own, NULL when it takes nothing. */
const char *action_word(enum verdict verdict);
/* True when its verb means nothing without it. */
must_check bool action_is_needed(enum verdict verdict);
/* "an error": what follows the word. */
const char *action_what(enum verdict verdict);

/* Reads the word's argument into the action. 0, or -EINVAL with the error filled. */
must_check int action_parse(struct span word, struct action *action,
			    const struct diag *diag);

/* Appends " with ENETUNREACH" and the like, or nothing. */
void action_put(struct buf *buf, const struct action *action);

#endif
