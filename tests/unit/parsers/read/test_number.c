/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers in figures and in words. */
#include "parsers/read/number.h"

#include "tests/unit/parsers/read/read_fixture.h"

static void figures(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char tag;
        int64_t milli;
        int digits;
    } cases[] = {
        {"5", TAG_DIGIT_1, 5000, 1},
        {"18", TAG_DIGIT_2, 18000, 2},
        {"504", TAG_DIGIT_3, 504000, 3},
        {"5451", TAG_DIGIT_4, 5451000, 4},
        {"12345678", TAG_DIGIT_4, 12345678000, 8},
        {"123456789", TAG_ZERO, 123456789000, 9}, /* as long as a phone number */
        {"0912345678", TAG_ZERO, 912345678000, 10},
        {"05", TAG_DIGIT_2, 5000, 2},
        {"005", TAG_ZERO, 5000, 3},
        {"8.500", TAG_GROUPED, 8500000, 4},
        {"8,500", TAG_GROUPED, 8500000, 4},
        {"1.250.000", TAG_GROUPED, 1250000000, 7},
        {"0.500", TAG_DECIMAL, 500, 4}, /* nobody groups after a zero */
        {"8500.000", TAG_DECIMAL, 8500000, 7},
        {"8.5", TAG_DECIMAL, 8500, 2},
        {"8,25", TAG_DECIMAL, 8250, 3},
        {"1.500,5", TAG_DECIMAL, 1500500, 5},
        {"8.5000", TAG_HUGE, 0, 5}, /* finer than thousandths */
        {"9999999999999", TAG_ZERO, 9999999999999000, 13},
        {"99999999999999", TAG_HUGE, 0, 14},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span span = {.milli = 0};
        char tag = read_digits(slice_of(cases[i].text), &span);
        if (tag != cases[i].tag || span.milli != cases[i].milli || span.digits != cases[i].digits)
            fail_msg("%s: %c, %lld, %d figures", cases[i].text, tag, (long long)span.milli, span.digits);
    }
}

/* The number that begins with the first word: how many spans, and its value. */
static void words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t spans;
        int64_t value;
        char before;
    } cases[] = {
        {"hai", 1, 2, '\0'},
        {"hai muoi", 2, 20, '\0'},
        {"hai muoi hai", 3, 22, '\0'},
        {"tram hai ky", 2, 120, '\0'},
        {"hai tram le nam ky", 4, 205, '\0'},
        {"mot tram hai muoi lam ky", 5, 125, '\0'},
        {"tram ruoi", 2, 150, '\0'},
        {"hai ba tan", 1, 2, '\0'},        /* a range: two numbers */
        {"hai muoi tram ky", 2, 20, '\0'}, /* no number goes up */
        {"tan lua", 0, 0, '\0'},
        {"khong tan", 0, 0, '\0'},
        {"hai chuc trai", 1, 2, '\0'}, /* chục is the unit of fruit */
        {"hai chuc ky", 2, 20, '\0'},
        {"chuc trai", 0, 0, '\0'},
        {"bay tram", 2, 700, TAG_SCALE},
        {"bay tram", 1, 7, '\0'}, /* trăm is a unit as well */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(CUT, cases[i].text, ASK_NOTHING);
        int64_t value = 0;
        size_t spans = spelt_number(t, 0, cases[i].before, &value);
        if (spans != cases[i].spans || (spans && value != cases[i].value))
            fail_msg("%s: %zu spans, %lld", cases[i].text, spans, (long long)value);
    }
}

static void values_of_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int value;
    } cases[] = {{"hai", 2}, {"muoi", 10}, {"tram", 100}, {"le", 0}, {"lua", -1}, {"5", -1}, {"", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(number_word(taken_to(CUT, cases[i].text, ASK_NOTHING), 0), cases[i].value);
}

/* Words that are numbers only where one is due. */
static void where_a_number_is_due(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word;
        char before;
        bool due;
    } cases[] = {
        {"ba tan lua", "ba", '\0', true},
        {"ba oi", "ba", '\0', false},
        {"nam ngoai", "nam", '\0', false},
        {"nam ngay nua", "nam", '\0', true},
        {"ba bon ngan", "ba", '\0', true},
        {"thang bay", "bay", TAG_MONTH, true},
        {"8 ngan mot", "mot", TAG_SCALE, true},
        {"8 ngan mot", "mot", '\0', false},
        {"20k tam bqnh", "tam", TAG_SCALE, false}, /* a name */
        {"lam cong", "lam", '\0', false},          /* work in the field */
        {"lam tan", "lam", '\0', true},
        {"hai ruoi", "hai", '\0', true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(CUT, cases[i].text, ASK_NOTHING);
        if (number_due(t, span_at(t, cases[i].word), 1, cases[i].before) != cases[i].due)
            fail_msg("%s", cases[i].text);
    }
}

static void what_measures(void **state)
{
    (void)state;
    static const struct asked {
        const char *text;
        bool measures, half;
    } cases[] = {
        {"tan", true, false},     {"ngan", true, false}, {"gia", true, false},  {"gia 110k", false, false},
        {"con/kg", false, false}, {"ruoi", false, true}, {"lua", false, false}, {"", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = taken_to(CUT, cases[i].text, ASK_NOTHING);
        if (measures(t, 0) != cases[i].measures || is_half_after(t, 0) != cases[i].half)
            fail_msg("%s", cases[i].text);
    }
}

static void weights_of_heads(void **state)
{
    (void)state;
    const struct text *t = prepared("heo 1 ta");
    assert_true(weighs_head(t, 1));
    assert_false(weighs_head(t, 0));
    t = prepared("lua 1 ta");
    assert_false(weighs_head(t, 1));
    t = prepared("moi con 1 ta");
    assert_true(weighs_head(t, span_at(t, "1")));
    t = prepared("5 con 1 ta"); /* so many heads, not each */
    assert_false(weighs_head(t, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures),          cmocka_unit_test(words),
        cmocka_unit_test(what_measures),    cmocka_unit_test(values_of_words),
        cmocka_unit_test(weights_of_heads), cmocka_unit_test(where_a_number_is_due),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
