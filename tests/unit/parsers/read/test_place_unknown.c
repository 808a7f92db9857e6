/* SPDX-License-Identifier: Apache-2.0
 *
 * Places from elsewhere, and places we do not know: the sender's own never stands in for one that was named. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

static struct reading read_at_home(const char *text)
{
    context.home = lexicon_place(lexicon, "845");
    struct reading r = read_it(text);
    context.home = NULL;
    return r;
}

/* The old districts around, by their names. */
static void districts_around(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"ban lua 3 tan 8k o mang thit", "858"},
        {"ban 2 tan cam sanh 12k giong trom", "834"},
        {"can 500kg tom the 50 con o dam doi", "970"},
        {"gia lua ke sach", "943"},
        {"ban lua 3 tan 8k huyen can duoc", "806"},
        {"ban lua 3 tan 8k thi xa cai lay", "817"},
        {"ban lua 3 tan 8k chau thanh", "847"},
        {"ban lua 3 tan 8k tan hiep", "29509"},
    };
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
        struct reading r = read_at_home(wants[i].text);
        if (!r.items[0].place || strcmp(r.items[0].place->code, wants[i].told) != 0)
            print_error("%s\n", wants[i].text);
        assert_non_null(r.items[0].place);
        assert_string_equal(r.items[0].place->code, wants[i].told);
    }
}

/* Of two of one name it is asked which. */
static void districts_of_one_name(void **state)
{
    (void)state;
    struct reading r = read_at_home("ban lua 3 tan 8k huyen phu tan");
    assert_int_equal(r.outcome, READ_ASK);
    assert_int_equal(r.ask, ASK_PLACE);
    assert_int_equal(r.n_choices, 2);
}

static void unknown_places(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ban lua 3 tan 8k o thoi son", "ban lua 3 tan 8k tai xeo cui",       "mua 2 tan cam sanh 12k o xa ba giang",
        "gia lua o chin nghia",            "ai mua dua kho o thi tran cai tac", "thoi tiet o khanh an",
        "ban 300kg tom the 50 con 98k huyen nga rach",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_at_home(texts[i]);
        if (r.outcome != READ_ASK || r.ask != ASK_PLACE)
            print_error("%s\n", texts[i]);
        assert_int_equal(r.outcome, READ_ASK);
        assert_int_equal(r.ask, ASK_PLACE);
        assert_null(r.items[0].place);
        assert_true(r.items[0].place_unclear);
    }
}

/* What is no place asks nothing: the sender's own stands in. */
static void no_places(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ban lua 3 tan 8k o nha",       "ban lua 3 tan 8k o day",       "ban lua 3 tan 8k o ngoai ruong",
        "ban lua 3 tan 8k o ap 4",      "ban lua 3 tan 8k o gan cho",   "ban lua 3 tan 8k o cuoi xom",
        "ban lua 3 tan 8k con o ruong", "ban lua 3 tan 8k can tai nha",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_at_home(texts[i]);
        if (r.outcome != READ_SURE)
            print_error("%s\n", texts[i]);
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.intent, INTENT_SELL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(districts_around),
        cmocka_unit_test(districts_of_one_name),
        cmocka_unit_test(unknown_places),
        cmocka_unit_test(no_places),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
