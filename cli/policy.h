/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/policy.h - the rules that a command line names: those of -r, then the files
 */
#ifndef NETJAIL_CLI_POLICY_H
#define NETJAIL_CLI_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

struct rule_error;
struct ruleset;

struct word_list {
	const char **words;
	size_t count;
};

/* Zeroed = no rules. */
struct policy {
	struct word_list rules, files;
};

/* Both take the word as it is; they return true, as options want it. */
bool policy_add_rule(struct policy *policy, const char *rule);
bool policy_add_file(struct policy *policy, const char *path);

void policy_done(struct policy *policy);

/* NULL with *ret_error filled when something is wrong. */
must_check struct ruleset *policy_load(const struct policy *policy,
				       struct rule_error *ret_error);

/* Prints what is wrong and ends netjail. */
must_check struct ruleset *policy_load_or_die(const struct policy *policy);

#endif
