/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/tree.h"

static void attach(struct tree *tree, uint32_t node, uint32_t parent)
{
    struct tree_node *nodes = tree->nodes;
    uint32_t next = nodes[parent].child;
    nodes[node].parent = parent;
    nodes[node].previous = TREE_NONE;
    nodes[node].next = next;
    if (next != TREE_NONE)
        nodes[next].previous = node;
    nodes[parent].child = node;
}

static void detach(struct tree *tree, uint32_t node)
{
    struct tree_node *nodes = tree->nodes;
    uint32_t previous = nodes[node].previous, next = nodes[node].next;
    if (previous != TREE_NONE)
        nodes[previous].next = next;
    else
        nodes[nodes[node].parent].child = next;
    if (next != TREE_NONE)
        nodes[next].previous = previous;
}

struct tree tree_star(struct arena *arena, size_t n_sources, size_t n_sinks)
{
    size_t n = n_sources + n_sinks;
    struct tree tree = {.nodes = arena_calloc(arena, n + 1, sizeof(struct tree_node)),
                        .n_sources = (uint32_t)n_sources,
                        .root = (uint32_t)n};
    tree.nodes[n] = (struct tree_node){.parent = TREE_NONE, .child = TREE_NONE, .next = TREE_NONE};
    for (uint32_t i = 0; i < n; i++) {
        tree.nodes[i] = (struct tree_node){.child = TREE_NONE, .depth = 1};
        attach(&tree, i, tree.root);
    }
    return tree;
}

/* ---- the cycle that an entering arc closes ---- */

static uint32_t apex(const struct tree *tree, uint32_t a, uint32_t b)
{
    const struct tree_node *nodes = tree->nodes;
    while (a != b) {
        if (nodes[a].depth >= nodes[b].depth)
            a = nodes[a].parent;
        else
            b = nodes[b].parent;
    }
    return a;
}

/* The arc that is empty first when goods take the new way. On the way up from where they start, sources lose; on the
 * way up from where they end, sinks do. Of several the last one around the cycle, seen from its apex: that is what
 * keeps the tree strongly feasible. Pushing along the cycle nothing can grow without end: every cycle has an arc that
 * loses. */
static uint32_t leaving(const struct tree *tree, uint32_t from, uint32_t to, uint32_t top, int64_t *least_r)
{
    const struct tree_node *nodes = tree->nodes;
    uint32_t leaves = TREE_NONE;
    int64_t least = INT64_MAX;
    for (uint32_t n = from; n != top; n = nodes[n].parent)
        if (tree_is_source(tree, n) && nodes[n].flow < least)
            least = nodes[leaves = n].flow;
    for (uint32_t n = to; n != top; n = nodes[n].parent)
        if (!tree_is_source(tree, n) && nodes[n].flow <= least)
            least = nodes[leaves = n].flow;
    *least_r = least;
    return leaves;
}

static void push(struct tree *tree, uint32_t from, uint32_t to, uint32_t top, int64_t amount)
{
    struct tree_node *nodes = tree->nodes;
    for (uint32_t n = from; n != top; n = nodes[n].parent)
        nodes[n].flow += tree_is_source(tree, n) ? -amount : amount;
    for (uint32_t n = to; n != top; n = nodes[n].parent)
        nodes[n].flow += tree_is_source(tree, n) ? amount : -amount;
}

/* ---- the new tree ---- */

/* `node` hangs on `parent` by an arc with this flow, and what was above it, up to `top`, now hangs below it. */
static void rehang(struct tree *tree, uint32_t node, uint32_t parent, int64_t flow, uint32_t top)
{
    struct tree_node *nodes = tree->nodes;
    for (bool more = true; more;) {
        uint32_t above = nodes[node].parent;
        int64_t flow_above = nodes[node].flow;
        more = node != top;
        detach(tree, node);
        attach(tree, node, parent);
        nodes[node].flow = flow;
        parent = node;
        node = above;
        flow = flow_above;
    }
}

static uint32_t following(const struct tree *tree, uint32_t node, uint32_t top)
{
    const struct tree_node *nodes = tree->nodes;
    if (nodes[node].child != TREE_NONE)
        return nodes[node].child;
    while (node != top && nodes[node].next == TREE_NONE)
        node = nodes[node].parent;
    return node == top ? TREE_NONE : nodes[node].next;
}

/* Below `top` sources are worth so much more and sinks so much less, and all lie at new depths. */
static void revalue(struct tree *tree, uint32_t top, int64_t sources_more)
{
    struct tree_node *nodes = tree->nodes;
    for (uint32_t n = top; n != TREE_NONE; n = following(tree, n, top)) {
        nodes[n].depth = nodes[nodes[n].parent].depth + 1;
        nodes[n].worth += tree_is_source(tree, n) ? sources_more : -sources_more;
    }
}

void tree_pivot(struct tree *tree, uint32_t from, uint32_t to, int64_t shortfall)
{
    int64_t amount;
    uint32_t top = apex(tree, from, to), leaves = leaving(tree, from, to, top, &amount);
    push(tree, from, to, top, amount);
    bool below_from = tree_is_source(tree, leaves); /* of the path up from `from` only sources can leave */
    uint32_t node = below_from ? from : to;
    rehang(tree, node, below_from ? to : from, amount, leaves);
    revalue(tree, node, below_from ? shortfall : -shortfall);
}
