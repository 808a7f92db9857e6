/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts that nobody means to send, or somebody sends to do harm: they are junk or what they say.
 */
#include <stdlib.h>

#include "parsers/text/sms.h"
#include "tests/bench/slow.h"
#include "tests/unit/parsers/read/sound.h"

#include "tests/unit/parsers/read/read_fixture.h"

static void assert_whole_offer(struct slice text)
{
    struct reading r;
    read_soundly(reader, lexicon, &context, arena, text, &r);
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.intent, INTENT_SELL);
    assert_int_equal(r.n_items, 1);
    assert_string_equal(r.items[0].commodity->code, "LUA.OM18");
    assert_int_equal(r.items[0].quantity_milli, 2000);
    assert_string_equal(r.items[0].unit->code, "TAN");
    assert_int_equal(r.items[0].price_low, 8500);
}

static void an_offer_among_odd_signs(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ban lua om18 2 tan 8500'; DROP TABLE listings; --",
        "' OR ''=' ban lua om18 2 tan 8500",
        "%s%n ban lua om18 2 tan 8500 %x",
        "<b>ban lua om18 2 tan 8500</b>",
        "ban lua om18 2 tan 8500 \U0001F600\U0001F33E",
        "b\u200Ban l\u200Cua o\u2060m18 2 t\u200Dan 8500",
        "\u200Fban lua om18 \u202E2 tan 8500",
        "ban lua om18 2 tan 8500 \uFFFD",
        "b\u0301\u0301\u0301an lua om18 2 tan 8500",
        "ban\a lua\x01 om18\x7F 2 tan 8500",
        "\xFF"
        "ban lua om18 2 tan 8500\xC3",
        "ban lua om18 2 tan\r\n8500\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_whole_offer(slice_of(texts[i]));
}

/* Half of a surrogate pair is no character: the words beside it are what they are. */
static void an_offer_with_unpaired_surrogates(void **state)
{
    (void)state;
    static const char words[] = "ban lua om18 2 tan 8500";
    static const uint16_t halves[] = {0xD83D, 0xDE00};
    static const size_t places[] = {0, 3, sizeof words - 1};
    for (size_t half = 0; half < 2; half++)
        for (size_t place = 0; place < sizeof places / sizeof *places; place++) {
            char ucs2[sizeof words * 2 + 2];
            size_t n = 0, length, bad;
            for (size_t i = 0; i < sizeof words; i++) {
                if (i == places[place]) {
                    ucs2[n++] = (char)(halves[half] >> 8);
                    ucs2[n++] = (char)halves[half];
                }
                if (words[i]) {
                    ucs2[n++] = 0;
                    ucs2[n++] = words[i];
                }
            }
            struct arena *link = arena_new(1024); /* read_soundly resets its own */
            const char *text = sms_from_ucs2(link, (struct slice){ucs2, n}, &length, &bad);
            assert_int_equal(bad, 1);
            assert_whole_offer((struct slice){text, length});
            arena_free(&link);
        }
}

/* A number that no amount can be is asked about, and never taken for what its first or last figures say. */
static void numbers_beyond_measure(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ban lua om18 99999999999999999999 tan 8500",
        "ban lua om18 2 tan 99999999999999999999",
        "ban lua om18 9999999999999 tan 8500",
        "ban lua om18 2 tan 9999999999999 ty",
        "ban lua om18 2 tan gia 33333333 ty",
        "ban lua om18 0 tan 8500",
        "ban lua om18 2 tan 0",
        "ban lua om18 -2 tan 8500",
        "ban 1/0 tan lua om18 8500",
        "ban lua om18 0.0001 tan 8500",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;
        read_soundly(reader, lexicon, &context, arena, slice_of(texts[i]), &r);
        assert_int_equal(r.outcome, READ_ASK);
    }
}

static bool changes_something(enum intent intent)
{
    static const enum intent asking[] = {INTENT_PRICE, INTENT_SEASON, INTENT_WEATHER, INTENT_FORECAST, INTENT_MATCH,
                                         INTENT_LIST,  INTENT_HELP,   INTENT_JUNK,    INTENT_QUESTION};
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (asking[i] == intent)
            return false;
    return true;
}

/* Whatever their length, these change nothing: they are not understood, asked about, or ask something themselves. */
static void no_offer_out_of_junk(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 70, 160, 1600, 10000};
    char *text = malloc(10000 * 4 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < SLOW_TEXTS; i++)
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
            struct reading r;
            size_t n = slow_text(&slow_texts[i], lengths[k], text);
            read_soundly(reader, lexicon, &context, arena, (struct slice){text, n}, &r);
            if (r.outcome == READ_SURE && changes_something(r.intent) && strcmp(slow_texts[i].name, "offers") != 0)
                fail_msg("%s, %zu characters: %s", slow_texts[i].name, lengths[k], intent_name(r.intent));
        }
    free(text);
}

static void signs_alone_are_not_understood(void **state)
{
    (void)state;
    static const char *const names[] = {
        "one figure",
        "figures",
        "one letter",
        "commas",
        "blanks",
        "zero-width marks",
        "combining marks",
        "emoji",
        "surrogates in UTF-8",
        "SQL",
        "Arabic",
        "right-to-left marks",
        "format strings",
        "no UTF-8",
        "markup",
        "marks",
        "numbers",
        "replacement characters",
    };
    static char text[1600 * 4 + 1];
    for (size_t i = 0; i < SLOW_TEXTS; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            struct reading r;
            if (strcmp(names[k], slow_texts[i].name) != 0)
                continue;
            size_t n = slow_text(&slow_texts[i], 1600, text);
            read_soundly(reader, lexicon, &context, arena, (struct slice){text, n}, &r);
            assert_int_equal(r.outcome, READ_NONE);
        }
}

int main(void)
{
    const char *error = NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_among_odd_signs),       cmocka_unit_test(an_offer_with_unpaired_surrogates),
        cmocka_unit_test(numbers_beyond_measure),         cmocka_unit_test(no_offer_out_of_junk),
        cmocka_unit_test(signs_alone_are_not_understood),
    };
    arena = arena_new(1 << 16);
    lexicon = lexicon_of_files();
    reader = reader_new(lexicon, &error);
    int failed = reader ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
    reader_free(&reader);
    lexicon_free(&lexicon);
    arena_free(&arena);
    return failed;
}
