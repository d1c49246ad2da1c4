/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/index.c - which targets may be about a request, without a look at the others
 *
 * Theory of operation
 *   Problem:    the first rule that matches decides, and block lists have a million
 *               lines.
 *   Mechanism:  a target hangs, by its number, on the prefix, the name, the scope or the
 *               kind that it is about; a set's members hang the set there, and the set
 *               the targets that name it. A question collects the chains of its address,
 *               its names and its kind, and merges them: the smallest number first.
 *   Rejected:   longest match first: it is another language.
 */
#include "rules/index.h"

#include <string.h>

#include "base/xalloc.h"
#include "rules/match.h"
#include "rules/name.h"
#include "rules/target.h"

/* In a chain of sets the bits below the number say what of the name is a member. */
#define COVERS_BITS 2u

void index_init(struct index *index)
{
	*index = (struct index){.question = 0};
	nametable_init(&index->names);
}

void index_done(struct index *index)
{
	chain_pool_done(&index->pool);
	prefixtree_done(&index->v4);
	prefixtree_done(&index->v6);
	nametable_done(&index->names);
	free(index->sets);
	free(index->places);
}

static struct prefixtree_node *node_of(struct index *index,
				       const struct addr_prefix *prefix)
{
	return prefixtree_add(prefix->addr.family == ADDR_V4 ? &index->v4 : &index->v6,
			      prefix);
}

static struct chain *chain_of(struct index *index, const struct target *target)
{
	switch (target->kind) {
	case TARGET_PREFIX:
		return &node_of(index, &target->prefix)->targets;
	case TARGET_NAME:
		return &index->names.entries[target->name.entry].targets;
	case TARGET_SET:
		return &index->sets[target->set].targets;
	case TARGET_SCOPE:
		return &index->lists[LIST_SCOPE + target->scope];
	case TARGET_UNIX_PATH:
	case TARGET_UNIX_ABSTRACT:
		return &index->lists[LIST_UNIX];
	case TARGET_FAMILY:
	case TARGET_RAW:
		return &index->lists[LIST_FAMILY];
	case TARGET_ANY:
	case TARGET_RESOLVERS:
	case TARGET_DIRECT:
	case TARGET_NUM_:
		break;
	}
	return &index->lists[LIST_ANY];
}

void index_add_target(struct index *index, uint32_t number, const struct target *target)
{
	chain_add(&index->pool, chain_of(index, target), number);
}

void index_add_set(struct index *index)
{
	if (index->set_count == index->set_cap) {
		index->set_cap = index->set_cap ? index->set_cap * 2 : 8;
		index->sets =
			xreallocarray(index->sets, index->set_cap, sizeof(*index->sets));
	}
	index->sets[index->set_count++] = (struct index_set){.question = 0};
}

void index_add_member_name(struct index *index, uint32_t set, uint32_t entry,
			   unsigned covers)
{
	chain_add(&index->pool, &index->names.entries[entry].sets,
		  set << COVERS_BITS | covers);
}

void index_add_member_prefix(struct index *index, uint32_t set,
			     const struct addr_prefix *prefix)
{
	chain_add(&index->pool, &node_of(index, prefix)->sets, set << COVERS_BITS);
}

/* ---- a question ---- */

static void collect(struct index *index, struct chain chain)
{
	if (!chain.last)
		return;
	if (index->place_count == index->place_cap) {
		index->place_cap = index->place_cap ? index->place_cap * 2 : 64;
		index->places = xreallocarray(index->places, index->place_cap,
					      sizeof(*index->places));
	}
	index->places[index->place_count++] = chain_first(&index->pool, chain);
}

/* The targets of each set in the chain, once. `covered` 0: whatever the members cover. */
static void collect_sets(struct index *index, struct chain chain, unsigned covered)
{
	struct chain_at at = chain_first(&index->pool, chain);

	for (; !at.ended; chain_next(&index->pool, &at)) {
		uint32_t value = chain_value(&index->pool, &at);
		struct index_set *set = &index->sets[value >> COVERS_BITS];

		if ((covered && !(value & covered)) || set->question == index->question)
			continue;
		set->question = index->question;
		collect(index, set->targets);
	}
}

static void found_prefix(void *context, const struct prefixtree_node *node)
{
	collect(context, node->targets);
	collect_sets(context, node->sets, 0);
}

static void found_name(void *context, uint32_t entry, unsigned covered)
{
	struct index *index = context;

	collect(index, index->names.entries[entry].targets);
	collect_sets(index, index->names.entries[entry].sets, covered);
}

static void ask_ip(struct index *index, const struct subject *subject)
{
	const struct request *request = subject->request;

	collect(index, index->lists[LIST_ANY]);
	for (unsigned i = 0; i < request->name_count; i++) {
		const char *name = request->names[i];

		nametable_lookup(&index->names, (struct span){name, strlen(name)},
				 found_name, index);
	}
	if (subject->addr.family == ADDR_NONE)
		return;
	collect(index, index->lists[LIST_SCOPE + addr_scope_of(&subject->addr)]);
	prefixtree_lookup(subject->addr.family == ADDR_V4 ? &index->v4 : &index->v6,
			  &subject->addr, found_prefix, index);
}

/* The numbers of questions come round after 4 thousand million of them. */
static void next_question(struct index *index)
{
	if (++index->question)
		return;
	for (size_t i = 0; i < index->set_count; i++)
		index->sets[i].question = 0;
	index->question = 1;
}

void index_ask(struct index *index, const struct subject *subject)
{
	next_question(index);
	index->place_count = 0;
	collect(index, index->lists[LIST_FAMILY]);
	if (subject->is_ip)
		ask_ip(index, subject);
	else
		collect(index, index->lists[LIST_UNIX]);
}

void index_ask_covering(struct index *index, const struct target *target)
{
	const struct addr_prefix *prefix = &target->prefix;

	next_question(index);
	index->place_count = 0;
	collect(index, index->lists[LIST_FAMILY]);
	if (target_is_unix_name(target))
		collect(index, index->lists[LIST_UNIX]);
	if (!target_is_ip(target))
		return;
	collect(index, index->lists[LIST_ANY]);
	if (target->kind == TARGET_NAME)
		nametable_lookup(&index->names,
				 nametable_name(&index->names, target->name.entry),
				 found_name, index);
	if (target->kind == TARGET_SET)
		collect(index, index->sets[target->set].targets);
	if (target->kind == TARGET_SCOPE)
		collect(index, index->lists[LIST_SCOPE + target->scope]);
	if (target->kind != TARGET_PREFIX)
		return;
	collect(index, index->lists[LIST_SCOPE + addr_scope_of(&prefix->addr)]);
	prefixtree_lookup(prefix->addr.family == ADDR_V4 ? &index->v4 : &index->v6,
			  &prefix->addr, found_prefix, index);
}

bool index_next(struct index *index, uint32_t *ret_number)
{
	uint32_t smallest = UINT32_MAX;

	for (size_t i = 0; i < index->place_count;) {
		if (index->places[i].ended) {
			index->places[i] = index->places[--index->place_count];
			continue;
		}
		if (chain_value(&index->pool, &index->places[i]) < smallest)
			smallest = chain_value(&index->pool, &index->places[i]);
		i++;
	}
	for (size_t i = 0; i < index->place_count; i++) {
		if (chain_value(&index->pool, &index->places[i]) == smallest)
			chain_next(&index->pool, &index->places[i]);
	}
	*ret_number = smallest;
	return smallest != UINT32_MAX;
}
