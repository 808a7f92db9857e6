/* SPDX-License-Identifier: Apache-2.0
 *
 * A bulletin of prices as a table: one price a row, in columns that are named (parsers/market/sheet.c lists the names):
 *
 *     day         2026-11-22 or 22/11/2026
 *     commodity   a code or a name of the lexicon; place and unit likewise; no unit: the one its prices are usually told in
 *     price       8300, 8.300, or from and to: 8200-8400; or low and high in columns of their own; what is told by the tonne
 *                 of goods that are priced by the kilo becomes a price by the kilo (parsers/market/quote.h)
 *     basis       farmgate (when not said), trader_buy, factory, wholesale, retail
 *     size, grade, state, or all as attrs: "size=50;state=fresh;tie=cloth"
 *     source      who published it
 *
 * A row that is not clear is no price: what is wrong is said, for each row that is wrong.
 */
#ifndef PARSERS_MARKET_SHEET_H
#define PARSERS_MARKET_SHEET_H

#include "parsers/base/table.h"
#include "parsers/lexicon/lexicon.h"

struct sheet_price {
    day_t day;
    const struct commodity *commodity;
    const struct place *place;
    const struct unit *unit;
    const char *basis;
    const char *size, *grade, *state, *rest; /* "" = not said */
    const char *source;                      /* "" = not said */
    int64_t low, price, high;                /* đồng per unit */
};

struct sheet_problem {
    size_t line;      /* of the file; 1 is the header */
    const char *text; /* "unknown place \"Cau Ka\"" */
};

struct sheet {
    size_t n_prices, n_problems;
    const struct sheet_price *prices;
    const struct sheet_problem *problems; /* in the order of the lines */
};

/* `today` is the last day a price may be of. `whatever`: a price that its goods do not have by the lexicon is taken all
 * the same. */
struct sheet sheet_read(struct arena *arena, const struct lexicon *lexicon, const struct table *table, day_t today,
                              bool whatever);

#endif
