/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/side.h"

#include <stdlib.h>
#include <string.h>

/* What is dearer, a base unit, is a slip of the pen, and would not fit into the solver's numbers. */
#define LIMIT_MOST (INT64_C(1000000000) * MONEY_SCALE)
#define NAMED_LEAST 3 /* people, before their prices say what is usual */

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* ---- units ---- */

/* Of an uncertain unit what its owner was told of the quantity: "10 chục" that are 120 pieces are 12 each. */
static int64_t told_milli(const struct clearing_order *listing)
{
    __int128 scaled = (__int128)listing->whole_milli * 1000;
    return listing->entered_milli > 0 && scaled % listing->entered_milli == 0
               ? (int64_t)(scaled / listing->entered_milli)
               : 0;
}

int64_t market_unit_milli(const struct clearing_order *listing, const struct unit *unit)
{
    if (!unit || !same(unit->base, listing->base_unit))
        return 0;
    if (!unit->ambiguous)
        return unit->factor_milli;
    return same(unit->code, listing->entered_unit) ? told_milli(listing) : 0;
}

/* ---- kinds ---- */

static bool alike(const struct market_kind *a, const struct market_kind *b)
{
    return a->commodity == b->commodity && a->tied_milli == b->tied_milli && same(a->tied, b->tied) &&
           same(a->like->base_unit, b->like->base_unit) && same(a->like->size, b->like->size) &&
           same(a->like->grade, b->like->grade) && same(a->like->state, b->like->state);
}

static uint32_t kind_index(struct market_side *side, struct market_kind kind)
{
    for (size_t i = 0; i < side->n_kinds; i++)
        if (alike(&side->kinds[i], &kind))
            return (uint32_t)i;
    side->kinds[side->n_kinds] = kind;
    return (uint32_t)side->n_kinds++;
}

static bool agree(const char *lot, const char *request)
{
    return !*lot || !*request || same(lot, request);
}

bool market_kinds_fit(const struct market_kind *lot, const struct market_kind *request)
{
    const struct clearing_order *sells = lot->like, *buys = request->like;
    return commodity_within(lot->commodity, request->commodity) && same(sells->base_unit, buys->base_unit) &&
           (!*buys->size || same(sells->size, buys->size)) && agree(sells->grade, buys->grade) &&
           agree(sells->state, buys->state) && same(lot->tied, request->tied) && lot->tied_milli == request->tied_milli;
}

/* ---- reading ---- */

static int by_code(const void *code, const void *place)
{
    return strcmp(code, ((const struct clearing_place *)place)->code);
}

/* Leaves out what cannot take part. */
static void read_order(struct market_side *side, const struct lexicon *lexicon, const struct clearing_order *listing,
                       bool sells, const struct clearing_context *context)
{
    struct market_kind kind = {lexicon_commodity(lexicon, listing->commodity), listing, "", 0};
    const struct clearing_place *place =
        bsearch(listing->place, context->places, context->n_places, sizeof *place, by_code);
    int64_t price = sells ? listing->price_low : listing->price_high, limit = 0;
    if (!kind.commodity || !place)
        return;
    if (price) {
        const struct unit *unit = lexicon_unit(lexicon, listing->price_unit);
        int64_t milli = market_unit_milli(listing, unit);
        __int128 scaled = (__int128)price * 1000 * MONEY_SCALE;
        if (milli <= 0 || scaled / milli > LIMIT_MOST)
            return;
        limit = (int64_t)(scaled / milli);
        kind.tied = unit->ambiguous ? unit->code : "";
        kind.tied_milli = unit->ambiguous ? milli : 0;
    }
    side->listings[side->n] = listing;
    side->named[side->n] = price != 0;
    side->orders[side->n++] = (struct clear_order){.quantity = listing->free_milli,
                                                   .limit = limit,
                                                   .person = listing->person_id,
                                                   .place = (uint32_t)(place - context->places),
                                                   .kind = kind_index(side, kind),
                                                   .from = listing->ready,
                                                   .until = listing->until};
}

struct market_side market_side_read(const struct lexicon *lexicon, const struct clearing_order *listings, size_t n,
                                    bool sells, const struct clearing_context *context, struct arena *arena)
{
    struct market_side side = {.orders = arena_calloc(arena, n, sizeof *side.orders),
                               .listings = arena_calloc(arena, n, sizeof *side.listings),
                               .named = arena_calloc(arena, n, sizeof *side.named),
                               .kinds = arena_calloc(arena, n, sizeof *side.kinds)};
    for (size_t i = 0; i < n; i++)
        read_order(&side, lexicon, &listings[i], sells, context);
    return side;
}

/* ---- limits that were not named ---- */

struct named {
    int64_t person, limit;
};

static int by_person(const void *a_p, const void *b_p)
{
    const struct named *a = a_p, *b = b_p;
    return (a->person > b->person) - (a->person < b->person);
}

static int by_limit(const void *a_p, const void *b_p)
{
    const struct named *a = a_p, *b = b_p;
    return (a->limit > b->limit) - (a->limit < b->limit);
}

/* What was named on one side for goods of the kind's name, size and base unit. */
static size_t gather(const struct market_side *side, const struct market_kind *kind, struct named *named_r)
{
    size_t n = 0;
    for (size_t i = 0; i < side->n; i++) {
        const struct market_kind *other = &side->kinds[side->orders[i].kind];
        if (side->named[i] && other->commodity == kind->commodity && same(other->like->size, kind->like->size) &&
            same(other->like->base_unit, kind->like->base_unit))
            named_r[n++] = (struct named){side->orders[i].person, side->orders[i].limit};
    }
    return n;
}

/* The middle of what people named, each counted once, so that nobody moves it by many listings; 0 = too few did. */
static int64_t usual(const struct market_side *lots, const struct market_side *requests, const struct market_kind *kind,
                     struct named *named)
{
    size_t n = gather(lots, kind, named), people = 0;
    n += gather(requests, kind, named + n);
    qsort(named, n, sizeof *named, by_person);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || named[i].person != named[i - 1].person)
            named[people++] = named[i];
    qsort(named, people, sizeof *named, by_limit);
    return people >= NAMED_LEAST ? named[(people - 1) / 2].limit : 0;
}

static void drop_unknown(struct market_side *side, const int64_t *usual_of)
{
    size_t kept = 0;
    for (size_t i = 0; i < side->n; i++) {
        struct clear_order order = side->orders[i];
        if (!side->named[i])
            order.limit = usual_of[order.kind];
        if (order.limit <= 0)
            continue;
        side->orders[kept] = order;
        side->listings[kept] = side->listings[i];
        side->named[kept++] = side->named[i];
    }
    side->n = kept;
}

static const int64_t *usual_of_kinds(const struct market_side *side, const struct market_side *lots,
                                     const struct market_side *requests, struct arena *arena)
{
    int64_t *limits = arena_calloc(arena, side->n_kinds, sizeof *limits);
    bool *wanted = arena_calloc(arena, side->n_kinds, sizeof *wanted);
    struct named *named = arena_calloc(arena, lots->n + requests->n, sizeof *named);
    for (size_t i = 0; i < side->n; i++)
        wanted[side->orders[i].kind] |= !side->named[i];
    for (size_t k = 0; k < side->n_kinds; k++)
        if (wanted[k])
            limits[k] = usual(lots, requests, &side->kinds[k], named);
    return limits;
}

void market_sides_complete(struct market_side *lots, struct market_side *requests, struct arena *arena)
{
    const int64_t *of_lots = usual_of_kinds(lots, lots, requests, arena),
                  *of_requests = usual_of_kinds(requests, lots, requests, arena);
    drop_unknown(lots, of_lots);
    drop_unknown(requests, of_requests);
}
