/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/chain.c - lists of numbers that grow at their end, millions of them in one array
 */
#include "rules/chain.h"

#include "base/xalloc.h"

void chain_pool_done(struct chain_pool *pool)
{
	free(pool->links);
}

void chain_add(struct chain_pool *pool, struct chain *chain, uint32_t value)
{
	uint32_t added = (uint32_t)pool->count;

	if (chain->last && pool->links[chain->last - 1].value == value)
		return;
	if (pool->count == pool->cap) {
		pool->cap = pool->cap ? pool->cap * 2 : 64;
		pool->links = xreallocarray(pool->links, pool->cap, sizeof(*pool->links));
	}
	pool->links[pool->count++] = (struct chain_link){value, added};
	if (chain->last) {
		pool->links[added].next = pool->links[chain->last - 1].next;
		pool->links[chain->last - 1].next = added;
	}
	chain->last = added + 1;
}

struct chain_at chain_first(const struct chain_pool *pool, struct chain chain)
{
	if (!chain.last)
		return (struct chain_at){.ended = true};
	return (struct chain_at){pool->links[chain.last - 1].next, chain.last - 1, false};
}

uint32_t chain_value(const struct chain_pool *pool, const struct chain_at *at)
{
	return pool->links[at->link].value;
}

void chain_next(const struct chain_pool *pool, struct chain_at *at)
{
	at->ended = at->link == at->last;
	at->link = pool->links[at->link].next;
}
