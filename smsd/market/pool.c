/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/pool.h"

#include <stdlib.h>
#include <string.h>

/* ---- what may go into a pool ---- */

static bool is_poolable(const struct wanted *wanted, const struct match *match)
{
    return match->lot->quantity_milli > 0 && strcmp(match->lot->base_unit, wanted->base_unit) == 0;
}

/* The nearest circle that holds enough; all there is when none does. */
static enum nearness circle_of(const struct wanted *wanted, const struct match *matches, size_t n)
{
    for (enum nearness circle = NEAR_DISTRICT; circle < NEAR_LINKED; circle++) {
        int64_t sum = 0;
        for (size_t i = 0; i < n && sum < wanted->quantity_milli; i++)
            if (matches[i].nearness <= circle && is_poolable(wanted, &matches[i]))
                sum += matches[i].lot->quantity_milli;
        if (sum >= wanted->quantity_milli)
            return circle;
    }
    return NEAR_LINKED;
}

/* The cheapest first; what is to be agreed last; then whatever lies nearer and gives more. */
static int by_price(const void *one, const void *other)
{
    const struct match *a = ((const struct share *)one)->match, *b = ((const struct share *)other)->match;
    if (!a->price != !b->price)
        return !a->price - !b->price;
    if (a->price != b->price)
        return a->price < b->price ? -1 : 1;
    if (a->lot->quantity_milli != b->lot->quantity_milli)
        return a->lot->quantity_milli > b->lot->quantity_milli ? -1 : 1;
    return a->nearness != b->nearness ? (int)a->nearness - (int)b->nearness : a->lot->id < b->lot->id ? -1 : 1;
}

/* ---- what is said of it ---- */

static bool is_first_person(const struct pool *pool, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (pool->shares[k].match->lot->person_id == pool->shares[i].match->lot->person_id)
            return false;
    return true;
}

static bool is_first_place(const struct pool *pool, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (pool->shares[k].match->place == pool->shares[i].match->place)
            return false;
    return true;
}

static void describe(struct pool *pool)
{
    for (size_t i = 0; i < pool->n; i++) {
        const struct match *match = pool->shares[i].match;
        pool->people += is_first_person(pool, i);
        pool->communes += is_first_place(pool, i);
        if (!match->price)
            continue;
        pool->low = pool->low ? pool->low : match;
        pool->high = match;
    }
}

struct pool pool_lots(const struct wanted *wanted, const struct match *matches, size_t n)
{
    struct pool pool = {0};
    enum nearness circle = circle_of(wanted, matches, n);
    size_t candidates = 0;
    for (size_t i = 0; i < n && candidates < LOTS_MAX; i++)
        if (matches[i].nearness <= circle && is_poolable(wanted, &matches[i]))
            pool.shares[candidates++].match = &matches[i];
    qsort(pool.shares, candidates, sizeof *pool.shares, by_price);
    for (; pool.n < candidates && pool.quantity_milli < wanted->quantity_milli; pool.n++) {
        struct share *share = &pool.shares[pool.n];
        int64_t missing = wanted->quantity_milli - pool.quantity_milli, there = share->match->lot->quantity_milli;
        share->quantity_milli = there < missing ? there : missing;
        pool.quantity_milli += share->quantity_milli;
    }
    pool.enough = pool.quantity_milli >= wanted->quantity_milli;
    describe(&pool);
    return pool;
}

const struct match *pool_single(const struct wanted *wanted, const struct match *matches, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_poolable(wanted, &matches[i]) && matches[i].lot->quantity_milli >= wanted->quantity_milli)
            return &matches[i];
    return NULL;
}
