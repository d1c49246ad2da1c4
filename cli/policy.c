/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/policy.c - the rules that a command line names: those of -r, then the files
 */
#include "cli/policy.h"

#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "names/resolvers.h"
#include "rules/ruleset.h"

static bool add_word(struct word_list *list, const char *word)
{
	list->words = xreallocarray(list->words, list->count + 1, sizeof(*list->words));
	list->words[list->count++] = word;
	return true;
}

bool policy_add_rule(struct policy *policy, const char *rule)
{
	return add_word(&policy->rules, rule);
}

bool policy_add_file(struct policy *policy, const char *path)
{
	return add_word(&policy->files, path);
}

void policy_done(struct policy *policy)
{
	free(policy->rules.words);
	free(policy->files.words);
}

/* More rights than a program that it starts may have: set-user-ID, file capabilities, or
 * root, whose programs can give their rights away. */
static bool has_more_rights(void)
{
	return getauxval(AT_SECURE) || geteuid() == 0;
}

static int add_all(struct ruleset *set, const struct policy *policy,
		   struct rule_error *ret_error)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < policy->rules.count; i++) {
		const char *text = policy->rules.words[i];

		r = ruleset_add_text(set, "-r", (unsigned)i + 1, text, strlen(text),
				     ret_error);
	}
	for (size_t i = 0; r == 0 && i < policy->files.count; i++)
		r = ruleset_add_file(set, policy->files.words[i], ret_error);
	return r == 0 ? ruleset_finish(set, ret_error) : r;
}

struct ruleset *policy_load(const struct policy *policy, struct rule_error *ret_error)
{
	struct ruleset *set = ruleset_new();
	struct addr resolvers[RESOLVERS_MAX];

	ruleset_set_resolvers(set, resolvers,
			      resolvers_load("/etc/resolv.conf", resolvers));
	if (has_more_rights())
		ruleset_strict_files(set);
	if (add_all(set, policy, ret_error) == 0)
		return set;
	ruleset_free(set);
	return NULL;
}

struct ruleset *policy_load_or_die(const struct policy *policy)
{
	struct rule_error error;
	struct ruleset *set = policy_load(policy, &error);

	if (!set)
		msg_die("%s", error.text);
	return set;
}
