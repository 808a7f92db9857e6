/* SPDX-License-Identifier: Apache-2.0
 *
 * Small markets by hand; seeded ones against successive shortest paths, which is exact too but has nothing in common
 * with the simplex; and a large one, whose deals are proved the best by the worths that come with them.
 */
#include "smsd/market/clear.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define ENOUGH 1000000
#define DONG INT64_C(1000) /* money is thousandths of a dong, as in the job */

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- simulated markets ---- */

static uint64_t seed;

/* xorshift64: 0 <= number < n */
static uint32_t chance(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 11) % n);
}

enum { PLACES = 120, LOT_KINDS = 3, REQUEST_KINDS = 2 };

/* Of three kinds of lots, two are what the second kind of request asks for. */
static const bool fits[LOT_KINDS * REQUEST_KINDS] = {true, false, true, true, true, true};

static struct clear_order some_order(int64_t person, bool buys)
{
    day_t from = (day_t)chance(20);
    return (struct clear_order){.quantity = (1 + chance(30)) * (buys ? 500000 : 100000), /* many are equal */
                                .limit = (7500 + 50 * chance(30)) * DONG,
                                .person = person,
                                .place = chance(PLACES),
                                .kind = chance(buys ? REQUEST_KINDS : LOT_KINDS),
                                .from = from,
                                .until = from + 14};
}

/* Places on a square of 80 km, 2,500 dong a tonne and kilometre. */
static const int64_t *some_carriage(void)
{
    int64_t *carriage = arena_calloc(arena, (size_t)PLACES * PLACES, sizeof *carriage);
    uint32_t x[PLACES], y[PLACES];
    for (int i = 0; i < PLACES; i++) {
        x[i] = chance(80000);
        y[i] = chance(80000);
    }
    for (int i = 0; i < PLACES; i++)
        for (int j = 0; j < PLACES; j++) {
            int64_t metres = llabs((int64_t)x[i] - x[j]) + llabs((int64_t)y[i] - y[j]);
            carriage[i * PLACES + j] = metres > 100000 ? CLEAR_TOO_FAR : 2500 * metres / 1000;
        }
    return carriage;
}

static struct clear_market some_market(uint64_t number, size_t n_lots, size_t n_requests, bool barring)
{
    seed = number * 0x9E3779B97F4A7C15 + 1;
    struct clear_order *lots = arena_calloc(arena, n_lots, sizeof *lots),
                       *requests = arena_calloc(arena, n_requests, sizeof *requests);
    struct clear_pair *pairs = arena_calloc(arena, n_lots, sizeof *pairs);
    for (size_t i = 0; i < n_lots; i++) {
        lots[i] = some_order(1 + chance((uint32_t)n_lots), false);
        pairs[i] = (struct clear_pair){(uint32_t)i, chance((uint32_t)n_requests)};
    }
    for (size_t j = 0; j < n_requests; j++)
        requests[j] = some_order(1 + chance((uint32_t)n_lots), true);
    return (struct clear_market){lots,   requests, n_lots,        n_requests, some_carriage(),
                                 PLACES, fits,     REQUEST_KINDS, pairs,      barring ? n_lots : 0};
}

/* ---- judges ---- */

/* Thousandths of units times thousandths of a dong, so millionths. */
static __int128 gains(const struct clear_result *result)
{
    __int128 sum = 0;
    for (size_t d = 0; d < result->n_deals; d++)
        sum += (__int128)result->deals[d].quantity * result->deals[d].gain;
    return sum;
}

static void assert_possible(const struct clear_market *market, const struct clear_result *result)
{
    int64_t *sold = arena_calloc(arena, market->n_lots, sizeof *sold),
            *bought = arena_calloc(arena, market->n_requests, sizeof *bought), gain;
    for (size_t d = 0; d < result->n_deals; d++) {
        const struct clear_deal *deal = &result->deals[d];
        assert_true(clear_gain(market, deal->lot, deal->request, &gain));
        assert_true(gain == deal->gain && gain > 0 && deal->quantity > 0);
        assert_true((sold[deal->lot] += deal->quantity) <= market->lots[deal->lot].quantity);
        assert_true((bought[deal->request] += deal->quantity) <= market->requests[deal->request].quantity);
    }
}

/* No assignment gains more than what the orders are worth, if no pair gains more than its two worths. */
static __int128 bound(const struct clear_market *market, const struct clear_result *result)
{
    __int128 sum = 0;
    int64_t gain;
    for (uint32_t i = 0; i < market->n_lots; i++) {
        assert_true(result->lot_worth[i] >= 0);
        sum += (__int128)market->lots[i].quantity * result->lot_worth[i];
        for (uint32_t j = 0; j < market->n_requests; j++)
            if (clear_gain(market, i, j, &gain))
                assert_true(gain <= result->lot_worth[i] + result->request_worth[j]);
    }
    for (uint32_t j = 0; j < market->n_requests; j++) {
        assert_true(result->request_worth[j] >= 0);
        sum += (__int128)market->requests[j].quantity * result->request_worth[j];
    }
    return sum;
}

/* Successive shortest paths (Bellman and Ford's) through the whole graph, from a source over lots and requests to a
 * sink. */
struct paths {
    const struct clear_market *market;
    int64_t *left, *carried; /* of each order, lots first; of each pair */
    int64_t *loss;           /* the least on the way to each order */
    uint32_t *from;
    bool *queued;
};

static void relax(struct paths *paths, uint32_t from, uint32_t to, int64_t loss, uint32_t *queue, size_t *tail,
                  size_t n)
{
    if (paths->loss[from] + loss >= paths->loss[to])
        return;
    paths->loss[to] = paths->loss[from] + loss;
    paths->from[to] = from;
    if (!paths->queued[to]) {
        paths->queued[to] = true;
        queue[(*tail)++ % n] = to;
    }
}

static void shortest(struct paths *paths)
{
    uint32_t n_lots = (uint32_t)paths->market->n_lots, n = n_lots + (uint32_t)paths->market->n_requests;
    uint32_t *queue = arena_calloc(arena, n, sizeof *queue);
    size_t head = 0, tail = 0;
    for (uint32_t i = 0; i < n; i++) {
        paths->from[i] = UINT32_MAX;
        paths->loss[i] = i < n_lots && paths->left[i] ? 0 : INT64_MAX / 4;
        paths->queued[i] = paths->loss[i] == 0;
        if (paths->queued[i])
            queue[tail++ % n] = i;
    }
    while (head != tail) {
        uint32_t at = queue[head++ % n];
        paths->queued[at] = false;
        for (uint32_t other = at < n_lots ? n_lots : 0; other < (at < n_lots ? n : n_lots); other++) {
            uint32_t lot = at < n_lots ? at : other, request = (at < n_lots ? other : at) - n_lots;
            int64_t gain;
            if (!clear_gain(paths->market, lot, request, &gain))
                continue;
            if (at < n_lots)
                relax(paths, at, other, -gain, queue, &tail, n);
            else if (paths->carried[lot * paths->market->n_requests + request])
                relax(paths, at, other, gain, queue, &tail, n);
        }
    }
}

/* The pair that a step of a path uses; forward when it goes from a lot to a request. */
static int64_t *step(const struct paths *paths, uint32_t from, uint32_t to, bool *forward_r)
{
    uint32_t n_lots = (uint32_t)paths->market->n_lots;
    *forward_r = from < n_lots;
    return &paths->carried[(*forward_r ? from : to) * paths->market->n_requests + (*forward_r ? to : from) - n_lots];
}

static __int128 exact_gains(const struct clear_market *market)
{
    size_t n = market->n_lots + market->n_requests;
    struct paths paths = {market,
                          arena_calloc(arena, n, sizeof(int64_t)),
                          arena_calloc(arena, market->n_lots * market->n_requests, sizeof(int64_t)),
                          arena_calloc(arena, n, sizeof(int64_t)),
                          arena_calloc(arena, n, sizeof(uint32_t)),
                          arena_calloc(arena, n, sizeof(bool))};
    __int128 sum = 0;
    bool forward;
    for (size_t i = 0; i < n; i++)
        paths.left[i] = i < market->n_lots ? market->lots[i].quantity : market->requests[i - market->n_lots].quantity;
    while (true) {
        size_t end = market->n_lots;
        shortest(&paths);
        for (size_t j = market->n_lots; j < n; j++)
            if (paths.left[j] && (paths.left[end] == 0 || paths.loss[j] < paths.loss[end]))
                end = j;
        if (!paths.left[end] || paths.loss[end] >= 0)
            return sum;
        int64_t amount = paths.left[end];
        uint32_t at = (uint32_t)end;
        for (; paths.from[at] != UINT32_MAX; at = paths.from[at]) {
            const int64_t *carried = step(&paths, paths.from[at], at, &forward);
            amount = forward || *carried > amount ? amount : *carried;
        }
        amount = paths.left[at] < amount ? paths.left[at] : amount;
        paths.left[at] -= amount;
        paths.left[end] -= amount;
        for (at = (uint32_t)end; paths.from[at] != UINT32_MAX; at = paths.from[at]) {
            int64_t *carried = step(&paths, paths.from[at], at, &forward);
            *carried += forward ? amount : -amount;
        }
        sum += (__int128)amount * -paths.loss[end];
    }
}

/* ---- by hand ---- */

static const int64_t far_apart[4] = {0, 300, 300, 0};
static const bool one_kind = true;

static struct clear_result clear(const struct clear_order *lots, size_t n_lots, const struct clear_order *requests,
                                 size_t n_requests)
{
    struct clear_market market = {lots, requests, n_lots, n_requests, far_apart, 2, &one_kind, 1, NULL, 0};
    struct clear_result result = clear_market(&market, ENOUGH, arena);
    assert_possible(&market, &result);
    assert_true(result.optimal && gains(&result) == bound(&market, &result));
    return result;
}

static void a_lot_goes_to_who_pays_more_and_the_rest_to_the_next(void **state)
{
    (void)state;
    const struct clear_order lots[] = {{2000, 8000, 1, 0, 0, 0, 9}};
    const struct clear_order requests[] = {{5000, 8100, 2, 0, 0, 0, 9}, {500, 8500, 3, 0, 0, 0, 9}};
    struct clear_result result = clear(lots, 1, requests, 2);
    assert_int_equal(result.n_deals, 2);
    assert_int_equal(result.deals[0].request, 0);
    assert_int_equal(result.deals[0].quantity, 1500);
    assert_int_equal(result.deals[0].gain, 100);
    assert_int_equal(result.deals[1].quantity, 500);
    assert_int_equal(result.deals[1].gain, 500);
}

static void what_the_way_eats_up_is_no_deal(void **state)
{
    (void)state;
    const struct clear_order lots[] = {{1000, 8000, 1, 0, 0, 0, 9}};
    const struct clear_order near_or_far[] = {{1000, 8200, 2, 0, 0, 0, 9}, {1000, 8400, 3, 1, 0, 0, 9}};
    struct clear_result result = clear(lots, 1, near_or_far, 2);
    assert_int_equal(result.n_deals, 1);
    assert_int_equal(result.deals[0].request, 0);
    const struct clear_order too_far[] = {{1000, 8300, 2, 1, 0, 0, 9}}; /* it gains nothing */
    assert_int_equal(clear(lots, 1, too_far, 1).n_deals, 0);
}

/* The best pair alone gains 500; without it the two others gain 450 and 400. */
static void the_best_pair_gives_way_to_two_good_ones(void **state)
{
    (void)state;
    const struct clear_order lots[] = {{1000, 8000, 1, 0, 0, 0, 9}, {1000, 8100, 2, 0, 0, 5, 9}};
    const struct clear_order requests[] = {{1000, 8500, 3, 0, 0, 0, 9}, {1000, 8450, 4, 0, 0, 0, 4}};
    struct clear_result result = clear(lots, 2, requests, 2);
    assert_int_equal(result.n_deals, 2);
    assert_true(gains(&result) == (450 + 400) * 1000);
}

static void nobody_trades_with_himself_out_of_time_or_in_other_goods(void **state)
{
    (void)state;
    const struct clear_order lots[] = {{1000, 8000, 1, 0, 0, 0, 9}};
    assert_int_equal(clear(lots, 1, &(struct clear_order){1000, 9000, 1, 0, 0, 0, 9}, 1).n_deals, 0);
    assert_int_equal(clear(lots, 1, &(struct clear_order){1000, 9000, 2, 0, 0, 10, 19}, 1).n_deals, 0);
    assert_int_equal(clear(lots, 1, &(struct clear_order){1000, 9000, 2, 0, 0, 9, 19}, 1).n_deals, 1);
    assert_int_equal(clear(lots, 1, &(struct clear_order){1000, 9000, 2, 0, 0, -9, -1}, 1).n_deals, 0);
    struct clear_market other = {
        lots, &(struct clear_order){1000, 9000, 2, 0, 0, 0, 9}, 1, 1, far_apart, 2, &(bool){false}, 1, NULL, 0};
    assert_int_equal(clear_market(&other, ENOUGH, arena).n_deals, 0);
}

static void a_barred_pair_is_left_apart(void **state)
{
    (void)state;
    const struct clear_order lots[] = {{1000, 8000, 1, 0, 0, 0, 9}, {1000, 8100, 2, 0, 0, 0, 9}};
    const struct clear_order requests[] = {{1000, 9000, 3, 0, 0, 0, 9}};
    struct clear_market market = {lots, requests, 2, 1, far_apart, 2, &one_kind, 1, &(struct clear_pair){0, 0}, 1};
    struct clear_result result = clear_market(&market, ENOUGH, arena);
    assert_int_equal(result.n_deals, 1);
    assert_int_equal(result.deals[0].lot, 1);
}

static void an_empty_side_is_no_market(void **state)
{
    (void)state;
    const struct clear_order one = {1000, 8000, 1, 0, 0, 0, 9};
    assert_int_equal(clear(&one, 1, NULL, 0).n_deals, 0);
    assert_int_equal(clear(NULL, 0, &one, 1).n_deals, 0);
}

/* ---- by seed ---- */

static void three_markets_are_cleared_as_by_the_exact_judge(void **state)
{
    (void)state;
    for (uint64_t number = 1; number <= 3; number++) {
        struct clear_market market = some_market(number, 120, 40, true);
        struct clear_result result = clear_market(&market, ENOUGH, arena);
        __int128 exact = exact_gains(&market);
        assert_possible(&market, &result);
        assert_true(result.optimal && exact > 0);
        if (gains(&result) != exact)
            fail_msg("market %d: %lld of %lld", (int)number, (long long)(gains(&result) / 1000000),
                     (long long)(exact / 1000000));
        arena_reset(arena);
    }
}

static void a_large_market_is_cleared_in_seconds_and_proved(void **state)
{
    (void)state;
    struct clear_market market = some_market(4, 10000, 2000, false);
    struct timespec start, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    struct clear_result result = clear_market(&market, ENOUGH, arena);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    print_message("10000 lots x 2000 requests: %.1f s of processor time, %zu pivots, %zu deals\n", seconds,
                  result.pivots, result.n_deals);
    assert_possible(&market, &result);
    assert_true(result.optimal && gains(&result) == bound(&market, &result));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (!getenv("RUNNER")) /* nor under valgrind */
        assert_true(seconds < 10);
#endif
}

static void what_is_cut_short_is_still_possible(void **state)
{
    (void)state;
    struct clear_market market = some_market(5, 200, 60, false);
    struct clear_result result = clear_market(&market, 50, arena);
    assert_possible(&market, &result);
    assert_false(result.optimal);
    assert_int_equal(result.pivots, 50);
    assert_true(gains(&result) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lot_goes_to_who_pays_more_and_the_rest_to_the_next),
        cmocka_unit_test(what_the_way_eats_up_is_no_deal),
        cmocka_unit_test(the_best_pair_gives_way_to_two_good_ones),
        cmocka_unit_test(nobody_trades_with_himself_out_of_time_or_in_other_goods),
        cmocka_unit_test(a_barred_pair_is_left_apart),
        cmocka_unit_test(an_empty_side_is_no_market),
        cmocka_unit_test(three_markets_are_cleared_as_by_the_exact_judge),
        cmocka_unit_test(a_large_market_is_cleared_in_seconds_and_proved),
        cmocka_unit_test(what_is_cut_short_is_still_possible),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
