/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/import.c - netjail import: writes rules from those of another program
 */
#include "cli/import.h"

#include <stdio.h>
#include <string.h>

#include "base/msg.h"
#include "cli/commands.h"
#include "cli/options.h"

static bool set_help(void *target, const char *arg)
{
	*(bool *)target = true;
	return !arg;
}

static const struct option_row rows[] = {
	{'h', "help", NULL, "this text", set_help},
};

static const struct {
	const char *name;
	void (*import)(const char *path);
} formats[] = {
	{"opensnitch", import_opensnitch},
	{"lsrules", import_lsrules},
};

static int print_help(void)
{
	puts("usage: netjail import opensnitch FOLDER\n"
	     "       netjail import lsrules FILE\n\n"
	     "Writes the rules of OpenSnitch (/etc/opensnitchd/rules) or of a rule\n"
	     "group of Little Snitch on standard output, as rules of netjail; what has\n"
	     "no equal is a comment. Lists of hosts(5) lines, domains or prefixes need\n"
	     "no import: see 'set' in netjail-rules(5).\n");
	options_help(rows, ARRAY_LEN(rows));
	return 0;
}

int command_import(char *const *argv)
{
	bool help = false;
	int at = options_parse(rows, ARRAY_LEN(rows), argv, &help);

	if (help)
		return print_help();
	if (!argv[at] || !argv[at + 1] || argv[at + 2])
		msg_die("a format and a path are wanted; try 'netjail import opensnitch "
			"/etc/opensnitchd/rules'");
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		if (strcmp(argv[at], formats[i].name) != 0)
			continue;
		formats[i].import(argv[at + 1]);
		return fflush(stdout) == 0 ? 0 : EXIT_NETJAIL_FAILED;
	}
	msg_die("unknown format '%s'; expected opensnitch or lsrules", argv[at]);
}
