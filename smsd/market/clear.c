/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/clear.h"

#include <stdlib.h>

#include "smsd/market/tree.h"

static bool barred(const struct clear_market *market, struct clear_pair pair)
{
    size_t low = 0, high = market->n_barred;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct clear_pair *at = &market->barred[middle];
        if (at->lot == pair.lot && at->request == pair.request)
            return true;
        if (at->lot < pair.lot || (at->lot == pair.lot && at->request < pair.request))
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Everything but the money. */
static bool may_trade(const struct clear_market *market, uint32_t lot, uint32_t request)
{
    const struct clear_order *sells = &market->lots[lot], *buys = &market->requests[request];
    return market->fits[sells->kind * market->n_request_kinds + buys->kind] && sells->person != buys->person &&
           sells->from <= buys->until && buys->from <= sells->until &&
           !barred(market, (struct clear_pair){lot, request});
}

static int64_t gain_of(const struct clear_market *market, uint32_t lot, uint32_t request)
{
    const struct clear_order *sells = &market->lots[lot], *buys = &market->requests[request];
    return buys->limit - sells->limit - market->carriage[sells->place * market->n_places + buys->place];
}

bool clear_gain(const struct clear_market *market, uint32_t lot, uint32_t request, int64_t *gain_r)
{
    *gain_r = gain_of(market, lot, request);
    return may_trade(market, lot, request);
}

/* ---- the simplex ---- */

struct solver {
    const struct clear_market *market;
    struct tree tree;
    int64_t *net; /* of each request: its limit less its worth */
};

static void follow_worths(struct solver *solver)
{
    const struct clear_market *market = solver->market;
    for (size_t j = 0; j < market->n_requests; j++)
        solver->net[j] = market->requests[j].limit - solver->tree.nodes[market->n_lots + j].worth;
}

/* The arc out of a lot by which the worths fall short most; TREE_NONE when there is none. */
static uint32_t best_of_lot(const struct solver *solver, uint32_t lot, int64_t *shortfall_r)
{
    const struct clear_market *market = solver->market;
    const struct clear_order *sells = &market->lots[lot];
    const int64_t *carriage = &market->carriage[sells->place * market->n_places];
    int64_t worth = solver->tree.nodes[lot].worth, needs = sells->limit + worth, best = worth < 0 ? -worth : 0;
    uint32_t to = worth < 0 ? solver->tree.root : TREE_NONE;
    for (uint32_t j = 0; j < market->n_requests; j++) {
        int64_t shortfall = solver->net[j] - needs - carriage[market->requests[j].place];
        if (shortfall > best && may_trade(market, lot, j)) {
            best = shortfall;
            to = (uint32_t)market->n_lots + j;
        }
    }
    *shortfall_r = best;
    return to;
}

/* The arcs that leave requests unmet. */
static bool best_of_root(const struct solver *solver, uint32_t *to_r, int64_t *shortfall_r)
{
    const struct tree *tree = &solver->tree;
    *shortfall_r = 0;
    for (uint32_t n = tree->n_sources; n < tree->root; n++)
        if (-tree->nodes[n].worth > *shortfall_r) {
            *shortfall_r = -tree->nodes[n].worth;
            *to_r = n;
        }
    return *shortfall_r > 0;
}

static void enter(struct solver *solver, struct clear_result *result, uint32_t from, uint32_t to, int64_t shortfall)
{
    tree_pivot(&solver->tree, from, to, shortfall);
    follow_worths(solver);
    result->pivots++;
}

/* Goes round the lots until a whole round finds nothing. */
static void improve(struct solver *solver, size_t most_pivots, struct clear_result *result)
{
    uint32_t n_lots = (uint32_t)solver->market->n_lots, lot = 0, idle = 0, to = TREE_NONE;
    int64_t shortfall;
    while (result->pivots < most_pivots && !result->optimal) {
        if (best_of_root(solver, &to, &shortfall)) {
            enter(solver, result, solver->tree.root, to, shortfall);
            idle = 0;
        }
        to = best_of_lot(solver, lot, &shortfall);
        if (to != TREE_NONE) {
            enter(solver, result, lot, to, shortfall);
            idle = 0;
        }
        lot = lot + 1 < n_lots ? lot + 1 : 0;
        result->optimal = ++idle > n_lots;
    }
}

/* ---- the answer ---- */

static void add_deal(const struct solver *solver, uint32_t child, struct clear_result *result)
{
    const struct tree *tree = &solver->tree;
    uint32_t parent = tree->nodes[child].parent;
    uint32_t lot = tree_is_source(tree, child) ? child : parent;
    uint32_t request = (tree_is_source(tree, child) ? parent : child) - tree->n_sources;
    if (parent == tree->root || tree->nodes[child].flow == 0)
        return;
    result->deals[result->n_deals++] =
        (struct clear_deal){lot, request, tree->nodes[child].flow, gain_of(solver->market, lot, request)};
}

static int by_pair(const void *a_p, const void *b_p)
{
    const struct clear_deal *a = a_p, *b = b_p;
    if (a->lot != b->lot)
        return a->lot < b->lot ? -1 : 1;
    return (a->request > b->request) - (a->request < b->request);
}

static const int64_t *worths(const struct solver *solver, struct arena *arena, uint32_t first, size_t n)
{
    int64_t *worth = arena_calloc(arena, n, sizeof *worth);
    for (size_t i = 0; i < n; i++)
        worth[i] = solver->tree.nodes[first + i].worth;
    return worth;
}

struct clear_result clear_market(const struct clear_market *market, size_t most_pivots, struct arena *arena)
{
    struct solver solver = {.market = market,
                            .tree = tree_star(arena, market->n_lots, market->n_requests),
                            .net = arena_calloc(arena, market->n_requests, sizeof *solver.net)};
    struct clear_result result = {.optimal = market->n_lots == 0 || market->n_requests == 0};
    for (uint32_t i = 0; i < market->n_lots; i++)
        solver.tree.nodes[i].flow = market->lots[i].quantity;
    for (uint32_t j = 0; j < market->n_requests; j++)
        solver.tree.nodes[market->n_lots + j].flow = market->requests[j].quantity;
    follow_worths(&solver);
    improve(&solver, most_pivots, &result);
    result.deals = arena_calloc(arena, market->n_lots + market->n_requests, sizeof *result.deals);
    for (uint32_t n = 0; n < solver.tree.root; n++)
        add_deal(&solver, n, &result);
    qsort(result.deals, result.n_deals, sizeof *result.deals, by_pair);
    result.lot_worth = worths(&solver, arena, 0, market->n_lots);
    result.request_worth = worths(&solver, arena, (uint32_t)market->n_lots, market->n_requests);
    return result;
}
