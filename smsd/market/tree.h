/* SPDX-License-Identifier: Apache-2.0
 *
 * The spanning tree of a transportation problem (smsd/market/clear.h). Sources are nodes 0 .. n_sources - 1, sinks
 * follow, and the root stands for not trading at all. A tree arc belongs to its lower node; goods flow from sources to
 * sinks only, so what is below says which way: up from a source, down into a sink.
 */
#ifndef SMSD_MARKET_TREE_H
#define SMSD_MARKET_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"

#define TREE_NONE UINT32_MAX

struct tree_node {
    uint32_t parent, child, next, previous; /* first child; neighbours among the parent's children */
    uint32_t depth;
    int64_t flow;  /* on the arc to the parent, >= 0 */
    int64_t worth; /* the dual, in money a unit; the root's is 0 */
};

struct tree {
    struct tree_node *nodes;
    uint32_t n_sources, root; /* the root is the last node */
};

/* Every node hangs on the root, with flow and worth 0. */
struct tree tree_star(struct arena *arena, size_t n_sources, size_t n_sinks);

static inline bool tree_is_source(const struct tree *tree, uint32_t node)
{
    return node < tree->n_sources;
}

/* The arc from -> to enters; by it the dual objective falls short by `shortfall` > 0 a unit. Either end may be the
 * root. */
void tree_pivot(struct tree *tree, uint32_t from, uint32_t to, int64_t shortfall);

#endif
