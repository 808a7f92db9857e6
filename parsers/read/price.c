/* SPDX-License-Identifier: Apache-2.0
 *
 * The price of an item: which of its numbers it is, whether thousands were left out, and what it is for. */
#include <string.h>

#include "parsers/read/items.h"
#include "parsers/read/plausible.h"

#define UNITS_MAX (ALT_PRICES_MAX + 3)
#define BARE_THOUSANDS                                                                               \
    1000 /* đồng: only less than this may lack its thousands, unless it is plausible as it stands \
          */

static bool same_kind(const struct unit *a, const struct unit *b)
{
    return a && b && a->factor_milli && b->factor_milli && strcmp(a->base, b->base) == 0;
}

static bool is_heads(const struct unit *u)
{
    return strcmp(u->code, "CON") == 0;
}

/* May a quantity in `q` have its price per `u`? Heads and fields are sold by weight too, other pieces and weights by
 * their own kind. */
static bool sold_by(const struct unit *q, const struct unit *u)
{
    return !q || same_kind(q, u) || is_heads(q) || q->dimension == DIM_AREA || q->factor_milli == 0 ||
           (q->dimension == DIM_COUNT && u->dimension == DIM_MASS);
}

static size_t add_unit(const struct unit **units, size_t n, const struct unit *u)
{
    for (size_t i = 0; i < n; i++)
        if (units[i] == u)
            return n;
    if (u && u->dimension != DIM_AREA)
        units[n++] = u;
    return n;
}

/* The units the price may be for, the likeliest first. */
static size_t price_units(const struct read_item *item, const struct unit **units)
{
    const struct goods *goods = (const struct goods *)item->commodity;
    const struct unit *q = item->has_quantity ? item->unit : NULL; /* NULL too when its unit is to be asked */
    size_t n = 0;
    if (sold_by(q, goods->shown.price_unit))
        n = add_unit(units, n, goods->shown.price_unit);
    if (q && q->factor_milli)
        n = add_unit(units, n, q);
    for (size_t i = 0; i < goods->n_alt; i++)
        if (sold_by(q, goods->alt[i].unit))
            n = add_unit(units, n, goods->alt[i].unit);
    return n ? n : add_unit(units, n, goods->shown.price_unit);
}

/* A price as it would be for one unit with its thousands put in or not. */
struct guess {
    const struct unit *unit;
    int64_t factor; /* 1 or 1000 */
    enum fit fit;
};

static struct guess try_unit(const struct commodity *c, const struct unit *unit, int64_t dong, bool scaled)
{
    enum fit plain = price_fit(c, unit, dong);
    if (plain == FIT_GOOD || scaled || dong >= BARE_THOUSANDS)
        return (struct guess){unit, 1, plain};
    enum fit thousands = price_fit(c, unit, dong * 1000);
    return (struct guess){unit, 1000, thousands};
}

static int64_t dong_of(const struct fact *f)
{
    return (f->ceiling || f->low == 0 ? f->high : f->low) / 1000;
}

/* Does the price fit the single piece the quantity was given in as well as the unit found? */
static bool fits_quantity_too(const struct read_item *item, const struct guess *best, const struct fact *f)
{
    const struct unit *q = item->unit;
    if (!item->has_quantity || !q || q == best->unit || q->dimension != DIM_COUNT || is_heads(q) ||
        q->factor_milli != 1000 || best->unit->factor_milli == 1000 * (best->unit->dimension == DIM_COUNT))
        return false;
    return try_unit(item->commodity, q, dong_of(f), f->scaled).fit == FIT_GOOD;
}

/* Pieces of goods whose price is known by weight only: per piece, per chục or per kilo, who knows? */
static bool piece_by_weight(const struct read_item *item, const struct unit *best)
{
    const struct goods *goods = (const struct goods *)item->commodity;
    const struct unit *q = item->has_quantity ? item->unit : NULL;
    if (!q || q->dimension != DIM_COUNT || is_heads(q) || best->dimension != DIM_MASS)
        return false;
    for (size_t i = 0; i < goods->n_alt; i++)
        if (same_kind(goods->alt[i].unit, q))
            return false;
    return true;
}

static struct guess guess_price(const struct read_item *item, const struct unit *per, const struct fact *f,
                                bool *unclear)
{
    const struct unit *units[UNITS_MAX] = {NULL};
    if (per)
        return try_unit(item->commodity, per, dong_of(f), f->scaled);
    size_t n = price_units(item, units);
    struct guess first = try_unit(item->commodity, units[0], dong_of(f), f->scaled);
    for (size_t i = 0; i < n; i++) {
        struct guess g = try_unit(item->commodity, units[i], dong_of(f), f->scaled);
        if (g.fit != FIT_GOOD)
            continue;
        if (piece_by_weight(item, g.unit)) {
            *unclear = true;
            return g;
        }
        if (!fits_quantity_too(item, &g, f))
            return g;
        /* per piece or per chục cannot be told apart; who counts pieces of what is sold by weight means the piece */
        *unclear = g.unit->dimension == DIM_COUNT;
        return *unclear ? g : try_unit(item->commodity, item->unit, dong_of(f), f->scaled);
    }
    return first;
}

static int64_t scaled_dong(int64_t milli, int64_t factor)
{
    int64_t dong;
    return __builtin_mul_overflow(milli, factor, &dong) ? INT64_MAX / 1000 : dong / 1000;
}

static const struct unit *own_form_of(const struct commodity *c, const struct unit *unit)
{
    if (unit && c && strncmp(c->price_unit->code, unit->code, strlen(unit->code)) == 0 &&
        same_kind(unit, c->price_unit))
        return c->price_unit;
    return unit;
}

static void set_price(struct read_item *item, struct fact *f, const struct unit *per)
{
    bool unclear = false;
    if (f->unit && (f->per || !item->commodity || price_fit(item->commodity, f->unit, dong_of(f)) != FIT_UNKNOWN))
        per = f->unit; /* "7k goi 0912...": a unit goods are not sold by is another word */
    struct guess g = {per, 1, FIT_UNKNOWN};
    if (item->commodity)
        g = guess_price(item, own_form_of(item->commodity, per), f, &unclear);
    else if (f->low % 1000 != 0 && !f->scaled) /* nothing costs half a đồng */
        g.factor = 1000;
    item->price_low = f->ceiling ? 0 : scaled_dong(f->low, g.factor);
    item->price_high = f->floor ? 0 : scaled_dong(f->high, g.factor);
    item->price_unit = unclear ? NULL : g.unit;
    f->taken = true;
}

/* How sure a fact is to be the price; 0 = it is not. */
static int likelihood(const struct text *t, const struct read_item *item, const struct fact *f)
{
    bool trend = f->from > 0 && t->tags[f->from - 1] == TAG_TREND;
    bool unclear = false;
    if (trend || f->high == 0)
        return 0;
    if (f->kind == FACT_PRICE)
        return f->unit || f->marked ? 4 : f->scaled ? 3 : 2;
    if (!item->commodity)
        return f->high >= 1000000 || f->low % 1000 != 0;
    if (guess_price(item, NULL, f, &unclear).fit == FIT_GOOD)
        return 2;
    return f->high >= 1000000 || item->has_quantity;
}

/* "2 trieu con tom giong 95 dong", "500 ngan post": a number of fry, when the goods go by the head and it is no price.
 */
static bool counts_fry(const struct text *t, const struct read_item *item, const struct fact *f)
{
    const struct commodity *c = item->commodity;
    bool heads = f->unit ? is_heads(f->unit) : t->tags[f->to] == TAG_GOODS;
    return f->kind == FACT_PRICE && !item->has_quantity && heads && f->scaled && c && is_heads(c->unit) &&
           price_fit(c, c->unit, f->low / 1000) == FIT_BAD && quantity_fit(c, c->unit, f->low) == FIT_GOOD;
}

/* Is another price told, in words of its own? */
static bool other_price(const struct text *t, size_t from, size_t to, const struct fact *f)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *p = &t->facts[i];
        if (p != f && p->kind == FACT_PRICE && p->from >= from && p->from < to && (!p->unit || p->per))
            return true;
    }
    return false;
}

/* "5 ngan trai dua kho gia 9k": so many pieces, when another price stands by. */
static bool counts_pieces(const struct text *t, size_t from, size_t to, const struct read_item *item,
                          const struct fact *f)
{
    return f->kind == FACT_PRICE && !item->has_quantity && !f->per && !f->marked && f->scaled && f->unit &&
           f->unit->dimension == DIM_COUNT && quantity_fit(item->commodity, f->unit, f->low) == FIT_GOOD &&
           other_price(t, from, to, f);
}

static bool is_here(const struct fact *f, size_t from, size_t to)
{
    return !f->taken && f->from >= from && f->from < to && (f->kind == FACT_PRICE || f->kind == FACT_BARE);
}

/* A number left over right after goods that are graded by size. */
static void take_bare_size(struct text *t, size_t from, size_t to, struct read_item *item)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        bool sized = item->commodity && ((const struct goods *)item->commodity)->sized && !*item->size;
        if (!sized || !is_here(f, from, to) || f->kind != FACT_BARE || f->high > 500000 || f->from == 0 ||
            t->tags[f->from - 1] != TAG_GOODS)
            continue;
        size_t n = 0;
        for (size_t k = f->from; k < f->to && n + 4 < READ_SIZE_MAX; k++) {
            struct slice text = t->tokens[t->spans[k].first].text;
            if (n + text.n + 1 >= READ_SIZE_MAX)
                break;
            memcpy(item->size + n, text.at, text.n);
            n += text.n;
        }
        f->taken = true;
    }
}

/* "gia thoa thuan". */
static bool leaves_open(const struct text *t, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < t->n_spans; i++)
        if (span_keyword(t, &t->spans[i], KW_OPEN_PRICE))
            return true;
    return false;
}

/* Who asks for a price tells none; "lich dong xuan 2026" tells a year. */
static bool may_tell_price(enum intent intent)
{
    return intent != INTENT_PRICE && intent != INTENT_SEASON && intent != INTENT_WEATHER && intent != INTENT_FORECAST;
}

void take_price(struct text *t, size_t from, size_t to, enum intent intent, const struct unit *per,
                struct read_item *item)
{
    struct fact *best = NULL;
    int most = 0;
    for (size_t i = 0; i < t->n_facts && may_tell_price(intent); i++) {
        struct fact *f = &t->facts[i];
        if (!is_here(f, from, to))
            continue;
        if (counts_fry(t, item, f) || counts_pieces(t, from, to, item, f)) {
            item->has_quantity = true;
            item->quantity_milli = f->low;
            item->unit = f->unit ? f->unit : item->commodity->unit;
            f->taken = true;
            continue;
        }
        int likely = likelihood(t, item, f);
        if (likely > most) {
            most = likely;
            best = f;
        }
    }
    if (best)
        set_price(item, best, per);
    else
        item->price_checked = (intent == INTENT_SELL || intent == INTENT_BUY) && leaves_open(t, from, to);
    take_bare_size(t, from, to, item);
}
