/* SPDX-License-Identifier: Apache-2.0
 *
 * Names there and back, and what an item amounts to. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* Each has a name of its own, by which it is found. */
static void names_there_and_back(void **state)
{
    (void)state;
    for (int i = 0; i < INTENT_COUNT; i++)
        assert_int_equal(intent_from_name(intent_name((enum intent)i)), i);
    for (int i = 0; i < ASK_COUNT; i++)
        assert_int_equal(ask_from_name(ask_name((enum ask)i)), i);
    assert_string_equal(intent_name(INTENT_REPORT_PRICE), "report_price");
    assert_string_equal(ask_name(ASK_PRICE_CHECK), "price_check");
    assert_string_equal(doubt_name(DOUBT_NONE), "");
    assert_string_equal(doubt_name(DOUBT_VARIETY), "a number left over that is a variety's name");
}

static void names_of_nothing(void **state)
{
    (void)state;
    static const char *const names[] = {"", "SELL", "sel", "sells"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(intent_from_name(names[i]), INTENT_NONE);
        assert_int_equal(ask_from_name(names[i]), ASK_NOTHING);
    }
}

static void base_quantities(void **state)
{
    (void)state;
    static const struct {
        const char *unit;
        int64_t milli, base;
        const char *of;
    } cases[] = {
        {"TAN", 2000, 2000000, "KG"},       {"TAN", 1, 1000, "KG"},
        {"G", 500000, 500, "KG"},           {"CHUC12", 3000, 36000, "PIECE"},
        {"KG", INT64_MAX, INT64_MAX, "KG"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct read_item item = {
            .has_quantity = true, .quantity_milli = cases[i].milli, .unit = lexicon_unit(lexicon, cases[i].unit)};
        int64_t milli = -1;
        const char *base = "";
        assert_true(item_base_quantity(&item, &milli, &base));
        assert_true(milli == cases[i].base);
        assert_string_equal(base, cases[i].of);
    }
}

/* Nothing said, nothing fixed, or more than there are numbers for: false, and nothing is written. */
static void no_base_quantity(void **state)
{
    (void)state;
    const struct read_item cases[] = {
        {.has_quantity = false, .quantity_milli = 2000, .unit = lexicon_unit(lexicon, "TAN")},
        {.has_quantity = true, .quantity_milli = 2000, .unit = NULL},
        {.has_quantity = true, .quantity_milli = 2000, .unit = lexicon_unit(lexicon, "THUNG")},
        {.has_quantity = true, .quantity_milli = INT64_MAX, .unit = lexicon_unit(lexicon, "TAN")},
        {.has_quantity = true, .quantity_milli = INT64_MIN, .unit = lexicon_unit(lexicon, "TAN")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t milli = -1;
        const char *base = "untouched";
        assert_false(item_base_quantity(&cases[i], &milli, &base));
        assert_int_equal(milli, -1);
        assert_string_equal(base, "untouched");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_there_and_back),
        cmocka_unit_test(names_of_nothing),
        cmocka_unit_test(base_quantities),
        cmocka_unit_test(no_base_quantity),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
