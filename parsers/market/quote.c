/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/quote.h"

#include <string.h>

/* Their words mean other things too, so the lexicon has them as ambiguous, but as units of mass these are metric: the
 * tạ of 60 kg that sweet potatoes are sold by is a unit of its own. */
static bool is_metric(const struct unit *unit)
{
    return strcmp(unit->code, "TA") == 0 || strcmp(unit->code, "YEN") == 0;
}

static bool is_fixed(const struct unit *unit)
{
    return unit && unit->factor_milli > 0 && (!unit->ambiguous || is_metric(unit));
}

static bool divides(const struct quote *quote, int64_t to, int64_t from)
{
    return quote->low * to % from == 0 && quote->high * to % from == 0;
}

struct quote quote_usual(const struct commodity *commodity, struct quote quote)
{
    const struct unit *usual = commodity->price_unit;
    if (!is_fixed(usual) || !is_fixed(quote.unit) || strcmp(usual->base, quote.unit->base) != 0)
        return quote;
    int64_t to = usual->factor_milli, from = quote.unit->factor_milli;
    return divides(&quote, to, from) ? (struct quote){usual, quote.low * to / from, quote.high * to / from} : quote;
}
