/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/nametable.h - a hash of host names, asked for a name and for all it lies below
 *
 * A million names of a block list cost some 50 bytes each and an answer some hundred
 * nanoseconds a label. Names are kept in their one form (rules/name).
 */
#ifndef NETJAIL_RULES_NAMETABLE_H
#define NETJAIL_RULES_NAMETABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "rules/chain.h"
#include "rules/lex.h"

#define NAMETABLE_NONE UINT32_MAX

struct nametable_entry {
	uint32_t at; /* in the pool; a byte of length stands before it */
	struct chain targets, sets;
};

struct nametable_slot {
	uint32_t hash;
	uint32_t entry; /* index + 1; 0 = free */
};

struct nametable {
	uint64_t seed;
	char *pool;
	size_t pool_len, pool_cap;
	struct nametable_entry *entries;
	size_t count, cap;
	struct nametable_slot *slots;
	size_t slot_count; /* a power of two, or 0 */
};

void nametable_init(struct nametable *table);
void nametable_done(struct nametable *table);

/* The entry of a name of 1 to 253 bytes, made when it is not there yet; NAMETABLE_NONE
 * when the table is full (4 GiB of names). */
must_check uint32_t nametable_add(struct nametable *table, struct span name);

must_check struct span nametable_name(const struct nametable *table, uint32_t entry);

typedef void (*nametable_fn)(void *context, uint32_t entry, unsigned covered);

/* Calls `found` for the entry of the name itself (NAME_SELF) and of every name above it
 * (NAME_BELOW) that is in the table. */
void nametable_lookup(const struct nametable *table, struct span name, nametable_fn found,
		      void *context);

#endif
