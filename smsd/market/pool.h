/* SPDX-License-Identifier: Apache-2.0
 *
 * Pooling: several lots that together meet a request which none of them meets alone. Pure.
 */
#ifndef SMSD_MARKET_POOL_H
#define SMSD_MARKET_POOL_H

#include "smsd/market/match.h"

/* What is taken of a lot. */
struct share {
    const struct match *match;
    int64_t quantity_milli; /* all of it, but for the last one of the pool */
};

struct pool {
    size_t n;
    struct share shares[LOTS_MAX]; /* the cheapest first, those with a price to be agreed last */
    int64_t quantity_milli;        /* in all, of the request's base unit; less than wanted when there is not enough */
    bool enough;
    size_t people, communes;        /* how many different ones; a market or a district counts as a place of its own */
    const struct match *low, *high; /* the least and the greatest price among them; NULL when none has one */
};

/* Of the matches of a request, best first as match_lots leaves them. Lots come from as near as the quantity is met
 * from: the district, else the province, else everywhere; of those the set with the least total price, the last lot in
 * part. (Taking the cheapest first is that set as long as lots can be shared; test_pool.c compares it with all the
 * others.) Lots of another base unit than the request's are left out. */
struct pool pool_lots(const struct wanted *wanted, const struct match *matches, size_t n);

/* The best match that meets the request alone, so that nothing need be pooled; NULL when none does. */
const struct match *pool_single(const struct wanted *wanted, const struct match *matches, size_t n);

#endif
