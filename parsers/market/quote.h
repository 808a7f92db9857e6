/* SPDX-License-Identifier: Apache-2.0
 *
 * A price in the unit that prices of its goods are usually told in: 8.500.000 a tấn is 8.500 a kg. Only where both
 * units always measure the same, as tấn, tạ, yến and kg do: a giạ or a chục is not the same for all, and such a price
 * stays a price of its own. So does one that is no whole number of đồng in the usual unit: nobody said the rounded one.
 */
#ifndef PARSERS_MARKET_QUOTE_H
#define PARSERS_MARKET_QUOTE_H

#include <stdint.h>

#include "parsers/lexicon/lexicon.h"

/* đồng per unit, low <= high. */
struct quote {
    const struct unit *unit;
    int64_t low, high;
};

/* Prices up to 10^12 and factors up to 10^6. */
struct quote quote_usual(const struct commodity *commodity, struct quote quote);

#endif
