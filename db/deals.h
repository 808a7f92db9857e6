/* SPDX-License-Identifier: Apache-2.0
 *
 * Deals as their two sides see them: what clearing (db/clearing.h) and the answers to it share.
 */
#ifndef DB_DEALS_H
#define DB_DEALS_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/lang.h"

enum deal_state { DEAL_PROPOSED, DEAL_ACCEPTED, DEAL_REFUSED, DEAL_EXPIRED, DEAL_WITHDRAWN };

struct deal_side {
    int64_t person_id; /* 0 = erased */
    enum lang lang;
    bool accepted;
    /* the listing */
    int64_t listing_id;
    const char *listing;                /* code */
    int64_t whole_milli, entered_milli; /* what is left of it, in base_unit and as it was entered */
    const char *entered_unit;
    const char *place; /* code */
    const char *contact; /* the person's number, where its owner lets it be shown; "" = not */
};

/* A deal as one of its two sides sees it. */
struct deal_party {
    int64_t id;
    const char *code;
    enum deal_state state;
    bool sells; /* the own side */
    struct deal_side own, other;
    int64_t quantity_milli; /* thousandths of base_unit */
    const char *base_unit;
    int64_t price; /* đồng per price_unit */
    const char *price_unit;
    const char *commodity, *size, *grade, *state_of_goods; /* of the offer */
    int64_t until_us;                                      /* reserved so long */
    bool stands; /* both listings still bear it: open, with so much left, at the prices of then */
};

#endif
