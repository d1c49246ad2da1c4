/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/import.h - rules of other programs on their way to ours: one draft a rule
 */
#ifndef NETJAIL_CLI_IMPORT_H
#define NETJAIL_CLI_IMPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/cleanup.h"

/* What is known of a rule so far. A part is "" when the rule does not say. */
struct import_draft {
	const char *name; /* what the other program calls it; for comments */
	bool allows, disabled;
	struct buf hosts; /* one or several, each with a blank before it */
	struct buf ports; /* "443,8000-8999" */
	struct buf protocol;
	struct buf conditions; /* each with a blank before it */
	struct buf unequal;    /* what our language cannot say, for people */
	char storage[5][4096];
};

void import_begin(struct import_draft *draft, const char *name);

/* Adds " WORD VALUE"; what a word of ours cannot hold (blanks, '#') becomes '?'. */
void import_condition(struct import_draft *draft, const char *word, const char *value);
/* Adds a host; `mark` stands before it: "", "." or "bind ". */
void import_host(struct import_draft *draft, const char *mark, const char *host);
/* Remembers what has no equal. */
void import_unequal(struct import_draft *draft, const char *what, const char *value);

/* Writes the rule on standard output; as a comment that says why, when it cannot be said
 * in our language or is not in force. */
void import_write(struct import_draft *draft);

/* Write everything on standard output; what cannot be read ends netjail. */
void import_opensnitch(const char *folder);
void import_lsrules(const char *path);

#endif
