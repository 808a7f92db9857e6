/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MILLION 1000000

int64_t match_price(int64_t price, const struct unit *unit)
{
    if (!unit || unit->factor_milli == 0 || price > INT64_MAX / MILLION)
        return 0;
    return price * MILLION / unit->factor_milli;
}

/* ---- does it fit? ---- */

/* What an offer asks at least, what a request pays at most; 0 = to be agreed. */
static int64_t limit_of(char side, int64_t low, int64_t high)
{
    int64_t first = side == 's' ? low : high;
    return first ? first : side == 's' ? high : low;
}

static bool are_comparable(const struct unit *a, const struct unit *b)
{
    return a && b && strcmp(a->base, b->base) == 0;
}

static bool price_fits(const struct wanted *wanted, const struct match *match)
{
    int64_t mine = match_price(limit_of(wanted->side, wanted->price_low, wanted->price_high), wanted->price_unit);
    if (!mine || !match->price || !are_comparable(wanted->price_unit, match->price_unit))
        return true;
    return wanted->side == 's' ? match->price >= mine : match->price <= mine;
}

/* "30-40" and "35": sizes are numbers or ranges of them; other words must be the same. */
static bool size_fits(const char *a, const char *b)
{
    int a_low, a_high, b_low, b_high;
    if (!*a || !*b || strcmp(a, b) == 0)
        return true;
    int n = sscanf(a, "%d-%d", &a_low, &a_high), m = sscanf(b, "%d-%d", &b_low, &b_high);
    if (n < 1 || m < 1)
        return false;
    a_high = n == 2 ? a_high : a_low;
    b_high = m == 2 ? b_high : b_low;
    return a_low <= b_high && b_low <= a_high;
}

static bool word_fits(const char *a, const char *b)
{
    return !*a || !*b || strcmp(a, b) == 0;
}

/* Is there a day on which both stand and the goods are there? */
static bool days_fit(const struct wanted *wanted, const struct lot *lot)
{
    return (wanted->ready == DAY_NONE || wanted->ready <= lot->until) &&
           (lot->ready == DAY_NONE || lot->ready <= wanted->until);
}

static bool fits(const struct wanted *wanted, const struct match *match)
{
    const struct lot *lot = match->lot;
    return match->commodity && match->place && lot->person_id != wanted->person_id && price_fits(wanted, match) &&
           days_fit(wanted, lot) && size_fits(wanted->size, lot->size) && word_fits(wanted->grade, lot->grade) &&
           word_fits(wanted->state, lot->state);
}

/* ---- in which order ---- */

static enum nearness nearness_of(const struct place *mine, const struct place *theirs, enum lot_step step)
{
    static const enum nearness by_step[] = {
        [LOT_DISTRICT] = NEAR_DISTRICT, [LOT_PROVINCE] = NEAR_PROVINCE, [LOT_LINKED] = NEAR_LINKED};
    return place_within(theirs, mine) ? NEAR_HERE : by_step[step];
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Prices that are to be agreed come last. The larger lot, then the older one, breaks a tie. */
static int compare(const void *one, const void *other)
{
    const struct match *a = one, *b = other;
    int by_nearness = order(a->nearness, b->nearness), by_agreed = order(!a->price, !b->price),
        by_price = order(a->price, b->price), by_quantity = order(b->lot->quantity_milli, a->lot->quantity_milli);
    return by_nearness   ? by_nearness
           : by_agreed   ? by_agreed
           : by_price    ? by_price
           : by_quantity ? by_quantity
                         : order(a->lot->id, b->lot->id);
}

static int compare_bids(const void *one, const void *other)
{
    struct match a = *(const struct match *)one, b = *(const struct match *)other;
    a.price = -a.price;
    b.price = -b.price;
    return compare(&a, &b);
}

static struct match match_of(const struct lexicon *lexicon, const struct wanted *wanted, const struct lot *lot)
{
    char other = wanted->side == 's' ? 'b' : 's';
    struct match match = {.lot = lot,
                          .commodity = lexicon_commodity(lexicon, lot->commodity),
                          .place = lexicon_place(lexicon, lot->place),
                          .price_unit = *lot->price_unit ? lexicon_unit(lexicon, lot->price_unit) : NULL};
    match.price = match_price(limit_of(other, lot->price_low, lot->price_high), match.price_unit);
    if (match.place)
        match.nearness = nearness_of(wanted->place, match.place, lot->step);
    return match;
}

size_t match_lots(const struct lexicon *lexicon, const struct wanted *wanted, const struct lot *lots, size_t n,
                  struct match *matches_r)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        matches_r[found] = match_of(lexicon, wanted, &lots[i]);
        found += fits(wanted, &matches_r[found]);
    }
    qsort(matches_r, found, sizeof *matches_r, wanted->side == 's' ? compare_bids : compare);
    return found;
}

struct wanted wanted_of(char side, int64_t person_id, const struct read_item *item, const struct place *place,
                        day_t until)
{
    struct wanted wanted = {.side = side,
                            .person_id = person_id,
                            .commodity = item->commodity,
                            .place = place,
                            .base_unit = "",
                            .price_low = item->price_low,
                            .price_high = item->price_high,
                            .price_unit = item->price_unit,
                            .ready = item->ready,
                            .until = until,
                            .size = item->size,
                            .grade = item->grade,
                            .state = item->state};
    item_base_quantity(item, &wanted.quantity_milli, &wanted.base_unit);
    return wanted;
}

struct wanted wanted_by(const struct lexicon *lexicon, const struct listing_facts *listing)
{
    return (struct wanted){.side = listing->side,
                           .person_id = listing->person_id,
                           .commodity = lexicon_commodity(lexicon, listing->commodity),
                           .place = lexicon_place(lexicon, listing->place),
                           .quantity_milli = listing->quantity_milli,
                           .base_unit = listing->base_unit,
                           .price_low = listing->price_low,
                           .price_high = listing->price_high,
                           .price_unit = lexicon_unit(lexicon, listing->price_unit),
                           .ready = listing->ready,
                           .until = listing->until,
                           .size = listing->size,
                           .grade = listing->grade,
                           .state = listing->state_of_goods};
}
