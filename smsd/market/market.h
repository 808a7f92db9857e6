/* SPDX-License-Identifier: Apache-2.0
 *
 * From listings to proposals: which of them take part in clearing, in what terms they are compared, and at what price
 * the deals are proposed. Pure; the solver is smsd/market/clear.h.
 *
 * A lot may go to a request when
 *  - its goods are what is wanted or a kind of it (OM18 is paddy, paddy is not OM18), of the size that is wanted; grade
 *    and state (fresh, dry) are equal or at least one of the two did not say;
 *  - it is ready before the request ends, and still there when the request begins;
 *  - the places are known and within reach of one another. The way is by coordinates, a third longer than the straight
 *    line; carriage is counted by weight, pieces and litres as a kilogram each;
 *  - their owners are two people, and this was not proposed to them before at these prices.
 *
 * Quantities are compared in base units (KG, PIECE, LIT). One whose unit has no fixed size (thùng) is left out.
 *
 * Limits: a lot asks for its lowest price, a request pays its highest, of ranges too. Who named none (to be agreed, or
 * only the other end) is given the middle of what others named for the same goods and size, a person counted once, if
 * three did; else left out. So two who name none are never brought together by this. Prices are compared by base unit.
 * A price by a unit of no certain size (chục, giạ, bao) takes part when the quantity was given in the same unit, by
 * which its owner was told what was assumed, and meets only prices by the same unit of the same size.
 *
 * What is gained goes half to either side by default: the price is in the middle between what is asked and what is paid
 * less carriage, as traders fetch the goods. By the lot's unit of price, else the request's, else the one usual for the
 * goods; rounded to what people say (8.550, 127.000) where that lies between both limits, else in whole đồng.
 */
#ifndef SMSD_MARKET_MARKET_H
#define SMSD_MARKET_MARKET_H

#include "db/clearing.h"
#include "parsers/base/arena.h"
#include "parsers/lexicon/lexicon.h"

enum market_price { MARKET_MIDDLE, MARKET_ASK, MARKET_BID }; /* who gains: both, the buyer, the seller */

struct market_rules {
    int64_t carriage;   /* đồng a tonne and kilometre */
    int64_t reach_m;    /* farther apart nobody is brought together */
    int64_t least_gain; /* đồng; what gains less is not worth two texts */
    enum market_price price;
};

struct market_outcome {
    struct clearing_proposal *proposals; /* the most gainful first; code is not set */
    size_t n;
    size_t lots, requests; /* that took part */
    size_t left_out;       /* deals: too small, or their people have enough proposals */
    bool optimal;
};

struct market_outcome market_deals(const struct market_rules *rules, const struct lexicon *lexicon,
                                   const struct clearing_book *book, const struct clearing_context *context,
                                   struct arena *arena);

#endif
