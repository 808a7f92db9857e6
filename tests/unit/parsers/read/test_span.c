/* SPDX-License-Identifier: Apache-2.0
 *
 * How a text is cut into phrases, and what is asked of one. */
#include "parsers/read/read_p.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* "ban|lua om 18|2|tan". */
static const char *told(const char *text, enum ask asked)
{
    const struct text *t = taken_to(CUT, text, asked);
    const char *all = "";
    for (size_t i = 0; i < t->n_spans; i++)
        all = arena_printf(arena, "%s%s%s", all, i ? "|" : "", words_told(t, i, i + 1));
    return all;
}

static const char *cut(const char *text)
{
    return told(text, ASK_NOTHING);
}

static void the_longest_phrases(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"", ""},
        {"ban lua om18 2 tan", "ban|lua om 18|2|tan"},
        {"dua sap", "dua sap"},
        {"qwrt qwrp", "qwrt|qwrp"}, /* words of no phrase stand alone */
        {"ban dua kho lot vo", "ban|dua kho|lot|vo"},
    };
    CHECK_TOLD(cut, wants);
}

/* A number before decides whether a unit stands there. */
static void after_a_number(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"100 trai quach", "100|trai|quach"},
        {"trai quach", "trai quach"},
        {"2 con bo", "2|con|bo"},
        {"con bo", "con bo"},
        {"2 tan hoa", "2|tan|hoa"}, /* no place Tân Hòa */
        {"o tan hoa", "o|tan hoa"},
        {"1500 tan hoa", "1500|tan hoa"}, /* of so many tonnes nobody texts */
        {"1500 con co 2ky", "1500|con|co|2|ky"},
        {"12tr 1 con o Kim Hoa", "12|tr|1|con|o|kim hoa"},
        {"1ha gia 7300", "1|ha|gia|7300"},
    };
    CHECK_TOLD(cut, wants);
}

/* A name that ends in a number goes without it where the number is an amount. */
static void a_number_at_the_end_of_a_name(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"dai thom 8", "dai thom 8"},
        {"dai thom 8 tan", "dai thom|8|tan"},
        {"dai thom 8 gia 8200", "dai thom 8|gia|8200"},
        {"dai thom 8 con 2 tan", "dai thom 8|con|2|tan"},
        {"em can 20 con ga", "em|can|20|con|ga"},
        {"5 can 20 lit", "5|can 20|lit"},
    };
    CHECK_TOLD(cut, wants);
}

/* Goods that have their shorter name too leave their place to be said. */
static void a_place_at_the_end_of_a_name(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"dua sap cau ke", "dua sap|cau ke"},
        {"chieu ca hom", "chieu|ca hom"},
    };
    CHECK_TOLD(cut, wants);
}

/* In an answer about a price m is a million, and m2 no area. */
static void slang_of_an_answer(void **state)
{
    (void)state;
    assert_string_equal(told("1m2", ASK_NOTHING), "1|m 2");
    assert_string_equal(told("1m2", ASK_QUANTITY), "1|m 2");
    assert_string_equal(told("1m2", ASK_PRICE), "1|m|2");
    assert_string_equal(told("1m2", ASK_PRICE_CHECK), "1|m|2");
}

/* Marks that are written leave only the senses that agree with them. */
static void senses_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool sell, polite, stop, unit;
    } cases[] = {
        {"ban", true, true, false, false},    {"bán", true, false, false, false},  {"bạn", false, true, false, false},
        {"dung", false, false, false, false}, {"dừng", false, false, true, false}, {"đúng", false, false, false, false},
        {"tan", false, false, false, true},   {"tấn", false, false, false, true},  {"tàn", false, false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(CUT, cases[i].text, ASK_NOTHING);
        const struct span *span = &t->spans[0];
        bool polite = span_keyword(t, span, KW_POLITE), unit = span_unit(t, span);
        if (span_means(t, span, KW_INTENT, "sell") != cases[i].sell || polite != cases[i].polite ||
            span_says_stop(t, span) != cases[i].stop || unit != cases[i].unit)
            fail_msg("%s", cases[i].text);
        assert_int_equal(span_has(span, KW_POLITE), polite);
        assert_int_equal(span_is(span, SENSE_UNIT), unit);
    }
}

/* What the kinds of a span say is what its senses say, one by one. */
static void kinds_are_those_of_the_senses(void **state)
{
    (void)state;
    static const char *const texts[] = {"ban lua om18 2 tan 8k5 o cau ke",
                                        "bán lúa 2 tấn giá 8 ngàn ở Cầu Kè",
                                        "dừng gửi tin",
                                        "mua 5 con bò 20 triệu",
                                        "卖花生1吨半",
                                        "លក់ស្រូវ 2 តោន"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct text *t = taken_to(CUT, texts[i], ASK_NOTHING);
        for (size_t k = 0; k < t->n_spans; k++) {
            const struct span *span = &t->spans[k];
            assert_int_equal(span_is(span, SENSE_COMMODITY), find_sense(t, span, SENSE_COMMODITY) != NULL);
            assert_int_equal(span_is(span, SENSE_PLACE), find_sense(t, span, SENSE_PLACE) != NULL);
            assert_int_equal(span_is(span, SENSE_UNIT), find_sense(t, span, SENSE_UNIT) != NULL);
            for (int kind = 0; kind < KW_COUNT; kind++)
                assert_int_equal(span_has(span, (enum keyword_kind)kind),
                                 find_keyword(t, span, (enum keyword_kind)kind) != NULL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_phrases),
        cmocka_unit_test(after_a_number),
        cmocka_unit_test(a_number_at_the_end_of_a_name),
        cmocka_unit_test(a_place_at_the_end_of_a_name),
        cmocka_unit_test(slang_of_an_answer),
        cmocka_unit_test(senses_and_marks),
        cmocka_unit_test(kinds_are_those_of_the_senses),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
