/* SPDX-License-Identifier: Apache-2.0
 *
 * Clearing a market: which lots go to which requests so that the gains from trade, less carriage, are the greatest.
 * Pure: numbers in, deals out; no database, no clock, no floating point.
 *
 * This is the transportation problem. It is solved exactly, by the primal network simplex on an implicit graph: every
 * lot may meet every request, and no list of candidates is drawn up that the best pair could be missing from. Arcs have
 * no capacity of their own, so only those of the spanning tree carry anything, and memory is linear in the orders.
 * Trees are kept strongly feasible (Cunningham 1976), so that the many equal quantities of a market cannot make it
 * cycle.
 *
 * The proof comes with the answer: a worth a unit of every order (the duals), none negative, such that no pair that
 * may trade gains more than its two worths together. Where the quantities times their worths add up to the gains of
 * the deals, no other assignment gains more.
 */
#ifndef SMSD_MARKET_CLEAR_H
#define SMSD_MARKET_CLEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/day.h"

/* One side's open quantity. Units and money are the caller's, the same in the whole market; sums of quantities stay
 * within 2^62, limits and carriage within 2^59. */
struct clear_order {
    int64_t quantity;  /* > 0 */
    int64_t limit;     /* money a unit: a lot asks for this at least, a request pays this at most */
    int64_t person;    /* nobody trades with himself */
    uint32_t place;    /* index into carriage */
    uint32_t kind;     /* index into fits */
    day_t from, until; /* trades on some day that is in both windows */
};

struct clear_pair {
    uint32_t lot, request;
};

struct clear_market {
    const struct clear_order *lots, *requests;
    size_t n_lots, n_requests;
    const int64_t *carriage; /* [places of lots x places of requests] money a unit; CLEAR_TOO_FAR: never */
    size_t n_places;
    const bool *fits; /* [kinds of lots x kinds of requests] */
    size_t n_request_kinds;
    const struct clear_pair *barred; /* never these; by lot, then request */
    size_t n_barred;
};

#define CLEAR_TOO_FAR (INT64_C(1) << 60)

struct clear_deal {
    uint32_t lot, request;
    int64_t quantity, gain; /* gain: money a unit, > 0 */
};

struct clear_result {
    struct clear_deal *deals; /* by lot, then request; fewer than there are orders */
    size_t n_deals;
    const int64_t *lot_worth, *request_worth; /* money a unit */
    size_t pivots;
    bool optimal; /* false: the pivots ran out; the deals are possible, but not the best */
};

/* Deals for a market; everything is made in the arena. At most `most_pivots` steps: about ten an order are usual. */
struct clear_result clear_market(const struct clear_market *market, size_t most_pivots, struct arena *arena);

/* What a lot and a request gain by a unit, and whether they may trade at all. */
bool clear_gain(const struct clear_market *market, uint32_t lot, uint32_t request, int64_t *gain_r);

#endif
