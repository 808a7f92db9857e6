/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers that say more than what was asked: the rest is taken where it fits, and never lost in silence. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

static bool answers(struct reading *asked, const char *text)
{
    return read_answer(reader, &context, arena, slice_of(text), asked);
}

static struct reading asked_for_place(void)
{
    struct reading r = read_it("ban xoai 3 tan 25k");
    assert_int_equal(r.ask, ASK_PLACE);
    return r;
}

/* The same again is no more than the answer. */
static void what_is_known_may_be_said_again(void **state)
{
    (void)state;
    static const char *const texts[] = {"tieu can", "o tieu can", "3 tan xoai o tieu can", "25k o tieu can",
                                        "ap 5 tieu can"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = asked_for_place();
        if (!answers(&r, texts[i]) || r.outcome != READ_SURE)
            fail_msg("%s", texts[i]);
        assert_int_equal(r.items[0].quantity_milli, 3000);
        assert_int_equal(r.items[0].price_low, 25000);
    }
}

static void other_slots_that_are_empty_are_filled(void **state)
{
    (void)state;
    struct reading r = asked_for_place();
    assert_true(answers(&r, "tieu can loai 1, ngay 25/11"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.items[0].ready, day_from_ymd(2026, 11, 25));
    assert_string_equal(r.items[0].grade, "1");
}

/* What says other than the draft is read on its own, and the draft stays as it was. */
static void what_differs_is_no_answer(void **state)
{
    (void)state;
    static const char *const texts[] = {"5 tan xoai o tieu can", "tieu can 28000", "3 tan mit o tieu can",
                                        "3 ta o tieu can"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = asked_for_place();
        if (answers(&r, texts[i]))
            fail_msg("%s", texts[i]);
        assert_int_equal(r.items[0].quantity_milli, 3000);
        assert_null(r.items[0].place);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_may_be_said_again),
        cmocka_unit_test(other_slots_that_are_empty_are_filled),
        cmocka_unit_test(what_differs_is_no_answer),
    };
    context.place_optional = false;
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
