/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/index.h - which targets may be about a request, without a look at the others
 *
 * Contract:  what is left out cannot match; what is given still has to be held against
 *            the request, but for a set: its members are known here alone.
 *            One question at a time.
 */
#ifndef NETJAIL_RULES_INDEX_H
#define NETJAIL_RULES_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "rules/chain.h"
#include "rules/nametable.h"
#include "rules/prefixtree.h"

struct subject;
struct target;

enum index_list {
	LIST_ANY = 0, /* `*`, resolvers, direct */
	LIST_FAMILY,  /* families and raw sockets */
	LIST_UNIX,    /* patterns for AF_UNIX */
	LIST_SCOPE,   /* the first of one a scope */
	LIST_NUM_ = LIST_SCOPE + ADDR_SCOPE_NUM_
};

struct index_set {
	struct chain targets; /* that name it */
	uint32_t question;    /* the last one that it was in the answer of */
};

struct index {
	struct chain_pool pool;
	struct chain lists[LIST_NUM_];
	struct prefixtree v4, v6;
	struct nametable names;
	struct index_set *sets;
	size_t set_count, set_cap;
	uint32_t question;
	struct chain_at *places; /* of the question: where its chains have been read to */
	size_t place_count, place_cap;
};

void index_init(struct index *index);
void index_done(struct index *index);

/* Adds a target under its number; numbers only grow. */
void index_add_target(struct index *index, uint32_t number, const struct target *target);

/* Adds an empty set; they are numbered from 0. */
void index_add_set(struct index *index);
/* `entry` is a name of index->names. */
void index_add_member_name(struct index *index, uint32_t set, uint32_t entry,
			   unsigned covers);
void index_add_member_prefix(struct index *index, uint32_t set,
			     const struct addr_prefix *prefix);

/* Begins a question; then index_next gives the numbers, rising, each once, and false at
 * their end. */
void index_ask(struct index *index, const struct subject *subject);
/* The same for the targets that may be about all that a target is about. */
void index_ask_covering(struct index *index, const struct target *target);
must_check bool index_next(struct index *index, uint32_t *ret_number);

#endif
