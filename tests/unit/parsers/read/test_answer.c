/* SPDX-License-Identifier: Apache-2.0
 *
 * A conversation: each line is a text and what it leaves open. */
#include "parsers/read/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/parsers/tables.h"

static struct lexicon *lexicon;
static struct reader *reader;
static struct arena *arena;
static struct read_context context;

static struct reading asked_by(const char *text)
{
    struct reading r;
    read_text(reader, &context, arena, slice_of(text), &r);
    assert_int_equal(r.outcome, READ_ASK);
    return r;
}

static bool answers(struct reading *asked, const char *text)
{
    return read_answer(reader, &context, arena, slice_of(text), asked);
}

static void slot_by_slot(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18");
    assert_int_equal(r.ask, ASK_QUANTITY);
    assert_true(answers(&r, "2 tan"));
    assert_int_equal(r.ask, ASK_PRICE);
    assert_true(answers(&r, "8k5"));
    assert_int_equal(r.ask, ASK_PLACE);
    assert_true(answers(&r, "cau ke"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.items[0].quantity_milli, 2000);
    assert_int_equal(r.items[0].price_low, 8500);
    assert_string_equal(r.items[0].price_unit->code, "KG");
    assert_string_equal(r.items[0].place->code, "845");
}

static void a_choice_by_its_number(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18 2 tan 85000 cau ke");
    assert_int_equal(r.ask, ASK_PRICE_CHECK);
    assert_true(answers(&r, "1"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.items[0].price_low, 8500);

    r = asked_by("ban lua tc 3 tan 6800");
    assert_true(answers(&r, "2"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_string_equal(r.items[0].place->code, "849");

    r = asked_by("lua om18 3 tan 6800 cau ke");
    assert_true(answers(&r, "2"));
    assert_int_equal(r.intent, INTENT_BUY);
    assert_int_equal(r.outcome, READ_SURE);
}

static void who_insists_is_believed(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18 2 tan 85000 cau ke");
    assert_true(answers(&r, "dung roi"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.items[0].price_low, 85000);
}

static void no_asks_again(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18 2 tan 85000 cau ke");
    assert_true(answers(&r, "khong"));
    assert_int_equal(r.ask, ASK_PRICE);
    assert_true(answers(&r, "8500"));
    assert_int_equal(r.outcome, READ_SURE);
}

static void words_for_slots(void **state)
{
    (void)state;
    struct reading r = asked_by("lua om18 3 tan 6800 cau ke");
    assert_true(answers(&r, "ban"));
    assert_int_equal(r.intent, INTENT_SELL);
    assert_int_equal(r.outcome, READ_SURE);

    r = asked_by("ban dua 2 tan 9k cau ke");
    assert_true(answers(&r, "dua hau"));
    assert_string_equal(r.items[0].commodity->code, "DH");
    assert_int_equal(r.outcome, READ_SURE);

    r = asked_by("dung");
    assert_true(answers(&r, "phai"));
    assert_int_equal(r.intent, INTENT_STOP);
    assert_int_equal(r.outcome, READ_SURE);
}

static void a_number_without_a_unit(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18 gia 8500 cau ke");
    assert_int_equal(r.ask, ASK_QUANTITY);
    assert_true(answers(&r, "500"));
    assert_int_equal(r.ask, ASK_UNIT);
    assert_true(answers(&r, "kg"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_string_equal(r.items[0].unit->code, "KG");
    assert_int_equal(r.items[0].quantity_milli, 500000);
}

static void texts_of_their_own(void **state)
{
    (void)state;
    static const char *const texts[] = {"gia lua", "TC", "mua lua 20 tan tra cu", "cam on", "", "asdf",
                                        "mai co mua khong", "huy", "khong biet"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = asked_by("ban lua om18 2 tan cau ke"), before = r;
        assert_int_equal(r.ask, ASK_PRICE);
        assert_false(answers(&r, texts[i]));
        assert_int_equal(r.ask, before.ask);
        assert_int_equal(r.items[0].price_low, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slot_by_slot),           cmocka_unit_test(a_choice_by_its_number),
        cmocka_unit_test(who_insists_is_believed), cmocka_unit_test(no_asks_again),
        cmocka_unit_test(words_for_slots),        cmocka_unit_test(a_number_without_a_unit),
        cmocka_unit_test(texts_of_their_own),
    };
    const char *error = "";
    lexicon = lexicon_of_files();
    reader = reader_new(lexicon, &error);
    arena = arena_new(1 << 16);
    context = (struct read_context){.today = day_from_ymd(2026, 11, 22)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    reader_free(&reader);
    lexicon_free(&lexicon);
    return failed;
}
