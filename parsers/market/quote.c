/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/quote.h"

#include <string.h>

static bool is_fixed(const struct unit *unit)
{
    return unit && unit->factor_milli > 0 && !unit->ambiguous;
}

static int64_t scaled(int64_t price, int64_t to, int64_t from)
{
    return (price * to + from / 2) / from;
}

struct quote quote_usual(const struct commodity *commodity, struct quote quote)
{
    const struct unit *usual = commodity->price_unit;
    if (!is_fixed(usual) || !is_fixed(quote.unit) || strcmp(usual->base, quote.unit->base) != 0)
        return quote;
    int64_t to = usual->factor_milli, from = quote.unit->factor_milli;
    return (struct quote){usual, scaled(quote.low, to, from), scaled(quote.high, to, from)};
}
