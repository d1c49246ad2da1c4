/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/main.c - hands the command line to its subcommand
 */
#include <stdio.h>
#include <string.h>

#include "base/fdio.h"
#include "base/msg.h"
#include "base/nearest.h"
#include "cli/commands.h"

static const struct command {
	const char *name;
	int (*run)(char *const *argv);
	const char *help;
} commands[] = {
	{"trace", command_trace,
	 "run a program; show its network calls, refuse what rules forbid"},
	{"check", command_check, "look for errors and dead rules in rule files"},
	{"why", command_why, "say which rule decides about a destination, and why"},
	{"import", command_import, "write rules from those of another program"},
	{"report", command_report, "an audit report from one or more logs"},
	{"learn", command_learn, "the shortest rules that allow what logs show"},
};

static int help(void)
{
	puts("usage: netjail COMMAND [OPTION...]\n");
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].help);
	puts("\n'netjail COMMAND --help' lists the options of a command.");
	return 0;
}

static noreturn void unknown_command(const char *word)
{
	const char *names[ARRAY_LEN(commands)], *near;

	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		names[i] = commands[i].name;
	near = nearest_word(word, strlen(word), names, ARRAY_LEN(commands));
	if (near)
		msg_die("unknown command '%s'; did you mean 'netjail %s'?", word, near);
	msg_die("unknown command '%s'; 'netjail --help' lists them", word);
}

int main(int argc, char **argv)
{
	fdio_reserve_stdio();
	if (argc < 2)
		msg_die("no command; try 'netjail trace PROGRAM', or 'netjail --help'");
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help();
	if (strcmp(argv[1], "--version") == 0) {
		puts("netjail " NETJAIL_VERSION);
		return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argv + 1);
	unknown_command(argv[1]);
}
