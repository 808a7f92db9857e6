/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/market.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "smsd/market/clear.h"
#include "smsd/market/side.h"

#define EARTH_M 6371008.8 /* mean radius (IUGG) */
#define DEGREE 1e-6       /* of coordinates */
/* Ways on land and water are longer than the straight line; about 1.2 to 1.4 in studies of road networks. */
#define DETOUR_PERCENT 133
/* A market of n orders takes about seven pivots each; more than this many, and something is wrong with it. */
#define PIVOTS_EACH 200

/* Haversine. */
static int64_t way_m(const struct clearing_place *a, const struct clearing_place *b)
{
    double radian = acos(-1) / 180 * DEGREE, lat_a = (double)a->lat * radian, lat_b = (double)b->lat * radian,
           north = sin((lat_b - lat_a) / 2), east = sin((double)(b->lon - a->lon) * radian / 2),
           chord = north * north + cos(lat_a) * cos(lat_b) * east * east;
    return (int64_t)(2 * EARTH_M * asin(sqrt(chord < 1 ? chord : 1))) * DETOUR_PERCENT / 100;
}

static const int64_t *carriage_between(const struct market_rules *rules, const struct clearing_context *context,
                                       struct arena *arena)
{
    size_t n = context->n_places;
    int64_t *carriage = arena_calloc(arena, n * n, sizeof *carriage);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            int64_t way = way_m(&context->places[i], &context->places[j]);
            /* đồng a tonne and kilometre are millionths of a đồng a kilogram and metre */
            carriage[i * n + j] = way > rules->reach_m ? CLEAR_TOO_FAR : rules->carriage * way * MONEY_SCALE / 1000000;
        }
    return carriage;
}

static const bool *fitting(const struct market_side *lots, const struct market_side *requests, struct arena *arena)
{
    bool *fits = arena_calloc(arena, lots->n_kinds * requests->n_kinds, sizeof *fits);
    for (size_t i = 0; i < lots->n_kinds; i++)
        for (size_t j = 0; j < requests->n_kinds; j++)
            fits[i * requests->n_kinds + j] = market_kinds_fit(&lots->kinds[i], &requests->kinds[j]);
    return fits;
}

/* ---- what was proposed before ---- */

struct numbered {
    int64_t id;
    uint32_t index;
};

static int by_id(const void *a_p, const void *b_p)
{
    const struct numbered *a = a_p, *b = b_p;
    return (a->id > b->id) - (a->id < b->id);
}

static struct numbered *number(const struct market_side *side, struct arena *arena)
{
    struct numbered *numbered = arena_calloc(arena, side->n, sizeof *numbered);
    for (size_t i = 0; i < side->n; i++)
        numbered[i] = (struct numbered){side->listings[i]->id, (uint32_t)i};
    qsort(numbered, side->n, sizeof *numbered, by_id);
    return numbered;
}

static int by_pair(const void *a_p, const void *b_p)
{
    const struct clear_pair *a = a_p, *b = b_p;
    if (a->lot != b->lot)
        return a->lot < b->lot ? -1 : 1;
    return (a->request > b->request) - (a->request < b->request);
}

static void bar(struct clear_market *market, const struct market_side *lots, const struct market_side *requests,
                const struct clearing_context *context, struct arena *arena)
{
    const struct numbered *by_lot = number(lots, arena), *by_request = number(requests, arena);
    struct clear_pair *pairs = arena_calloc(arena, context->n_barred, sizeof *pairs);
    for (size_t i = 0; i < context->n_barred; i++) {
        const struct clearing_pair *pair = &context->barred[i];
        const struct numbered *lot = bsearch(&pair->sell_id, by_lot, lots->n, sizeof *lot, by_id),
                              *request = bsearch(&pair->buy_id, by_request, requests->n, sizeof *request, by_id);
        if (lot && request)
            pairs[market->n_barred++] = (struct clear_pair){lot->index, request->index};
    }
    qsort(pairs, market->n_barred, sizeof *pairs, by_pair);
    market->barred = pairs;
}

/* ---- the price ---- */

/* What the lot's owner is to get a base unit; `ask` is what he asks for. */
static int64_t shared(const struct market_rules *rules, int64_t ask, int64_t gain)
{
    static const int64_t parts[] = {[MARKET_MIDDLE] = 1, [MARKET_ASK] = 0, [MARKET_BID] = 2}; /* halves */
    return ask + gain * parts[rules->price] / 2;
}

/* The solver's money as đồng of a unit of so many thousandths of the base unit, a broken one up or down. */
static int64_t money_in(int64_t money, int64_t milli, bool up)
{
    const int64_t scale = 1000 * MONEY_SCALE;
    return (int64_t)(((__int128)money * milli + (up ? scale - 1 : 0)) / scale);
}

/* Prices as people say them go by these steps: 8.550, 12.400, 127.000. */
static int64_t step_of(int64_t price)
{
    static const struct {
        int64_t below, step;
    } steps[] = {{1000, 10}, {10000, 50}, {100000, 100}, {1000000, 1000}, {10000000, 10000}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (price < steps[i].below)
            return steps[i].step;
    return 100000;
}

/* The price nearest to it that people would say and that is neither below what is asked nor above what can be paid; as
 * it is when none lies between. */
static int64_t spoken(int64_t price, int64_t least, int64_t most)
{
    int64_t step = step_of(price), nearest = (price + step / 2) / step * step;
    if (nearest < least)
        nearest += step;
    if (nearest > most)
        nearest -= step;
    return nearest >= least && nearest > 0 ? nearest : price;
}

/* Between `ask` and `ask + gain`, as the rule says. False when there is no unit that both understand. */
static bool set_price(struct clearing_proposal *proposal, const struct market_rules *rules,
                      const struct lexicon *lexicon, const struct clearing_order *lot,
                      const struct clearing_order *request, int64_t ask, int64_t gain)
{
    const struct commodity *commodity = lexicon_commodity(lexicon, lot->commodity);
    const struct clearing_order *whose = lot->price_low || !request->price_high ? lot : request;
    const struct unit *unit =
        whose->price_low || whose->price_high ? lexicon_unit(lexicon, whose->price_unit) : commodity->price_unit;
    int64_t milli = market_unit_milli(whose, unit);
    if (milli <= 0)
        return false;
    int64_t price = money_in(2 * shared(rules, ask, gain), milli, false);
    proposal->price = spoken((price + 1) / 2, money_in(ask, milli, true), money_in(ask + gain, milli, false));
    proposal->price_unit = unit->code;
    return proposal->price > 0;
}

/* ---- choosing ---- */

struct candidate {
    struct clearing_proposal proposal;
    int64_t gain; /* đồng */
};

static int most_gainful_first(const void *a_p, const void *b_p)
{
    const struct candidate *a = a_p, *b = b_p;
    if (a->gain != b->gain)
        return a->gain > b->gain ? -1 : 1;
    return (a->proposal.sell_id > b->proposal.sell_id) - (a->proposal.sell_id < b->proposal.sell_id);
}

struct person {
    int64_t id;
    int room;
};

static int by_person(const void *a_p, const void *b_p)
{
    const struct person *a = a_p, *b = b_p;
    return (a->id > b->id) - (a->id < b->id);
}

struct people {
    struct person *people;
    size_t n;
};

static struct people people_of(const struct clearing_book *book, struct arena *arena)
{
    size_t all = book->n_lots + book->n_requests;
    struct people people = {arena_calloc(arena, all, sizeof *people.people), 0};
    for (size_t i = 0; i < all; i++) {
        const struct clearing_order *order = i < book->n_lots ? &book->lots[i] : &book->requests[i - book->n_lots];
        people.people[i] = (struct person){order->person_id, order->room};
    }
    qsort(people.people, all, sizeof *people.people, by_person);
    for (size_t i = 0; i < all; i++)
        if (people.n == 0 || people.people[people.n - 1].id != people.people[i].id)
            people.people[people.n++] = people.people[i];
    return people;
}

static int *room_of(const struct people *people, int64_t id)
{
    const struct person key = {.id = id};
    return &((struct person *)bsearch(&key, people->people, people->n, sizeof *people->people, by_person))->room;
}

/* The best deals, as long as both their people have room for one more. */
static void choose(struct candidate *candidates, size_t n, const struct people *people, struct arena *arena,
                   struct market_outcome *outcome)
{
    outcome->proposals = arena_calloc(arena, n, sizeof *outcome->proposals);
    qsort(candidates, n, sizeof *candidates, most_gainful_first);
    for (size_t i = 0; i < n; i++) {
        const struct clearing_proposal *proposal = &candidates[i].proposal;
        int *seller = room_of(people, proposal->seller), *buyer = room_of(people, proposal->buyer);
        if (*seller <= 0 || *buyer <= 0)
            continue;
        --*seller;
        --*buyer;
        outcome->proposals[outcome->n++] = *proposal;
    }
}

static struct clearing_proposal propose(const struct clearing_order *lot, const struct clearing_order *request,
                                        int64_t quantity_milli)
{
    return (struct clearing_proposal){.sell_id = lot->id,
                                      .buy_id = request->id,
                                      .seller = lot->person_id,
                                      .buyer = request->person_id,
                                      .quantity_milli = quantity_milli,
                                      .sell_price = lot->price_low,
                                      .buy_price = request->price_high};
}

struct market_outcome market_deals(const struct market_rules *rules, const struct lexicon *lexicon,
                                   const struct clearing_book *book, const struct clearing_context *context,
                                   struct arena *arena)
{
    struct market_side lots = market_side_read(lexicon, book->lots, book->n_lots, true, context, arena),
                       requests = market_side_read(lexicon, book->requests, book->n_requests, false, context, arena);
    market_sides_complete(&lots, &requests, arena);
    struct clear_market market = {.lots = lots.orders,
                                  .requests = requests.orders,
                                  .n_lots = lots.n,
                                  .n_requests = requests.n,
                                  .carriage = carriage_between(rules, context, arena),
                                  .n_places = context->n_places,
                                  .fits = fitting(&lots, &requests, arena),
                                  .n_request_kinds = requests.n_kinds};
    bar(&market, &lots, &requests, context, arena);
    struct clear_result cleared = clear_market(&market, PIVOTS_EACH * (lots.n + requests.n), arena);
    struct market_outcome outcome = {.lots = lots.n, .requests = requests.n, .optimal = cleared.optimal};
    struct candidate *candidates = arena_calloc(arena, cleared.n_deals, sizeof *candidates);
    size_t n = 0;
    for (size_t i = 0; i < cleared.n_deals; i++) {
        const struct clear_deal *deal = &cleared.deals[i];
        const struct clearing_order *lot = lots.listings[deal->lot], *request = requests.listings[deal->request];
        candidates[n].proposal = propose(lot, request, deal->quantity);
        candidates[n].gain = (int64_t)((__int128)deal->quantity * deal->gain / (1000 * MONEY_SCALE));
        if (candidates[n].gain >= rules->least_gain &&
            set_price(&candidates[n].proposal, rules, lexicon, lot, request, lots.orders[deal->lot].limit, deal->gain))
            n++;
    }
    struct people people = people_of(book, arena);
    choose(candidates, n, &people, arena, &outcome);
    outcome.left_out = cleared.n_deals - outcome.n;
    return outcome;
}
