/* SPDX-License-Identifier: Apache-2.0
 *
 * What a turn says of the other side: who wants what is offered, which lots meet a request.
 */
#ifndef SMSD_FLOW_MATCHES_H
#define SMSD_FLOW_MATCHES_H

#include "smsd/market/pool.h"
#include "smsd/worker/turn.h"

/* Those that fit, best first, in the turn's arena. */
struct matches {
    size_t n;
    const struct match *rows;
};

struct matches matches_of(const struct turn *turn, const struct wanted *wanted, const struct found *found);

/* How many other people in the province have something open on the other side, whether it fits or not: "12", "20+"; NULL
 * when nobody has. `found` is of the turn's first lookup. */
const char *matches_people(const struct turn *turn, const struct found *found);

/* A lot as any other listing. */
struct listing_facts match_facts(const struct match *match, char side);

/* "2 tấn 8.200đ/kg Cầu Kè" */
const char *match_words(const struct turn *turn, const struct match *match);

/* The prices of a pool as one range in the unit its goods are priced in. */
const char *pool_prices(const struct turn *turn, const struct pool *pool, const struct commodity *commodity);

/* How much there is in a pool, in the unit of the request. */
const char *pool_quantity(const struct turn *turn, const struct pool *pool, const struct unit *unit);

#endif
