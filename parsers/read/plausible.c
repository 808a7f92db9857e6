/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/plausible.h"

#include <string.h>

#include "parsers/lexicon/lexicon_p.h"

/* Do both measure the same, with fixed factors? */
static bool comparable(const struct unit *a, const struct unit *b)
{
    return a->factor_milli && b->factor_milli && strcmp(a->base, b->base) == 0;
}

static enum fit fit(double value, double low, double high)
{
    return value >= low && value <= high ? FIT_GOOD : FIT_BAD;
}

/* The range for exactly this unit, or scaled from the usual one. Doubles are exact enough to judge plausibility. */
static enum fit range_fit(const struct goods *goods, const struct unit *unit, double price)
{
    const struct commodity *c = &goods->shown;
    if (unit == c->price_unit)
        return fit(price, (double)c->price_min, (double)c->price_max);
    for (size_t i = 0; i < goods->n_alt; i++)
        if (goods->alt[i].unit == unit)
            return fit(price, (double)goods->alt[i].low, (double)goods->alt[i].high);
    if (comparable(unit, c->price_unit)) {
        double scale = (double)unit->factor_milli / (double)c->price_unit->factor_milli;
        return fit(price, (double)c->price_min * scale, (double)c->price_max * scale);
    }
    for (size_t i = 0; i < goods->n_alt; i++)
        if (comparable(unit, goods->alt[i].unit)) {
            double scale = (double)unit->factor_milli / (double)goods->alt[i].unit->factor_milli;
            return fit(price, (double)goods->alt[i].low * scale, (double)goods->alt[i].high * scale);
        }
    return FIT_UNKNOWN;
}

enum fit price_fit(const struct commodity *commodity, const struct unit *unit, int64_t price)
{
    if (!commodity || !unit || commodity->price_max == 0)
        return FIT_UNKNOWN;
    /* every public commodity is the first member of its goods */
    return range_fit((const struct goods *)commodity, unit, (double)price);
}

/* Goods counted by heads and priced by weight: is it less than the lightest head, the cheapest one at the dearest price
 * a kilo? Then perhaps other goods are meant, "bo" being avocados too. */
static bool is_less_than_a_head(const struct goods *goods, const struct unit *unit, int64_t milli)
{
    const struct commodity *c = &goods->shown;
    if (!goods->by_head || c->unit->dimension != DIM_COUNT || !comparable(unit, c->price_unit) || c->price_max == 0)
        return false;
    for (size_t i = 0; i < goods->n_alt; i++)
        if (goods->alt[i].unit == c->unit)
            return (double)milli * (double)unit->factor_milli / (double)c->price_unit->factor_milli / 1000 <
                   (double)goods->alt[i].low / (double)c->price_max;
    return false;
}

enum fit quantity_fit(const struct commodity *commodity, const struct unit *unit, int64_t milli)
{
    if (!commodity || !unit || commodity->qty_max_milli == 0)
        return FIT_UNKNOWN;
    if (((const struct goods *)commodity)->by_head && strcmp(unit->code, "BAO") == 0)
        return FIT_BAD; /* "bao trau": husks, no buffaloes */
    if (!comparable(unit, commodity->unit))
        return is_less_than_a_head((const struct goods *)commodity, unit, milli) ? FIT_BAD : FIT_UNKNOWN;
    double scale = (double)unit->factor_milli / (double)commodity->unit->factor_milli;
    return fit((double)milli * scale, (double)commodity->qty_min_milli, (double)commodity->qty_max_milli);
}
