/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/nametable.c - a hash of host names, asked for a name and for all it lies below
 *
 * Theory of operation
 *   Open addressing with at most half the slots in use. A name is hashed from its end to
 * its start, so that one pass over a name gives the hash of each name above it. The hash
 * starts from random bytes of this process: whoever writes a block list cannot choose
 * names that fall onto one slot.
 */
#include "rules/nametable.h"

#include <string.h>
#include <sys/auxv.h>

#include "base/xalloc.h"
#include "rules/name.h"

#define SLOTS_FIRST 64

void nametable_init(struct nametable *table)
{
	/* getauxval(3): 16 random bytes that the kernel gave at exec */
	const void *random = (const void *)(uintptr_t)getauxval(AT_RANDOM);

	*table = (struct nametable){.seed = 0};
	if (random)
		memcpy(&table->seed, random, sizeof(table->seed));
}

void nametable_done(struct nametable *table)
{
	free(table->pool);
	free(table->entries);
	free(table->slots);
}

static uint64_t mix(uint64_t hash, char c)
{
	hash = (hash ^ (unsigned char)c) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint32_t finish(uint64_t hash)
{
	hash *= UINT64_C(0xbf58476d1ce4e5b9);
	return (uint32_t)(hash >> 32);
}

static uint32_t hash_of(const struct nametable *table, struct span name)
{
	uint64_t hash = table->seed;

	for (size_t i = name.len; i > 0; i--)
		hash = mix(hash, name.text[i - 1]);
	return finish(hash);
}

struct span nametable_name(const struct nametable *table, uint32_t entry)
{
	const char *at = table->pool + table->entries[entry].at;

	return (struct span){at, (unsigned char)at[-1]};
}

static bool is_name(const struct nametable *table, uint32_t entry, struct span name)
{
	struct span known = nametable_name(table, entry);

	return known.len == name.len && memcmp(known.text, name.text, name.len) == 0;
}

/* The slot where the name is or would be. */
static struct nametable_slot *slot_of(const struct nametable *table, uint32_t hash,
				      struct span name)
{
	size_t mask = table->slot_count - 1;

	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct nametable_slot *slot = &table->slots[i];

		if (!slot->entry ||
		    (slot->hash == hash && is_name(table, slot->entry - 1, name)))
			return slot;
	}
}

static void grow_slots(struct nametable *table)
{
	size_t count = table->slot_count ? table->slot_count * 2 : SLOTS_FIRST;
	struct nametable_slot *slots = xcalloc(count, sizeof(*slots));

	for (size_t i = 0; i < table->slot_count; i++) {
		size_t at = table->slots[i].hash & (count - 1);

		if (!table->slots[i].entry)
			continue;
		while (slots[at].entry)
			at = (at + 1) & (count - 1);
		slots[at] = table->slots[i];
	}
	free(table->slots);
	table->slots = slots;
	table->slot_count = count;
}

static uint32_t new_entry(struct nametable *table, struct span name)
{
	struct nametable_entry *entry;

	if (table->pool_len + name.len + 1 > UINT32_MAX || table->count >= INT32_MAX)
		return NAMETABLE_NONE;
	if (table->pool_cap - table->pool_len < name.len + 1) {
		table->pool_cap = table->pool_cap ? table->pool_cap * 2 : 4096;
		table->pool = xreallocarray(table->pool, table->pool_cap, 1);
	}
	if (table->count == table->cap) {
		table->cap = table->cap ? table->cap * 2 : 16;
		table->entries = xreallocarray(table->entries, table->cap,
					       sizeof(*table->entries));
	}
	entry = &table->entries[table->count];
	*entry = (struct nametable_entry){.at = (uint32_t)table->pool_len + 1};
	table->pool[table->pool_len] = (char)name.len;
	memcpy(table->pool + entry->at, name.text, name.len);
	table->pool_len += name.len + 1;
	return (uint32_t)table->count++;
}

uint32_t nametable_add(struct nametable *table, struct span name)
{
	uint32_t hash = hash_of(table, name), entry;
	struct nametable_slot *slot;

	if (table->count * 2 >= table->slot_count)
		grow_slots(table);
	slot = slot_of(table, hash, name);
	if (slot->entry)
		return slot->entry - 1;
	entry = new_entry(table, name);
	if (entry != NAMETABLE_NONE)
		*slot = (struct nametable_slot){hash, entry + 1};
	return entry;
}

void nametable_lookup(const struct nametable *table, struct span name, nametable_fn found,
		      void *context)
{
	uint64_t hash = table->seed;

	if (!table->count || name.len > NAME_LEN_MAX)
		return;
	for (size_t i = name.len; i > 0; i--) {
		const struct nametable_slot *slot;

		hash = mix(hash, name.text[i - 1]);
		if (i > 1 && name.text[i - 2] != '.')
			continue;
		slot = slot_of(table, finish(hash), span_tail(name, i - 1));
		if (slot->entry)
			found(context, slot->entry - 1, i > 1 ? NAME_BELOW : NAME_SELF);
	}
}
