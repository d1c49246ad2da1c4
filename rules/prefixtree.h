/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/prefixtree.h - address prefixes, asked for all that hold one address
 *
 * A tree of bits in which every node is a prefix, and its two children are longer ones;
 * nodes that would have one child and no meaning are left out. An answer takes as many
 * steps as prefixes of the tree hold the address, whatever its size.
 */
#ifndef NETJAIL_RULES_PREFIXTREE_H
#define NETJAIL_RULES_PREFIXTREE_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "net/addr.h"
#include "rules/chain.h"

struct prefixtree_node {
	uint8_t bytes[16]; /* bits from `bits` on are 0 */
	uint32_t child[2]; /* index; 0 = none: the root is nobody's child */
	struct chain targets, sets;
	uint8_t bits;
};

/* Prefixes of one address family. Zeroed = empty. */
struct prefixtree {
	struct prefixtree_node *nodes; /* the first is the root, of 0 bits */
	size_t count, cap;
};

void prefixtree_done(struct prefixtree *tree);

/* The node of a prefix, made when it is not there yet. Valid until the next call. */
must_check struct prefixtree_node *prefixtree_add(struct prefixtree *tree,
						  const struct addr_prefix *prefix);

typedef void (*prefixtree_fn)(void *context, const struct prefixtree_node *node);

/* Calls `found` for the node of every prefix that holds the address, and maybe for some
 * without meaning. */
void prefixtree_lookup(const struct prefixtree *tree, const struct addr *addr,
		       prefixtree_fn found, void *context);

#endif
