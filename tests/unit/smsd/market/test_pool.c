/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "smsd/market/pool.h"
#include "tests/unit/smsd/market/market_fixture.h"

static struct match matches[LOTS_MAX];

static struct pool pool_of(const struct wanted *wanted, const struct lot *lots, size_t n)
{
    return pool_lots(wanted, matches, match_lots(lexicon, wanted, lots, n, matches));
}

/* "3:2000 1:500": ids and the kilograms taken, the cheapest first. */
static const char *told(const struct pool *pool)
{
    const char *text = "";
    for (size_t i = 0; i < pool->n; i++)
        text = arena_printf(arena, "%s%s%d:%d", text, i ? " " : "", (int)pool->shares[i].match->lot->id,
                            (int)(pool->shares[i].quantity_milli / 1000));
    return text;
}

static void small_lots_make_a_large_one(void **state)
{
    (void)state;
    struct lot lots[] = {lot(1, CAU_KE_TOWN, LOT_DISTRICT, 8500), lot(2, HOA_AN, LOT_DISTRICT, 8200),
                         lot(3, HOA_AN, LOT_DISTRICT, 8300), lot(4, CHAU_DIEN, LOT_DISTRICT, 8600),
                         lot(5, CANG_LONG_TOWN, LOT_PROVINCE, 7000)};
    lots[2].person_id = lots[1].person_id;
    struct wanted wanted = buyer_of(5000);
    struct pool pool = pool_of(&wanted, lots, 5);
    assert_string_equal(told(&pool), "2:2000 3:2000 1:1000"); /* the cheaper one elsewhere is not needed */
    assert_true(pool.enough);
    assert_int_equal(pool.people, 2);
    assert_int_equal(pool.communes, 2);
    assert_int_equal(pool.low->price, 8200 * 1000);
    assert_int_equal(pool.high->price, 8500 * 1000);
}

static void the_circle_grows_until_there_is_enough(void **state)
{
    (void)state;
    struct lot lots[] = {lot(1, CAU_KE_TOWN, LOT_DISTRICT, 8500), lot(2, HOA_AN, LOT_DISTRICT, 8200),
                         lot(3, CANG_LONG_TOWN, LOT_PROVINCE, 8000), lot(4, HA_TIEN, LOT_LINKED, 7000),
                         lot(5, HOA_AN, LOT_DISTRICT, 0)};
    struct wanted wanted = buyer_of(7000);
    struct pool pool = pool_of(&wanted, lots, 5);
    assert_string_equal(told(&pool), "3:2000 2:2000 1:2000 5:1000"); /* what is to be agreed comes last */
    wanted = buyer_of(9000);
    pool = pool_of(&wanted, lots, 5);
    assert_string_equal(told(&pool), "4:2000 3:2000 2:2000 1:2000 5:1000");
    wanted = buyer_of(50000);
    pool = pool_of(&wanted, lots, 5);
    assert_int_equal(pool.n, 5);
    assert_false(pool.enough);
    assert_int_equal(pool.quantity_milli, 10000 * 1000);
}

/* Sacks that nobody can weigh, and pieces, do not add up with kilograms. */
static void what_cannot_be_added_up_is_left_out(void **state)
{
    (void)state;
    struct lot lots[] = {lot(1, HOA_AN, LOT_DISTRICT, 8200), lot(2, HOA_AN, LOT_DISTRICT, 8200),
                         lot(3, HOA_AN, LOT_DISTRICT, 8300)};
    lots[0].quantity_milli = 0;
    lots[1].base_unit = "PIECE";
    struct wanted wanted = buyer_of(5000);
    struct pool pool = pool_of(&wanted, lots, 3);
    assert_string_equal(told(&pool), "3:2000");
    assert_null(pool_single(&wanted, matches, 3));
    wanted = buyer_of(2000);
    assert_int_equal(pool_single(&wanted, matches, 3)->lot->id, 3);
}

/* What these lots cost when they are taken whole but for the dearest, which gives what is left; -1 when they are too
 * few, or when one of them is not needed. */
static int64_t cost_of(unsigned set, size_t n, int64_t wanted_milli)
{
    int64_t cost = 0, sum = 0;
    const struct match *dearest = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct match *match = &matches[i];
        if (!(set >> i & 1))
            continue;
        cost += match->price * (match->lot->quantity_milli / 1000);
        sum += match->lot->quantity_milli;
        bool larger = dearest && match->lot->quantity_milli > dearest->lot->quantity_milli;
        if (!dearest || match->price > dearest->price || (match->price == dearest->price && larger))
            dearest = match;
    }
    int64_t over = sum - wanted_milli;
    return over < 0 || over >= dearest->lot->quantity_milli ? -1 : cost - dearest->price * (over / 1000);
}

static int64_t cost_of_pool(const struct pool *pool)
{
    int64_t cost = 0;
    for (size_t i = 0; i < pool->n; i++)
        cost += pool->shares[i].match->price * (pool->shares[i].quantity_milli / 1000);
    return cost;
}

/* No set of lots gives as much for less: all sets of twelve, three thousand times. */
static void no_other_set_costs_less(void **state)
{
    (void)state;
    enum { LOTS = 12 };
    unsigned seed = 20261122;
    for (int round = 0; round < 3000; round++) {
        struct lot lots[LOTS];
        int64_t there = 0, least = INT64_MAX;
        size_t n = 2 + (size_t)rand_r(&seed) % (LOTS - 1);
        for (size_t i = 0; i < n; i++) {
            lots[i] = lot((int)i, HOA_AN, LOT_DISTRICT, 8000 + rand_r(&seed) % 8 * 100);
            lots[i].quantity_milli = (1 + rand_r(&seed) % 6) * 500000LL;
            there += lots[i].quantity_milli;
        }
        struct wanted wanted = buyer_of((1 + rand_r(&seed) % (int)(there / 100000)) * 100LL);
        struct pool pool = pool_of(&wanted, lots, n);
        assert_true(pool.enough);
        assert_int_equal(pool.quantity_milli, wanted.quantity_milli);
        for (unsigned set = 1; set < 1u << n; set++) {
            int64_t cost = cost_of(set, n, wanted.quantity_milli);
            least = cost >= 0 && cost < least ? cost : least;
        }
        assert_int_equal(cost_of_pool(&pool), least);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_lots_make_a_large_one),
        cmocka_unit_test(the_circle_grows_until_there_is_enough),
        cmocka_unit_test(what_cannot_be_added_up_is_left_out),
        cmocka_unit_test(no_other_set_costs_less),
    };
    return cmocka_run_group_tests(tests, market_setup, market_teardown);
}
