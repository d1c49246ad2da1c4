/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/ruleset.c - owns the rules, and says what they are about as a whole
 */
#include "rules/ruleset.h"

#include <string.h>

#include "base/xalloc.h"
#include "rules/name.h"
#include "rules/rule.h"
#include "rules/set.h"

struct ruleset *ruleset_new(void)
{
	static const struct action plain[] = {{.verdict = VERDICT_ALLOW},
					      {.verdict = VERDICT_REFUSE}};
	struct ruleset *set = xcalloc(1, sizeof(*set));

	set->index = xcalloc(1, sizeof(*set->index));
	index_init(set->index);
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		(void)!store_action(set, &plain[i]);
	return set;
}

void ruleset_free(struct ruleset *set)
{
	if (!set)
		return;
	store_done(set);
	index_done(set->index);
	free(set->index);
	free(set->files);
	free(set->resolvers);
	free(set);
}

size_t ruleset_file_count(const struct ruleset *set)
{
	return set->file_count;
}

const char *ruleset_file(const struct ruleset *set, size_t index)
{
	return set->files[index];
}

void ruleset_strict_files(struct ruleset *set)
{
	set->strict_files = true;
}

int ruleset_finish(struct ruleset *set, struct rule_error *ret_error)
{
	int r = set->broken ? 0 : set_check_all(set, ret_error);

	set->broken |= r < 0;
	return r;
}

void ruleset_set_resolvers(struct ruleset *set, const struct addr *addrs, size_t count)
{
	free(set->resolvers);
	set->resolvers = xcalloc(count ? count : 1, sizeof(*set->resolvers));
	set->resolver_count = count;
	for (size_t i = 0; i < count; i++)
		set->resolvers[i] = addr_canonical(addrs[i]);
}

bool ruleset_judges_bind(const struct ruleset *set)
{
	return set->broken || set->refuses_bind;
}

bool ruleset_judges_socket(const struct ruleset *set)
{
	return set->broken || set->refuses_socket;
}

bool ruleset_refuses(const struct ruleset *set)
{
	return set->broken || set->refuses;
}

bool ruleset_uses_user(const struct ruleset *set)
{
	return set->uses_user;
}

bool ruleset_asks(const struct ruleset *set)
{
	bool asks = false;

	for (size_t i = 0; i < ARRAY_LEN(set->fallbacks); i++)
		asks |= set->fallbacks[i].id && set->fallbacks[i].verdict == VERDICT_ASK;
	for (size_t i = 0; i < set->action_count; i++)
		asks |= set->actions[i].verdict == VERDICT_ASK;
	return asks;
}

bool ruleset_goes_elsewhere(const struct ruleset *set)
{
	for (size_t i = 0; i < set->action_count; i++) {
		if (set->actions[i].verdict == VERDICT_REDIRECT ||
		    set->actions[i].verdict == VERDICT_TIMEOUT)
			return true;
	}
	return false;
}

void ruleset_digest(const struct ruleset *set, uint8_t ret_digest[static DIGEST_LEN])
{
	if (set->digest_count == 1)
		memcpy(ret_digest, set->digests[0], DIGEST_LEN);
	else
		digest_bytes(set->digests, set->digest_count * DIGEST_LEN, ret_digest);
}

size_t ruleset_count(const struct ruleset *set)
{
	return set->broken ? 0 : set->count;
}

enum verdict ruleset_default(const struct ruleset *set)
{
	const struct fallback *fallback = &set->fallbacks[FALLBACK_ALL];

	if (set->broken)
		return VERDICT_REFUSE;
	return fallback->id ? fallback->verdict : VERDICT_ALLOW;
}

bool ruleset_uses_names(const struct ruleset *set)
{
	return set->uses_names;
}

size_t ruleset_exact_names(const struct ruleset *set, char **ret_names, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < set->target_count; i++) {
		const struct target *target = &set->targets[i];

		if (target->kind != TARGET_NAME || target->name.covers != NAME_SELF)
			continue;
		if (count < max) {
			struct span name =
				nametable_name(&set->index->names, target->name.entry);

			ret_names[count] = xstrndup(name.text, name.len);
		}
		count++;
	}
	return count;
}
