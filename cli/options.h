/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/options.h - one table of options: it parses, and writes the help
 */
#ifndef NETJAIL_CLI_OPTIONS_H
#define NETJAIL_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

struct option_row {
	char letter;      /* 0: only the long name */
	const char *name; /* NULL: only the letter */
	const char *arg;  /* what the help calls its argument; NULL: it takes none */
	const char *help;
	/* Takes the argument (NULL without one) into `target`; false when it is not a
	 * valid one. */
	bool (*set)(void *target, const char *arg);
};

/* Reads options up to the first word that is none, or behind "--". Returns the index of
 * that word. An unknown option, a missing or a bad argument: prints one line that names
 * it and the nearest valid one, and exits with EXIT_NETJAIL_FAILED. argv[0] is the
 * command's own name. */
must_check int options_parse(const struct option_row *rows, size_t count,
			     char *const *argv, void *target);

/* Prints one line an option on standard output. */
void options_help(const struct option_row *rows, size_t count);

#endif
