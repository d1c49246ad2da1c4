/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/check.c - netjail check: errors and dead rules of rule files; nothing is run
 */
#include <stdio.h>

#include "base/msg.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/policy.h"
#include "rules/explain.h"
#include "rules/ruleset.h"

/* Errors or dead rules were found. */
#define EXIT_FOUND 1

struct check_options {
	struct policy policy;
	bool help;
};

static bool set_rule(void *target, const char *arg)
{
	return policy_add_rule(&((struct check_options *)target)->policy, arg);
}

static bool set_help(void *target, const char *arg)
{
	((struct check_options *)target)->help = true;
	return !arg;
}

static const struct option_row rows[] = {
	{'r', "rule", "RULE", "a rule, read before the files; may be repeated", set_rule},
	{'h', "help", NULL, "this text", set_help},
};

static int print_help(void)
{
	puts("usage: netjail check [OPTION...] FILE...\n\n"
	     "Reads rule files as 'netjail trace --rules' would, and tells errors and\n"
	     "rules that can never match.\n");
	options_help(rows, ARRAY_LEN(rows));
	puts("\nExit status: 0 nothing found, 1 something found, 125 no file given.");
	return 0;
}

static void print_dead(void *context, const struct explained *rule)
{
	++*(unsigned *)context;
	printf("%s can never match: %s\n    %s\n", rule->id, rule->why, rule->text);
}

int command_check(char *const *argv)
{
	struct check_options options = {.help = false};
	int at = options_parse(rows, ARRAY_LEN(rows), argv, &options);
	struct rule_error error;
	struct ruleset *set;
	unsigned dead = 0;
	size_t count;

	if (options.help)
		return print_help();
	for (; argv[at]; at++)
		policy_add_file(&options.policy, argv[at]);
	if (!options.policy.files.count && !options.policy.rules.count)
		msg_die("no rules to check; try 'netjail check FILE'");
	set = policy_load(&options.policy, &error);
	policy_done(&options.policy);
	if (!set) {
		fprintf(stderr, "%s\n", error.text);
		return EXIT_FOUND;
	}
	explain_dead(set, print_dead, &dead);
	count = ruleset_count(set);
	printf("%zu rule%s, default %s", count, count == 1 ? "" : "s",
	       verdict_verb(ruleset_default(set)));
	if (dead)
		printf("; %u can never match\n", dead);
	else
		puts("");
	ruleset_free(set);
	return dead ? EXIT_FOUND : 0;
}
