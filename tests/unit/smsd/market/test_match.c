/* SPDX-License-Identifier: Apache-2.0
 *
 * Which lots fit and in which order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "smsd/market/pool.h"
#include "tests/unit/smsd/market/market_fixture.h"

/* "3 1 2": the ids of those that fit, best first. */
static const char *order_of(const struct wanted *wanted, const struct lot *lots, size_t n)
{
    struct match matches[LOTS_MAX];
    size_t found = match_lots(lexicon, wanted, lots, n, matches);
    const char *text = "";
    for (size_t i = 0; i < found; i++)
        text = arena_printf(arena, "%s%s%d", text, i ? " " : "", (int)matches[i].lot->id);
    return text;
}

static void the_nearer_comes_first_then_the_better_price(void **state)
{
    (void)state;
    struct lot lots[] = {lot(1, CANG_LONG_TOWN, LOT_PROVINCE, 7000),
                         lot(2, HOA_AN, LOT_DISTRICT, 8500),
                         lot(3, HOA_AN, LOT_DISTRICT, 8400),
                         lot(4, CAU_KE_TOWN, LOT_DISTRICT, 9000),
                         lot(5, HOA_AN, LOT_DISTRICT, 0),
                         lot(6, HA_TIEN, LOT_LINKED, 6000),
                         lot(7, HOA_AN, LOT_DISTRICT, 8400)};
    lots[6].quantity_milli = 5000 * 1000; /* more for the same price */
    struct wanted wanted = buyer_of(20000);
    assert_string_equal(order_of(&wanted, lots, 7), "4 7 3 2 5 1 6");
    wanted.place = lexicon_place(lexicon, CAU_KE); /* the whole district */
    assert_string_equal(order_of(&wanted, lots, 7), "7 3 2 4 5 1 6");
    struct lot turned[7];
    for (size_t i = 0; i < 7; i++)
        turned[i] = lots[6 - i];
    assert_string_equal(order_of(&wanted, turned, 7), "7 3 2 4 5 1 6");
    wanted.side = 's'; /* who pays most */
    assert_string_equal(order_of(&wanted, lots, 7), "4 2 7 3 5 1 6");
}

/* One of each kind, and whether it fits whoever wants it at the given terms. */
static void what_does_not_fit_is_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        int64_t low, high; /* of the wish */
        int64_t theirs_low, theirs_high;
        const char *size, *theirs_size, *grade, *theirs_grade;
        day_t ready, theirs_ready, theirs_until;
        bool fits;
    } cases[] = {
        {"no price on either side", 0, 0, 0, 0, "", "", "", "", DAY_NONE, DAY_NONE, 20014, true},
        {"dearer than the ceiling", 0, 8000, 8100, 8100, "", "", "", "", DAY_NONE, DAY_NONE, 20014, false},
        {"at the ceiling", 0, 8000, 8000, 8000, "", "", "", "", DAY_NONE, DAY_NONE, 20014, true},
        {"a range that begins below it", 7500, 8000, 7800, 8400, "", "", "", "", DAY_NONE, DAY_NONE, 20014, true},
        {"a price to be agreed", 0, 8000, 0, 0, "", "", "", "", DAY_NONE, DAY_NONE, 20014, true},
        {"another size", 0, 0, 0, 0, "50", "100", "", "", DAY_NONE, DAY_NONE, 20014, false},
        {"a size within the range", 0, 0, 0, 0, "50", "40-60", "", "", DAY_NONE, DAY_NONE, 20014, true},
        {"a size that was not said", 0, 0, 0, 0, "50", "", "", "", DAY_NONE, DAY_NONE, 20014, true},
        {"another grade", 0, 0, 0, 0, "", "", "1", "2", DAY_NONE, DAY_NONE, 20014, false},
        {"gone before it is wanted", 0, 0, 0, 0, "", "", "", "", 20010, DAY_NONE, 20009, false},
        {"there on its last day", 0, 0, 0, 0, "", "", "", "", 20010, DAY_NONE, 20010, true},
        {"ready when nobody wants it any more", 0, 0, 0, 0, "", "", "", "", DAY_NONE, 20015, 20030, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lot one = lot(1, CAU_KE_TOWN, LOT_DISTRICT, 0);
        struct wanted wanted = buyer_of(20000);
        wanted.price_low = cases[i].low;
        wanted.price_high = cases[i].high;
        wanted.price_unit = lexicon_unit(lexicon, "KG");
        wanted.size = cases[i].size;
        wanted.grade = cases[i].grade;
        wanted.ready = cases[i].ready;
        one.price_low = cases[i].theirs_low;
        one.price_high = cases[i].theirs_high;
        one.price_unit = "KG";
        one.size = cases[i].theirs_size;
        one.grade = cases[i].theirs_grade;
        one.ready = cases[i].theirs_ready;
        one.until = cases[i].theirs_until;
        if ((*order_of(&wanted, &one, 1) != 0) != cases[i].fits)
            fail_msg("%s", cases[i].why);
    }
}

static void ones_own_and_what_nobody_knows_are_left_out(void **state)
{
    (void)state;
    struct lot lots[] = {lot(1, CAU_KE_TOWN, LOT_DISTRICT, 8000), lot(2, "NOWHERE", LOT_DISTRICT, 8000),
                         lot(3, CAU_KE_TOWN, LOT_DISTRICT, 8000)};
    struct wanted wanted = buyer_of(20000);
    lots[0].person_id = wanted.person_id;
    assert_string_equal(order_of(&wanted, lots, 3), "3");
}

/* 8,400,000 a tonne is less than 8,500 a kilogram; a price by the piece is not compared with one by weight. */
static void prices_are_compared_in_one_unit(void **state)
{
    (void)state;
    struct lot lots[] = {lot(1, CAU_KE_TOWN, LOT_DISTRICT, 8500), lot(2, CAU_KE_TOWN, LOT_DISTRICT, 8400000),
                         lot(3, CAU_KE_TOWN, LOT_DISTRICT, 90000)};
    lots[1].price_unit = "TAN";
    lots[2].price_unit = "CAI";
    struct wanted wanted = buyer_of(20000);
    assert_string_equal(order_of(&wanted, lots, 3), "2 1 3");
    wanted.price_high = 8450;
    wanted.price_unit = lexicon_unit(lexicon, "KG");
    assert_string_equal(order_of(&wanted, lots, 3), "2 3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearer_comes_first_then_the_better_price),
        cmocka_unit_test(what_does_not_fit_is_left_out),
        cmocka_unit_test(ones_own_and_what_nobody_knows_are_left_out),
        cmocka_unit_test(prices_are_compared_in_one_unit),
    };
    return cmocka_run_group_tests(tests, market_setup, market_teardown);
}
