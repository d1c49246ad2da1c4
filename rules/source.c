/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/source.c - holds the rules of one text and everything they point to
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

struct source *source_new(char *text)
{
	struct source *source = xcalloc(1, sizeof(*source));

	source->text = text;
	return source;
}

void source_free(struct source *source)
{
	if (!source)
		return;
	while (source->ids) {
		struct id_block *next = source->ids->next;

		free(source->ids);
		source->ids = next;
	}
	port_list_done(&source->ports);
	free(source->targets);
	free(source->rules);
	free(source->text);
	free(source);
}

const char *source_id(struct source *source, const char *name, unsigned line)
{
	struct id_block *block = source->ids;
	size_t room = strlen(name) + sizeof(":4294967295");
	char *id;

	if (!block || sizeof(block->bytes) - block->used < room) {
		block = xcalloc(1, sizeof(*block));
		block->next = source->ids;
		source->ids = block;
	}
	id = block->bytes + block->used;
	block->used += (size_t)snprintf(id, room, "%s:%u", name, line) + 1;
	return id;
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

struct rule *source_add_rule(struct source *source)
{
	source->rules =
		add(source->rules, &source->count, &source->cap, sizeof(struct rule));
	return &source->rules[source->count - 1];
}

struct target *source_add_target(struct source *source)
{
	source->targets = add(source->targets, &source->target_count, &source->target_cap,
			      sizeof(struct target));
	return &source->targets[source->target_count - 1];
}
