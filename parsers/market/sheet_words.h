/* SPDX-License-Identifier: Apache-2.0
 *
 * The cells of a bulletin (parsers/market/sheet.h): days, amounts, names of the lexicon, attributes.
 */
#ifndef PARSERS_MARKET_SHEET_WORDS_H
#define PARSERS_MARKET_SHEET_WORDS_H

#include "parsers/lexicon/lexicon.h"

/* "2026-11-22", "22/11/2026", "1/9/2026". */
bool sheet_day(const char *cell, day_t *day);

/* "8300", "8.300", "8,300", "8 300": whole đồng, signs only between thousands. From 1 to 10^12. */
bool sheet_amount(const char *cell, int64_t *amount);

/* One amount, or two with a hyphen or a dash between them, the lesser first. */
bool sheet_range(const char *cell, int64_t *low, int64_t *high);

/* The entry that the cell names, by its code or by one of its names whole. Else what is wrong, in the arena; NULL = nothing.
 * A name that several entries have is as wrong as one that none has: the code says which. Of places that is unless only
 * one of them stood on that day. */
const char *sheet_goods(struct arena *arena, const struct lexicon *lexicon, const char *cell,
                           const struct commodity **commodity_r);
const char *sheet_place(struct arena *arena, const struct lexicon *lexicon, const char *cell, day_t day,
                           const struct place **place_r);
const char *sheet_unit(struct arena *arena, const struct lexicon *lexicon, const char *cell, const struct unit **unit_r);

/* "size=50;state=fresh;tie=cloth": what has a column of its own, and the rest as it stands. In the arena, "" = not said. */
struct sheet_attributes {
    const char *size, *grade, *state, *rest;
};
struct sheet_attributes sheet_attributes(struct arena *arena, const char *cell);

#endif
