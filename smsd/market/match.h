/* SPDX-License-Identifier: Apache-2.0
 *
 * Which lots of the other side fit an offer or a request, and in which order: the nearer first, then the better price.
 * Pure, and the same for the same lots whatever order they come in.
 */
#ifndef SMSD_MARKET_MATCH_H
#define SMSD_MARKET_MATCH_H

#include "db/batch.h"
#include "parsers/lexicon/lexicon.h"
#include "parsers/read/reading.h"

/* What somebody sells or wants. */
struct wanted {
    char side;         /* 's' sells, 'b' buys: fits lots of the other one */
    int64_t person_id; /* whose lots do not fit */
    const struct commodity *commodity;
    const struct place *place;
    int64_t quantity_milli; /* thousandths of base_unit; 0 = any, or not to be compared */
    const char *base_unit;
    int64_t price_low, price_high;    /* as in struct read_item */
    const struct unit *price_unit;    /* NULL without a price */
    day_t ready, until;               /* ready: DAY_NONE = today */
    const char *size, *grade, *state; /* "" = any */
};

/* In the same commune (or the place itself), and then as lots are found. */
enum nearness { NEAR_HERE, NEAR_DISTRICT, NEAR_PROVINCE, NEAR_LINKED };

struct match {
    const struct lot *lot;
    const struct commodity *commodity; /* the lot's */
    const struct place *place;
    const struct unit *price_unit; /* NULL without a price */
    enum nearness nearness;
    int64_t price; /* đồng per thousand base units of the price's unit: what an offer asks, what a request pays; 0 = to
                      be agreed */
};

/* Puts those that fit into matches_r, which has room for n, best first; returns how many. A lot whose goods or place
 * the lexicon does not know does not fit. */
size_t match_lots(const struct lexicon *lexicon, const struct wanted *wanted, const struct lot *lots, size_t n,
                  struct match *matches_r);

/* Đồng per thousand base units of an amount per `unit`, rounded down; 0 when the unit has no fixed size. */
int64_t match_price(int64_t price, const struct unit *unit);

/* The item of a text as what its writer wants; `until` is the last day it stands. */
struct wanted wanted_of(char side, int64_t person_id, const struct read_item *item, const struct place *place,
                        day_t until);

/* A listing as what its owner wants; commodity or place is NULL where the lexicon does not know it. */
struct wanted wanted_by(const struct lexicon *lexicon, const struct listing_facts *listing);

#endif
