/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/words.h - finds a word in a table of the language, or says which one was meant
 */
#ifndef NETJAIL_RULES_WORDS_H
#define NETJAIL_RULES_WORDS_H

#include "base/cleanup.h"
#include "rules/diag.h"

/* Words of one kind. */
struct words {
	const char *kind; /* "verb" */
	const char *const *list;
	size_t count;
};

/* The index of the word, -1 when it is not among them. */
must_check int words_find(const struct words *words, struct span word);

/* The index of the word; otherwise -EINVAL with the error filled. */
must_check int words_pick(const struct words *words, struct span word,
			  const struct diag *diag);

/* "unknown KIND 'word'; did you mean 'other'?", or a list of what there is; -EINVAL. */
must_check int words_unknown(const struct words *words, struct span word,
			     const struct diag *diag);

#endif
