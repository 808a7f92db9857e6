/* SPDX-License-Identifier: Apache-2.0
 *
 * From listings to proposals: one offer and one request at a time, each rule of smsd/market/market.h.
 */
#include "smsd/market/market.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/parsers/tables.h"

static struct arena *arena;
static struct lexicon *lexicon;
static struct market_rules rules;

/* Cầu Kè and Tiểu Cần lie about 11 km apart as the crow flies, Hà Nội lies far away. */
static struct clearing_place places[] = {
    {"01", 20999200, 105699900}, {"845", 9871000, 106062000}, {"846", 9811000, 106147000}};

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1024 * 1024);
    lexicon = lexicon_of_files();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    lexicon_free(&lexicon);
    arena_free(&arena);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    arena_reset(arena);
    rules = (struct market_rules){.carriage = 2500, .reach_m = 100000, .least_gain = 20000, .price = MARKET_MIDDLE};
    return 0;
}

/* 2 t of OM18 at Cầu Kè for 8,000 a kilogram, and 5 t of paddy wanted there for 8,500. */
static struct clearing_order offer(void)
{
    return (struct clearing_order){.id = 1,
                                   .person_id = 1,
                                   .room = 3,
                                   .commodity = "LUA.OM18",
                                   .place = "845",
                                   .free_milli = 2000000,
                                   .whole_milli = 2000000,
                                   .entered_milli = 2000,
                                   .base_unit = "KG",
                                   .entered_unit = "TAN",
                                   .price_low = 8000,
                                   .price_high = 8000,
                                   .price_unit = "KG",
                                   .ready = DAY_NONE,
                                   .until = 20,
                                   .size = "",
                                   .grade = "",
                                   .state = ""};
}

static struct clearing_order request(void)
{
    struct clearing_order order = offer();
    order.id = 2;
    order.person_id = 2;
    order.commodity = "LUA";
    order.free_milli = order.whole_milli = 5000000;
    order.entered_milli = 5000;
    order.price_low = order.price_high = 8500;
    return order;
}

static struct market_outcome clear_all(const struct clearing_order *lots, size_t n_lots,
                                       const struct clearing_order *requests, size_t n_requests,
                                       const struct clearing_pair *barred, size_t n_barred)
{
    struct clearing_book book = {"LUA", arena_calloc(arena, n_lots, sizeof *lots),
                                 arena_calloc(arena, n_requests, sizeof *requests), n_lots, n_requests};
    struct clearing_context context = {places, sizeof places / sizeof *places, NULL, n_barred};
    memcpy(book.lots, lots, n_lots * sizeof *lots);
    memcpy(book.requests, requests, n_requests * sizeof *requests);
    context.barred = arena_calloc(arena, n_barred, sizeof *barred);
    if (n_barred)
        memcpy(context.barred, barred, n_barred * sizeof *barred);
    return market_deals(&rules, lexicon, &book, &context, arena);
}

/* The only proposal for the two; all zero when there is none. */
static struct clearing_proposal clear_two(struct clearing_order lot, struct clearing_order wanted)
{
    struct market_outcome outcome = clear_all(&lot, 1, &wanted, 1, NULL, 0);
    return outcome.n ? outcome.proposals[0] : (struct clearing_proposal){0};
}

static void the_price_is_in_the_middle_of_what_the_way_leaves(void **state)
{
    (void)state;
    struct clearing_proposal proposal = clear_two(offer(), request());
    assert_int_equal(proposal.price, 8250);
    assert_string_equal(proposal.price_unit, "KG");
    assert_int_equal(proposal.quantity_milli, 2000000);
    assert_int_equal(proposal.sell_price, 8000);
    assert_int_equal(proposal.buy_price, 8500);
    struct clearing_order there = request();
    there.place = "846"; /* 11.5 km, 15 km by the way there is: 38 đồng a kilogram */
    there.price_low = there.price_high = 8400;
    assert_int_equal(clear_two(offer(), there).price, 8200); /* 8.181: of 8.200 without the way */
}

/* Nobody says 8.541; but it is neither less than is asked nor more than is paid. */
static void the_price_is_one_that_people_say(void **state)
{
    (void)state;
    static const struct {
        int64_t ask, bid, price;
    } rows[] = {{8400, 8682, 8550},          {9100, 9404, 9250},
                {8000, 8500, 8250},          {450, 471, 460},
                {12300, 12561, 12400},       {20010, 20090, 20050},
                {125000, 130000, 128000},    {8260, 8280, 8270},
                {8275, 8345, 8300},          {8255, 8325, 8300},
                {8240, 8290, 8250},          {9990, 10060, 10000},
                {2000000, 2345678, 2170000}, {35000000, 36200000, 35600000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct clearing_order lot = offer(), wanted = request();
        lot.price_low = lot.price_high = rows[i].ask;
        wanted.price_low = wanted.price_high = rows[i].bid;
        assert_int_equal(clear_two(lot, wanted).price, rows[i].price);
    }
    rules.price = MARKET_ASK;
    struct clearing_order lot = offer();
    lot.price_low = lot.price_high = 8341; /* less is not asked */
    assert_int_equal(clear_two(lot, request()).price, 8350);
}

static void the_price_may_favour_either_side(void **state)
{
    (void)state;
    rules.price = MARKET_ASK;
    assert_int_equal(clear_two(offer(), request()).price, 8000);
    rules.price = MARKET_BID;
    assert_int_equal(clear_two(offer(), request()).price, 8500);
}

static void too_far_too_little_and_too_dear_is_no_deal(void **state)
{
    (void)state;
    struct clearing_order far = request(), dear = offer();
    far.place = "01";
    assert_int_equal(clear_two(offer(), far).price, 0);
    dear.price_low = dear.price_high = 8600;
    assert_int_equal(clear_two(dear, request()).price, 0);
    rules.least_gain = 2000 * 500;
    assert_int_equal(clear_two(offer(), request()).price, 8250);
    rules.least_gain++;
    assert_int_equal(clear_two(offer(), request()).price, 0);
}

static void who_is_nowhere_takes_no_part(void **state)
{
    (void)state;
    struct clearing_order nowhere = request();
    nowhere.place = "XX";
    assert_int_equal(clear_two(offer(), nowhere).price, 0);
}

static void goods_must_be_what_is_wanted_or_a_kind_of_it(void **state)
{
    (void)state;
    static const struct {
        const char *offered, *wanted;
        bool fits;
    } cases[] = {{"LUA.OM18", "LUA.OM18", true},
                 {"LUA.OM18", "LUA", true},
                 {"LUA", "LUA.OM18", false},
                 {"LUA.OM18", "LUA.OM5451", false},
                 {"XX", "LUA", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct clearing_order lot = offer(), wanted = request();
        lot.commodity = cases[i].offered;
        wanted.commodity = cases[i].wanted;
        assert_int_equal(clear_two(lot, wanted).price != 0, cases[i].fits);
    }
}

static void a_size_that_is_wanted_must_be_said_grade_and_state_must_not_differ(void **state)
{
    (void)state;
    static const struct {
        const char *size, *grade, *state, *size_wanted, *grade_wanted, *state_wanted;
        bool fits;
    } cases[] = {
        {"50", "", "", "", "", "", true},       {"50", "", "", "50", "", "", true},
        {"50", "", "", "60", "", "", false},    {"", "", "", "50", "", "", false},
        {"", "1", "fresh", "", "", "", true},   {"", "", "", "", "1", "fresh", true},
        {"", "1", "", "", "2", "", false},      {"", "", "fresh", "", "", "dry", false},
        {"", "1", "dry", "", "1", "dry", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct clearing_order lot = offer(), wanted = request();
        lot.size = cases[i].size;
        lot.grade = cases[i].grade;
        lot.state = cases[i].state;
        wanted.size = cases[i].size_wanted;
        wanted.grade = cases[i].grade_wanted;
        wanted.state = cases[i].state_wanted;
        if ((clear_two(lot, wanted).price != 0) != cases[i].fits)
            fail_msg("case %zu", i);
    }
}

static void prices_by_any_certain_unit_are_compared(void **state)
{
    (void)state;
    struct clearing_order lot = offer(), wanted = request();
    lot.price_low = lot.price_high = 8000000;
    lot.price_unit = "TAN";
    struct clearing_proposal proposal = clear_two(lot, wanted);
    assert_int_equal(proposal.price, 8250000);
    assert_string_equal(proposal.price_unit, "TAN");
    lot.base_unit = "PIECE"; /* a tonne is no number of pieces */
    assert_int_equal(clear_two(lot, wanted).price, 0);
}

/* 100 giạ that are 20 kg each, as their owner was told; a buyer's giạ may be 22. */
static void an_uncertain_unit_meets_only_its_like(void **state)
{
    (void)state;
    struct clearing_order lot = offer(), wanted = request();
    lot.entered_milli = 100000;
    lot.entered_unit = lot.price_unit = "GIA";
    lot.price_low = lot.price_high = 160000;
    assert_int_equal(clear_two(lot, wanted).price, 0);
    wanted.entered_milli = 250000;
    wanted.entered_unit = wanted.price_unit = "GIA";
    wanted.price_low = wanted.price_high = 170000;
    struct clearing_proposal proposal = clear_two(lot, wanted);
    assert_int_equal(proposal.price, 165000);
    assert_string_equal(proposal.price_unit, "GIA");
    wanted.whole_milli = wanted.free_milli = 5500000; /* 22 kg each */
    wanted.price_low = wanted.price_high = 190000;
    assert_int_equal(clear_two(lot, wanted).price, 0);
    lot.entered_unit = "TAN"; /* the quantity does not say what a giạ is */
    assert_int_equal(clear_two(lot, wanted).price, 0);
}

static void of_a_range_the_end_that_is_kinder_to_the_other_side_counts(void **state)
{
    (void)state;
    struct clearing_order lot = offer(), wanted = request();
    lot.price_high = 9500;
    wanted.price_low = 0;
    assert_int_equal(clear_two(lot, wanted).price, 8250);
}

/* Three people ask 7,900, 8,000 and 8,100, one of them a hundred times more: the middle stays. */
static void who_names_no_price_is_given_the_usual_one(void **state)
{
    (void)state;
    struct clearing_order lots[104], wanted = request();
    wanted.commodity = "LUA.OM18";
    wanted.price_low = 8500;
    for (int i = 0; i < 104; i++) {
        lots[i] = offer();
        lots[i].id = 10 + i;
        lots[i].person_id = i < 3 ? 10 + i : 12;
        lots[i].price_low = lots[i].price_high = i < 2 ? 7900 + 100 * i : 8100;
        lots[i].free_milli = 1000000;
    }
    lots[103].person_id = 99;
    lots[103].price_low = 0; /* "at most": no limit of an offer */
    lots[103].free_milli = 3000000;
    wanted.id = 1000;
    wanted.price_high = 8500;
    struct market_outcome outcome = clear_all(lots, 104, &wanted, 1, NULL, 0);
    assert_int_equal(outcome.lots, 104);
    assert_int_equal(outcome.n, 3);
    for (size_t i = 0; i < outcome.n; i++)
        if (outcome.proposals[i].sell_id == lots[103].id)
            assert_int_equal(outcome.proposals[i].price, 8250); /* between 8,000 and 8,500 */
    outcome = clear_all(lots + 2, 102, &wanted, 1, NULL, 0);    /* two people besides the buyer are too few */
    assert_int_equal(outcome.lots, 101);
}

static void two_who_name_none_do_not_meet(void **state)
{
    (void)state;
    struct clearing_order lots[4] = {offer(), offer(), offer(), offer()}, wanted = request();
    for (int i = 0; i < 4; i++) {
        lots[i].id = 10 + i;
        lots[i].person_id = 10 + i;
        lots[i].price_low = lots[i].price_high = i < 3 ? 9000 : 0;
    }
    wanted.commodity = "LUA.OM18";
    wanted.price_low = wanted.price_high = 0;
    wanted.place = "846";
    struct market_outcome outcome = clear_all(lots, 4, &wanted, 1, NULL, 0);
    assert_int_equal(outcome.lots, 4);
    assert_int_equal(outcome.requests, 1);
    assert_int_equal(outcome.n, 0);
}

static void nobody_is_asked_more_than_there_is_room_for(void **state)
{
    (void)state;
    struct clearing_order lots[5], wanted = request();
    wanted.free_milli = 50000000;
    wanted.room = 2;
    for (int i = 0; i < 5; i++) {
        lots[i] = offer();
        lots[i].id = 10 + i;
        lots[i].person_id = 10 + i;
        lots[i].price_low = lots[i].price_high = 8000 + 10 * i;
    }
    struct market_outcome outcome = clear_all(lots, 5, &wanted, 1, NULL, 0);
    assert_int_equal(outcome.n, 2);
    assert_int_equal(outcome.left_out, 3);
    assert_int_equal(outcome.proposals[0].sell_id, 10); /* the most gainful */
    assert_int_equal(outcome.proposals[1].sell_id, 11);
}

static void what_was_proposed_before_is_not_again(void **state)
{
    (void)state;
    const struct clearing_order lots[] = {offer()}, requests[] = {request()};
    const struct clearing_pair barred[] = {{7, 2}, {1, 2}};
    assert_int_equal(clear_all(lots, 1, requests, 1, barred, 1).n, 1);
    assert_int_equal(clear_all(lots, 1, requests, 1, barred, 2).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_price_is_in_the_middle_of_what_the_way_leaves, begin),
        cmocka_unit_test_setup(the_price_is_one_that_people_say, begin),
        cmocka_unit_test_setup(the_price_may_favour_either_side, begin),
        cmocka_unit_test_setup(too_far_too_little_and_too_dear_is_no_deal, begin),
        cmocka_unit_test_setup(who_is_nowhere_takes_no_part, begin),
        cmocka_unit_test_setup(goods_must_be_what_is_wanted_or_a_kind_of_it, begin),
        cmocka_unit_test_setup(a_size_that_is_wanted_must_be_said_grade_and_state_must_not_differ, begin),
        cmocka_unit_test_setup(prices_by_any_certain_unit_are_compared, begin),
        cmocka_unit_test_setup(an_uncertain_unit_meets_only_its_like, begin),
        cmocka_unit_test_setup(of_a_range_the_end_that_is_kinder_to_the_other_side_counts, begin),
        cmocka_unit_test_setup(who_names_no_price_is_given_the_usual_one, begin),
        cmocka_unit_test_setup(two_who_name_none_do_not_meet, begin),
        cmocka_unit_test_setup(nobody_is_asked_more_than_there_is_room_for, begin),
        cmocka_unit_test_setup(what_was_proposed_before_is_not_again, begin),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
