/* SPDX-License-Identifier: Apache-2.0
 *
 * The orders of one side in the terms they are compared in (smsd/market/market.h has the rules). Money is thousandths
 * of a đồng a base unit. For the modules of smsd/market/ only.
 */
#ifndef SMSD_MARKET_SIDE_H
#define SMSD_MARKET_SIDE_H

#include "smsd/market/clear.h"
#include "smsd/market/market.h"

#define MONEY_SCALE 1000 /* thousandths of a đồng */

/* Orders that are alike in all but quantity, price, place and time. */
struct market_kind {
    const struct commodity *commodity;
    const struct clearing_order *like; /* one of them: its size, grade, state and base unit are all the others' */
    const char *tied;                  /* unit of price that is only comparable with itself; "" = none */
    int64_t tied_milli;                /* thousandths of the base unit in it */
};

struct market_side {
    struct clear_order *orders;
    const struct clearing_order **listings; /* of each order */
    bool *named;                            /* does the order have a limit of its own? */
    size_t n;
    struct market_kind *kinds;
    size_t n_kinds;
};

/* The orders that can be compared. Places are indices into the context's, which are sorted by code. Limits that were
 * not named are 0. */
struct market_side market_side_read(const struct lexicon *lexicon, const struct clearing_order *listings, size_t n,
                                    bool sells, const struct clearing_context *context, struct arena *arena);

/* Names the limits that were not, by those that were on either side; drops the orders for which there are too few. */
void market_sides_complete(struct market_side *lots, struct market_side *requests, struct arena *arena);

/* Thousandths of the order's base unit in one of its unit of price; 0 = they cannot be compared. */
int64_t market_unit_milli(const struct clearing_order *listing, const struct unit *unit);

/* May goods of one kind go where the other is wanted? */
bool market_kinds_fit(const struct market_kind *lot, const struct market_kind *request);

#endif
