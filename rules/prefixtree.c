/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/prefixtree.c - address prefixes, asked for all that hold one address
 */
#include "rules/prefixtree.h"

#include <string.h>

#include "base/xalloc.h"

void prefixtree_done(struct prefixtree *tree)
{
	free(tree->nodes);
}

static unsigned bit_at(const uint8_t bytes[static 16], unsigned bit)
{
	return bytes[bit / 8] >> (7 - bit % 8) & 1;
}

/* How many of the first `max` bits are the same. */
static unsigned common_bits(const uint8_t a[static 16], const uint8_t b[static 16],
			    unsigned max)
{
	unsigned bits = 0;

	while (bits + 8 <= max && a[bits / 8] == b[bits / 8])
		bits += 8;
	while (bits < max && bit_at(a, bits) == bit_at(b, bits))
		bits++;
	return bits;
}

static uint32_t new_node(struct prefixtree *tree, const uint8_t bytes[static 16],
			 unsigned bits)
{
	struct prefixtree_node *node;
	unsigned whole = bits / 8;

	if (tree->count == tree->cap) {
		tree->cap = tree->cap ? tree->cap * 2 : 16;
		tree->nodes = xreallocarray(tree->nodes, tree->cap, sizeof(*tree->nodes));
	}
	node = &tree->nodes[tree->count];
	*node = (struct prefixtree_node){.bits = (uint8_t)bits};
	memcpy(node->bytes, bytes, whole);
	if (bits % 8)
		node->bytes[whole] = (uint8_t)(bytes[whole] & 0xff00u >> bits % 8);
	return (uint32_t)tree->count++;
}

/* Puts a node of `shared` bits between `parent` and its child on that side. */
static uint32_t split(struct prefixtree *tree, uint32_t parent, unsigned side,
		      unsigned shared)
{
	uint32_t child = tree->nodes[parent].child[side];
	uint8_t bytes[16];
	uint32_t node;

	memcpy(bytes, tree->nodes[child].bytes, sizeof(bytes));
	node = new_node(tree, bytes, shared);
	tree->nodes[node].child[bit_at(bytes, shared)] = child;
	tree->nodes[parent].child[side] = node;
	return node;
}

struct prefixtree_node *prefixtree_add(struct prefixtree *tree,
				       const struct addr_prefix *prefix)
{
	const uint8_t *bytes = prefix->addr.bytes;
	uint32_t at = 0;

	if (!tree->count)
		(void)!new_node(tree, bytes, 0);
	while (tree->nodes[at].bits < prefix->bits) {
		unsigned side = bit_at(bytes, tree->nodes[at].bits), shared, limit;
		uint32_t child = tree->nodes[at].child[side];

		if (!child) {
			child = new_node(tree, bytes, prefix->bits);
			tree->nodes[at].child[side] = child;
		}
		limit = tree->nodes[child].bits;
		if (limit > prefix->bits)
			limit = prefix->bits;
		shared = common_bits(tree->nodes[child].bytes, bytes, limit);
		if (shared < tree->nodes[child].bits)
			child = split(tree, at, side, shared);
		at = child;
	}
	return &tree->nodes[at];
}

void prefixtree_lookup(const struct prefixtree *tree, const struct addr *addr,
		       prefixtree_fn found, void *context)
{
	unsigned full = addr->family == ADDR_V4 ? 32 : 128;
	const struct prefixtree_node *node = tree->nodes;

	while (tree->count) {
		uint32_t next;

		if (common_bits(node->bytes, addr->bytes, node->bits) < node->bits)
			return;
		found(context, node);
		if (node->bits == full)
			return;
		next = node->child[bit_at(addr->bytes, node->bits)];
		if (!next)
			return;
		node = &tree->nodes[next];
	}
}
