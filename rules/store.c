/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/store.c - holds what rules are made of and everything they point to
 */
#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "rules/rule.h"

struct id_block {
	struct id_block *next;
	size_t used;
	char bytes[4096];
};

struct text_block {
	struct text_block *next;
	char *text;
};

char *store_text(struct ruleset *set, char *text)
{
	struct text_block *block = xcalloc(1, sizeof(*block));

	block->text = text;
	block->next = set->texts;
	set->texts = block;
	return text;
}

/* Room for a string of at most a quarter of a block. */
static char *id_room(struct ruleset *set, size_t room)
{
	struct id_block *block = set->ids;

	if (!block || sizeof(block->bytes) - block->used < room) {
		block = xcalloc(1, sizeof(*block));
		block->next = set->ids;
		set->ids = block;
	}
	return block->bytes + block->used;
}

const char *store_id(struct ruleset *set, const char *name, unsigned line)
{
	size_t room = strlen(name) + sizeof(":4294967295");
	char *id = id_room(set, room);

	set->ids->used += (size_t)snprintf(id, room, "%s:%u", name, line) + 1;
	return id;
}

const char *store_string(struct ruleset *set, struct span text)
{
	return store_text(set, xstrndup(text.text, text.len));
}

/* Makes room for one more element, which is zeroed. */
static void *add(void *elements, size_t *count, size_t *cap, size_t size)
{
	if (*count == *cap) {
		*cap = *cap ? *cap * 2 : 16;
		elements = xreallocarray(elements, *cap, size);
	}
	memset((char *)elements + *count * size, 0, size);
	++*count;
	return elements;
}

struct rule *store_rule(struct ruleset *set)
{
	set->rules = add(set->rules, &set->count, &set->cap, sizeof(struct rule));
	return &set->rules[set->count - 1];
}

struct target *store_target(struct ruleset *set)
{
	set->targets = add(set->targets, &set->target_count, &set->target_cap,
			   sizeof(struct target));
	return &set->targets[set->target_count - 1];
}

struct condition *store_condition(struct ruleset *set)
{
	set->conditions = add(set->conditions, &set->condition_count, &set->condition_cap,
			      sizeof(struct condition));
	return &set->conditions[set->condition_count - 1];
}

static bool same_action(const struct action *a, const struct action *b)
{
	return a->verdict == b->verdict && a->remember == b->remember &&
	       a->error == b->error && a->ms == b->ms && a->port == b->port &&
	       addr_equal(&a->to, &b->to);
}

/* Looks at the two plain ones and at the one before: a long list is of one kind. */
uint32_t store_action(struct ruleset *set, const struct action *action)
{
	for (size_t i = 0; i < set->action_count; i++) {
		if (i == 2 && i + 1 < set->action_count)
			i = set->action_count - 1;
		if (same_action(&set->actions[i], action))
			return (uint32_t)i;
	}
	set->actions = add(set->actions, &set->action_count, &set->action_cap,
			   sizeof(struct action));
	set->actions[set->action_count - 1] = *action;
	return (uint32_t)set->action_count - 1;
}

int store_set(struct ruleset *set, struct span name)
{
	for (size_t i = 0; i < set->set_count; i++) {
		if (span_is(name, set->sets[i].name))
			return (int)i;
	}
	if (set->set_count == SETS_MAX)
		return -1;
	set->sets = add(set->sets, &set->set_count, &set->set_cap, sizeof(struct set));
	set->sets[set->set_count - 1].name = xstrndup(name.text, name.len);
	index_add_set(set->index);
	return (int)set->set_count - 1;
}

void store_digest(struct ruleset *set, const char *text, size_t len)
{
	set->digests = xreallocarray(set->digests, set->digest_count + 1, DIGEST_LEN);
	digest_bytes(text, len, set->digests[set->digest_count++]);
}

void store_done(struct ruleset *set)
{
	while (set->ids) {
		struct id_block *next = set->ids->next;

		free(set->ids);
		set->ids = next;
	}
	while (set->texts) {
		struct text_block *next = set->texts->next;

		free(set->texts->text);
		free(set->texts);
		set->texts = next;
	}
	for (size_t i = 0; i < set->set_count; i++)
		free(set->sets[i].name);
	port_list_done(&set->ports);
	free(set->digests);
	free(set->sets);
	free(set->actions);
	free(set->conditions);
	free(set->targets);
	free(set->rules);
	free(set->seen);
}
