/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/diag.h - says what is wrong with a rule, where, and with the place marked
 */
#ifndef NETJAIL_RULES_DIAG_H
#define NETJAIL_RULES_DIAG_H

#include "base/cleanup.h"
#include "rules/lex.h"

struct rule_error;

/* Where an error is: the file, the line, and the text to fill. */
struct diag {
	const char *name;
	const struct lex_line *line;
	struct rule_error *error;
};

/* Writes "NAME:LINE:COL: message", the line, and a mark under `at`, a piece of that line.
 * Columns are counted in bytes from 1. Returns -EINVAL, for the caller to return. */
must_check int diag_error(const struct diag *diag, struct span at, const char *format,
			  ...) printf_format(3, 4);

/* The same as diag_error for what lies in no line: "NAME: message". */
void diag_file(struct rule_error *error, const char *name, const char *message);

/* A word made safe to stand in a message: escaped, and shortened when long. A value, so
 * that diag_quote(word).text may stand among the arguments of diag_error. */
struct diag_quoted {
	char text[192];
};
must_check struct diag_quoted diag_quote(struct span word);

#endif
