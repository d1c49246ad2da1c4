/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/dead.c - rules that can never match: hidden by those before them, or at odds with
 * themselves
 *
 * Only what is certain is told. A rule is hidden when each of its targets lies within one
 * target of an earlier rule that holds whenever this one does.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "rules/explain.h"
#include "rules/match.h"
#include "rules/name.h"
#include "rules/rule.h"

/* Targets before one that are held against it: rules about every address by ports are all
 * in one chain. */
#define TRIES_MAX 2000

/* ---- does one target hold whatever the other does ---- */

static bool ports_cover(const struct ruleset *set, const struct target *a,
			const struct target *b)
{
	const struct port_range *ranges = set->ports.ranges;

	if (!a->port_count)
		return true;
	for (size_t i = 0; i < b->port_count; i++) {
		const struct port_range *range = &ranges[b->port_at + i];
		bool found = false;

		for (size_t j = 0; j < a->port_count && !found; j++)
			found = ranges[a->port_at + j].first <= range->first &&
				ranges[a->port_at + j].last >= range->last;
		if (!found)
			return false;
	}
	return b->port_count > 0;
}

static bool prefix_covers(const struct addr_prefix *a, const struct addr_prefix *b)
{
	return a->bits <= b->bits && addr_in_prefix(&b->addr, a);
}

/* Both ends in the scope: but for `internet`, no prefix has something else between. */
static bool scope_covers(enum addr_scope scope, const struct addr_prefix *b)
{
	unsigned full = b->addr.family == ADDR_V4 ? 32 : 128;
	struct addr last = b->addr;

	for (unsigned bit = b->bits; bit < full; bit++)
		last.bytes[bit / 8] |= (uint8_t)(0x80u >> bit % 8);
	if (scope == ADDR_SCOPE_INTERNET && b->bits < full)
		return false;
	return addr_scope_of(&b->addr) == scope && addr_scope_of(&last) == scope;
}

static bool name_within(const struct ruleset *set, const struct target *a,
			const struct target *b)
{
	struct span outer = nametable_name(&set->index->names, a->name.entry);
	struct span inner = nametable_name(&set->index->names, b->name.entry);

	if (a->name.entry == b->name.entry)
		return !(b->name.covers & ~a->name.covers);
	return (a->name.covers & NAME_BELOW) && name_covers(outer, NAME_BELOW, inner);
}

static bool same_glob(const struct target *a, const struct target *b)
{
	return a->glob.len == b->glob.len &&
	       memcmp(a->glob.text, b->glob.text, a->glob.len) == 0;
}

static bool host_covers(const struct ruleset *set, const struct target *a,
			const struct target *b)
{
	if (a->kind == TARGET_ANY)
		return target_is_ip(b);
	if (a->kind == TARGET_SCOPE && b->kind == TARGET_PREFIX)
		return scope_covers(a->scope, &b->prefix);
	if (a->kind == TARGET_FAMILY && target_is_unix_name(b))
		return a->family == AF_UNIX;
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case TARGET_PREFIX:
		return prefix_covers(&a->prefix, &b->prefix);
	case TARGET_NAME:
		return name_within(set, a, b);
	case TARGET_SET:
		return a->set == b->set;
	case TARGET_SCOPE:
		return a->scope == b->scope;
	case TARGET_FAMILY:
		return a->family == b->family;
	case TARGET_UNIX_PATH:
	case TARGET_UNIX_ABSTRACT:
		return same_glob(a, b);
	case TARGET_ANY:
	case TARGET_RESOLVERS:
	case TARGET_DIRECT:
	case TARGET_RAW:
	case TARGET_NUM_:
		break;
	}
	return true;
}

/* Letting through to a unix name also lets the socket be made, refusing it does not. */
static bool same_sockets(const struct ruleset *set, const struct target *a,
			 const struct target *b)
{
	enum verdict first = set->actions[set->rules[a->rule].action].verdict;
	enum verdict second = set->actions[set->rules[b->rule].action].verdict;

	return !target_is_unix_name(a) || verdict_lets_through(first) ||
	       !(verdict_lets_through(second) || second == VERDICT_ASK);
}

static bool target_covers(const struct ruleset *set, const struct target *a,
			  const struct target *b)
{
	bool protos = !a->protos || (b->protos && !(b->protos & ~a->protos));

	return a->bind == b->bind && protos && ports_cover(set, a, b) &&
	       host_covers(set, a, b) && same_sockets(set, a, b);
}

/* ---- conditions ---- */

static bool same_condition(const struct condition *a, const struct condition *b)
{
	return a->kind == b->kind && a->number == b->number &&
	       a->glob.len == b->glob.len &&
	       (!a->glob.len || memcmp(a->glob.text, b->glob.text, a->glob.len) == 0);
}

static const struct condition *find_same(const struct ruleset *set,
					 const struct rule *rule,
					 const struct condition *wanted, bool negated)
{
	for (size_t i = 0; i < rule->condition_count; i++) {
		const struct condition *condition =
			&set->conditions[rule->condition_at + i];

		if (same_condition(condition, wanted) && condition->negated == negated)
			return condition;
	}
	return NULL;
}

/* Whenever the conditions of `inner` hold, those of `outer` do. */
static bool holds_with(const struct ruleset *set, const struct rule *outer,
		       const struct rule *inner)
{
	if (outer->counts)
		return false;
	for (size_t i = 0; i < outer->condition_count; i++) {
		const struct condition *condition =
			&set->conditions[outer->condition_at + i];

		if (!find_same(set, inner, condition, condition->negated))
			return false;
	}
	return true;
}

/* How many matches must have been, and how many may: `first 2 after 2` leaves none. */
static bool is_empty_count(const struct ruleset *set, const struct rule *rule)
{
	uint32_t after = 0, first = UINT32_MAX;

	for (size_t i = 0; i < rule->condition_count; i++) {
		const struct condition *condition =
			&set->conditions[rule->condition_at + i];
		bool is_first =
			(condition->kind == CONDITION_FIRST) != condition->negated;

		if (!condition_counts(condition))
			continue;
		if (is_first && condition->number < first)
			first = condition->number;
		if (!is_first && condition->number > after)
			after = condition->number;
	}
	return first <= after;
}

static bool excludes_itself(const struct ruleset *set, const struct rule *rule)
{
	for (size_t i = 0; i < rule->condition_count; i++) {
		const struct condition *condition =
			&set->conditions[rule->condition_at + i];

		if (!condition_counts(condition) &&
		    find_same(set, rule, condition, !condition->negated))
			return true;
	}
	return rule->counts && is_empty_count(set, rule);
}

/* ---- a rule ---- */

/* The earlier rule that hides the target; NULL. */
static const struct rule *hider_of(const struct ruleset *set, uint32_t number)
{
	const struct target *target = &set->targets[number];
	const struct rule *rule = &set->rules[target->rule];
	unsigned tries = 0;
	uint32_t other;

	index_ask_covering(set->index, target);
	while (index_next(set->index, &other) && other < rule->target_at &&
	       tries++ < TRIES_MAX) {
		const struct target *earlier = &set->targets[other];

		if (target_covers(set, earlier, target) &&
		    holds_with(set, &set->rules[earlier->rule], rule))
			return &set->rules[earlier->rule];
	}
	return NULL;
}

static bool is_empty_set(const struct ruleset *set, const struct target *target)
{
	return target->kind == TARGET_SET && set->sets[target->set].members == 0;
}

static bool is_dead(const struct ruleset *set, const struct rule *rule, char *why,
		    size_t size)
{
	const struct rule *hider = NULL;
	bool empty = false;

	if (excludes_itself(set, rule)) {
		snprintf(why, size, "its conditions exclude each other");
		return true;
	}
	for (uint32_t i = 0; i < rule->target_count; i++) {
		uint32_t number = rule->target_at + i;
		const struct rule *found;

		if (is_empty_set(set, &set->targets[number])) {
			empty = true;
			continue;
		}
		found = hider_of(set, number);
		if (!found)
			return false;
		hider = found;
	}
	if (hider)
		snprintf(why, size, "it is hidden by %s", hider->id);
	else
		snprintf(why, size, "its set is empty");
	return hider || empty;
}

void explain_dead(const struct ruleset *set, explain_fn found, void *context)
{
	char why[2048];

	for (size_t i = 0; i < ruleset_count(set); i++) {
		const struct rule *rule = &set->rules[i];

		if (is_dead(set, rule, why, sizeof(why)))
			found(context, &(struct explained){rule->id, rule->text, why});
	}
}
