/* SPDX-License-Identifier: Apache-2.0
 *
 * Which unit a word is here, asked of one span whose text has its tags. */
#include "parsers/read/tag_unit.h"

#include "tests/unit/parsers/read/read_fixture.h"

static const char *code(const struct unit *unit)
{
    return unit ? unit->code : "";
}

static void units_and_their_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *size, *unit;
    } cases[] = {{"CHUC14", "CHUC"}, {"BAO25", "BAO"}, {"CHUC", ""}, {"KG", ""}, {"TA60", "TA"}, {"M2", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(code(unit_of_size(lexicon, lexicon_unit(lexicon, cases[i].size))), cases[i].unit);
}

static void how_goods_are_sold(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool any, by_head, by_metre, by_size;
    } cases[] = {
        {"2 tan", false, false, false, false}, {"lua", true, false, false, false},
        {"heo", true, true, false, false},     {"tom the", true, false, false, true},
        {"chieu", true, false, true, true},    {"lua heo", true, true, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text *t = taken_to(CUT, cases[i].text, ASK_NOTHING);
        find_sold(t);
        if (t->sold.any != cases[i].any || t->sold.by_head != cases[i].by_head ||
            t->sold.by_metre != cases[i].by_metre || t->sold.by_size != cases[i].by_size)
            fail_msg("%s", cases[i].text);
    }
    struct text *t = taken_to(CUT, "lua om18", ASK_NOTHING);
    find_sold(t);
    assert_true(t->sold.by_unit[lexicon_unit(lexicon, "GIA") - lexicon->units]);
    assert_false(t->sold.by_unit[lexicon_unit(lexicon, "CHUC") - lexicon->units]);
}

/* Money is asked for apart: chai is a bottle first. */
static void money_or_not(void **state)
{
    (void)state;
    const struct text *t = taken_to(CUT, "tan", ASK_NOTHING);
    assert_string_equal(code(unit_sense(t, &t->spans[0], false)), "TAN");
    assert_null(unit_sense(t, &t->spans[0], true));
    t = taken_to(CUT, "dong", ASK_NOTHING);
    assert_string_equal(code(unit_sense(t, &t->spans[0], true)), "VND");
    t = taken_to(CUT, "tàn", ASK_NOTHING); /* its marks say otherwise */
    assert_null(unit_sense(t, &t->spans[0], false));
}

static void the_price_word(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool price;
    } cases[] = {
        {"lua 60 gia 150", false},      /* paddy is sold by the giạ */
        {"lua 8500 gia 9000", true},    /* what stands before is a price */
        {"lua 2 tan 3 gia 7400", true}, /* the tail of the tonnes */
        {"sua 2 gia 8500", true},       {"tin 4 gia 9000", true}, {"xoai 300 gia 9000", true}, /* not sold by it */
        {"lua 60 gia", false},          {"gia 8500", false},                                   /* no number before it */
    };
    const struct unit *gia = lexicon_unit(lexicon, "GIA");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(TAGGED, cases[i].text, ASK_NOTHING);
        if (price_word_here(t, span_at(t, "gia"), gia) != cases[i].price)
            fail_msg("%s (%s)", cases[i].text, t->tags);
    }
}

static void units_within_phrases(void **state)
{
    (void)state;
    struct text *t = taken_to(TAGGED, "lua 40 gia ban 260k", ASK_NOTHING);
    assert_string_equal(code(unit_in_price_word(t, span_at(t, "gia"))), "GIA");
    t = taken_to(TAGGED, "xoai 40 gia ban 260k", ASK_NOTHING);
    assert_null(unit_in_price_word(t, span_at(t, "gia")));
    t = taken_to(CUT, "heo, con co", ASK_NOTHING);
    find_sold(t);
    assert_string_equal(code(heads_in_place(t, span_at(t, "con"))), "CON");
    t = taken_to(TAGGED, "lua, con co", ASK_NOTHING);
    assert_null(heads_in_place(t, span_at(t, "con")));
}

/* What one weighs, once so many have been said. */
static void the_weight_of_one(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool one;
    } cases[] = {
        {"mit 6 ta 38k, trai 1 ky 2", true},
        {"mit 38k, trai 1 ky", false},      /* no quantity said */
        {"mit 6 ta, trai 1 tan", false},    /* no fruit is so heavy */
        {"mit 6 ta, trai 1 ky lua", false}, /* other goods' */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(TAGGED, cases[i].text, ASK_NOTHING);
        if (weighs_one(t, span_at(t, "trai"), TAG_COMMA) != cases[i].one)
            fail_msg("%s (%s)", cases[i].text, t->tags);
        assert_false(weighs_one(t, span_at(t, "trai"), TAG_SLASH));
    }
}

static void one_is_each(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool each;
    } cases[] = {
        {"de 12 con khoang 35 ky 1 con", true},
        {"luon 3 con 1 ky 200kg", true},
        {"de 35 ky 1 con", false},
        {"de 12 con 35 ky 2 con", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(TAGGED, cases[i].text, ASK_NOTHING);
        bool each = false;
        for (size_t k = 0; k < t->n_spans; k++)
            each = each || is_each(t, k);
        if (each != cases[i].each)
            fail_msg("%s (%s)", cases[i].text, t->tags);
    }
}

static void what_holds_so_much(void **state)
{
    (void)state;
    static const struct {
        const char *text, *unit;
    } cases[] = {
        {"gao 35 bao, moi bao 50 ky", "BAO"},
        {"bo 40 con, con khoang 1 ta", "CON"},
        {"ga 20 con, con 300 ky lua", ""}, /* other goods' */
        {"gao 35 ta, moi ta 100 ky", ""},  /* a weight holds nothing */
        {"gao moi bao 50 ky", ""},         /* none are counted */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(TAGGED, cases[i].text, ASK_NOTHING);
        const struct unit *unit = NULL;
        for (size_t k = 0; k < t->n_spans; k++)
            unit = unit ? unit : container(t, k);
        if (strcmp(code(unit), cases[i].unit) != 0)
            fail_msg("%s (%s): %s", cases[i].text, t->tags, code(unit));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_and_their_sizes), cmocka_unit_test(how_goods_are_sold),
        cmocka_unit_test(money_or_not),          cmocka_unit_test(the_price_word),
        cmocka_unit_test(units_within_phrases),  cmocka_unit_test(the_weight_of_one),
        cmocka_unit_test(one_is_each),           cmocka_unit_test(what_holds_so_much),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
