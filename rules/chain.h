/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/chain.h - lists of numbers that grow at their end, millions of them in one array
 *
 * A chain is a ring: it is known by its last link, whose `next` is the first. So a chain
 * takes 4 bytes and its end is found at once.
 */
#ifndef NETJAIL_RULES_CHAIN_H
#define NETJAIL_RULES_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct chain {
	uint32_t last; /* index + 1 of its last link; 0: empty */
};

struct chain_link {
	uint32_t value;
	uint32_t next;
};

/* The links of many chains. Zeroed = none. */
struct chain_pool {
	struct chain_link *links;
	size_t count, cap;
};

void chain_pool_done(struct chain_pool *pool);

/* Appends a value, unless it is the last one already. */
void chain_add(struct chain_pool *pool, struct chain *chain, uint32_t value);

/* A place in a chain. */
struct chain_at {
	uint32_t link, last;
	bool ended;
};

must_check struct chain_at chain_first(const struct chain_pool *pool, struct chain chain);
/* The value there; `at` must not have ended. */
must_check uint32_t chain_value(const struct chain_pool *pool, const struct chain_at *at);
void chain_next(const struct chain_pool *pool, struct chain_at *at);

#endif
