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

/* One side of a deal. */
struct deal_party {
    int64_t id; /* of the deal; 0 = there is none */
    const char *code;
    enum deal_state state;
    bool sells;
    int64_t person_id; /* 0 = erased */
    enum lang lang;
    bool accepted;
    int64_t other_id; /* the other person; 0 = erased */
    enum lang other_lang;
    bool other_accepted;
    const char *listing, *other_listing; /* codes */
    int64_t quantity_milli;              /* thousandths of base_unit */
    const char *base_unit;
    int64_t whole_milli, entered_milli; /* what is left of the own listing, in base_unit and as it was entered */
    const char *entered_unit;
    int64_t price; /* đồng per price_unit */
    const char *price_unit;
    const char *commodity, *size, *grade, *state_of_goods; /* of the offer */
    const char *other_place;
    int64_t until_us; /* reserved so long */
    bool stands;      /* both listings still bear it: open, with so much left, at the prices of then */
};

#endif
