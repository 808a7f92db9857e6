/* SPDX-License-Identifier: Apache-2.0
 *
 * A conversation: each line is a text and what it leaves open. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

static struct reading asked_by(const char *text)
{
    struct reading r = read_it(text);
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

/* Whatever the market pays is an answer. */
static void a_price_left_open(void **state)
{
    (void)state;
    static const char *const open[] = {"thoa thuan", "gia thi truong", "thuan mua vua ban", "bao nhieu cung duoc"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        struct reading r = asked_by("ban lua om18 2 tan cau ke");
        assert_int_equal(r.ask, ASK_PRICE);
        assert_true(answers(&r, open[i]));
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.items[0].price_low, 0);
        assert_int_equal(r.items[0].price_high, 0);
    }
}

/* And stays one when the next slot is answered. */
static void a_price_left_open_stays_open(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18 2 tan");
    assert_true(answers(&r, "thoa thuan"));
    assert_int_equal(r.ask, ASK_PLACE);
    assert_true(answers(&r, "cau ke"));
    assert_int_equal(r.outcome, READ_SURE);
}

/* What was left out is put in by what the goods cost and how they are sold. */
static void amounts_as_people_say_them(void **state)
{
    (void)state;
    static const struct {
        const char *offer, *answer;
        int64_t low, high; /* đồng; thousandths of the unit */
        const char *unit;
    } rows[] = {
        {"ban lua om18 2 tan cau ke", "8.5", 8500, 8500, "KG"},
        {"ban lua om18 2 tan cau ke", "8 ruoi", 8500, 8500, "KG"},
        {"ban lua om18 2 tan cau ke", "tam ruoi", 8500, 8500, "KG"},
        {"ban lua om18 2 tan cau ke", "8", 8000, 8000, "KG"},
        {"ban lua om18 2 tan cau ke", "khoang 8k5 nha em", 8500, 8500, "KG"},
        {"ban lua om18 2 tan cau ke", "tam ngan ruoi", 8500, 8500, "KG"},
        {"ban lua om18 2 tan cau ke", "8 - 8.5", 8000, 8500, "KG"},
        {"ban lua om18 2 tan cau ke", "bay tam ngan", 7000, 8000, "KG"},
        {"ban lua om18 2 tan cau ke", "8tr5 1 tan", 8500000, 8500000, "TAN"},
        {"ban lua om18 2 tan cau ke", "170k 1 gia", 170000, 170000, "GIA"},
        {"ban lua om18 2 tan cau ke", "it nhat 8k", 8000, 0, "KG"},
        {"ban tom the 50 con 1 tan cau ngang", "135", 135000, 135000, "KG"},
        {"ban heo hoi 20 con cau ke", "58", 58000, 58000, "KG"},
        {"ban lua om18 cau ke", "khoang 2 tan ruoi", 2500, 0, "TAN"},
        {"ban lua om18 cau ke", "mot tan tu", 1400, 0, "TAN"},
        {"ban lua om18 cau ke", "2t", 2000, 0, "TAN"},
        {"ban lua om18 cau ke", "2t5 do", 2500, 0, "TAN"},
        {"ban lua om18 cau ke", "nua ta", 500, 0, "TA"},
        {"ban lua om18 cau ke", "hai tram ky", 200000, 0, "KG"},
        {"ban lua om18 cau ke", "tan hai", 1200, 0, "TAN"},
        {"ban dua kho cau ke", "5 chuc", 5000, 0, "CHUC"},
        {"ban dua kho cau ke", "hai thien ruoi", 2500, 0, "THIEN"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r = asked_by(rows[i].offer);
        bool price = r.ask == ASK_PRICE, right = answers(&r, rows[i].answer);
        const struct read_item *item = &r.items[0];
        const struct unit *unit = price ? item->price_unit : item->unit;
        right = right && (price ? item->price_low == rows[i].low && item->price_high == rows[i].high
                                : item->quantity_milli == rows[i].low);
        if (!right || !unit || strcmp(unit->code, rows[i].unit) != 0)
            print_error("%s: %s: %lld to %lld a %s\n", rows[i].offer, rows[i].answer,
                        (long long)(price ? item->price_low : item->quantity_milli), (long long)item->price_high,
                        unit ? unit->code : "-");
        assert_true(right && unit);
        assert_string_equal(unit->code, rows[i].unit);
    }
}

/* A unit of area is money where money was asked for. */
static void slang_for_millions(void **state)
{
    (void)state;
    struct reading r = asked_by("ban bo 2 con cau ke");
    assert_int_equal(r.ask, ASK_PRICE);
    assert_true(answers(&r, "35m"));
    assert_int_equal(r.items[0].price_low, 35000000);
    r = asked_by("ban lua om18");
    assert_int_equal(r.ask, ASK_QUANTITY);
    assert_true(answers(&r, "5000m2"));
    assert_string_equal(r.items[0].unit->code, "M2");
}

/* "Bao nhieu vậy bác?" "om18": it says more of the goods, and the question stays. */
static void a_finer_name_of_the_goods(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua cau ke");
    assert_int_equal(r.ask, ASK_QUANTITY);
    assert_true(answers(&r, "om18"));
    assert_string_equal(r.items[0].commodity->code, "LUA.OM18");
    assert_int_equal(r.intent, INTENT_SELL);
    assert_int_equal(r.ask, ASK_QUANTITY);
    assert_true(answers(&r, "3 tan"));
    assert_true(answers(&r, "8k5"));
    assert_int_equal(r.outcome, READ_SURE);

    r = asked_by("ban lua cau ke");
    assert_true(answers(&r, "om18 3 tan 8500"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_string_equal(r.items[0].commodity->code, "LUA.OM18");

    r = asked_by("ban lua om18 cau ke");
    assert_false(answers(&r, "dua hau"));

    r = asked_by("ga");
    assert_int_equal(r.ask, ASK_INTENT);
    assert_false(answers(&r, "ga con"));
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
    assert_true(answers(&r, "85000"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.items[0].price_low, 85000);
}

static const char *const yes[] = {"dung", "đúng", "co", "có", "da", "dạ", "phai", "ok", "ừ", "da phai roi", "ok em"};

static void yes_holds_to_what_was_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        struct reading r = asked_by("ban lua om18 2 tan 1234567 cau ke");
        assert_int_equal(r.ask, ASK_PRICE_CHECK);
        assert_int_equal(r.n_choices, 1);
        assert_true(answers(&r, yes[i]));
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.items[0].price_low, 1234567);
    }
}

/* "1) 8.500, 2) 85.000": "ok" in a hurry is neither, or what looked wrong would be stored. The number says which. */
static void yes_does_not_choose(void **state)
{
    (void)state;
    static const char *const checked[] = {"ban lua om18 2 tan 85000 cau ke", "ban lua om18 9000 tan 8500 cau ke",
                                          "mua lua om18 20 tan 85000 cau ke", "lua om18 3 tan 6800 cau ke"};
    for (size_t k = 0; k < sizeof checked / sizeof *checked; k++)
        for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
            struct reading r = asked_by(checked[k]);
            const size_t choices = r.n_choices;
            assert_true(choices > 1);
            assert_false(answers(&r, yes[i]));
            assert_int_equal(r.outcome, READ_ASK);
            assert_int_equal(r.n_choices, choices);
        }
    static const char *const numbers[] = {"1", "1)", "1.", "so 1", "ok 1", "dạ 1", "1 nha"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct reading r = asked_by("ban lua om18 2 tan 85000 cau ke");
        if (!answers(&r, numbers[i]))
            fail_msg("%s chooses nothing", numbers[i]);
        assert_int_equal(r.items[0].price_low, 8500);
    }
}

static void no_empties_the_slot(void **state)
{
    (void)state;
    static const char *const no[] = {"khong", "ko", "không", "da khong", "khong phai", "sai roi"};
    static const struct {
        const char *text;
        enum ask ask;
    } cases[] = {
        {"ban lua om18 2 tan 85000 cau ke", ASK_PRICE},
        {"mua lua om18 20 tan 85000 cau ke", ASK_PRICE},
        {"ban lua om18 9000 tan 8500 cau ke", ASK_QUANTITY},
        {"mua lua om18 9000 tan 8500 cau ke", ASK_QUANTITY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < sizeof no / sizeof *no; k++) {
            struct reading r = asked_by(cases[i].text);
            assert_true(answers(&r, no[k]));
            assert_int_equal(r.outcome, READ_ASK);
            assert_int_equal(r.ask, cases[i].ask);
            assert_int_equal(r.n_choices, 0);
        }
}

static void two_checks_and_done(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18 2 tan 85000, lua dai thom 8 3 tan 91000 cau ke");
    assert_int_equal(r.ask, ASK_PRICE_CHECK);
    assert_int_equal(r.asked_item, 0);
    assert_true(answers(&r, "2"));
    assert_int_equal(r.ask, ASK_PRICE_CHECK);
    assert_int_equal(r.asked_item, 1);
    assert_true(answers(&r, "2"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.items[0].price_low, 85000);
    assert_int_equal(r.items[1].price_low, 91000);

    r = asked_by("ban lua om18 9000 tan 85000 cau ke");
    assert_int_equal(r.ask, ASK_QUANTITY_CHECK);
    assert_true(answers(&r, "3"));
    assert_int_equal(r.ask, ASK_PRICE_CHECK);
    assert_true(answers(&r, "85000")); /* said again: meant */
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.items[0].price_low, 85000);
}

static void a_place_that_stays_unclear(void **state)
{
    (void)state;
    struct reading r = asked_by("ban lua om18 2 tan 8500 cau ke, dua kho 30 chuc 100k o tc");
    assert_int_equal(r.ask, ASK_PLACE);
    assert_int_equal(r.asked_item, 1);
    assert_string_equal(r.items[0].place->code, "845");
    assert_null(r.items[1].place);
    assert_true(r.items[1].place_unclear);
    assert_false(answers(&r, "8500"));
    assert_true(answers(&r, "2"));
    assert_int_equal(r.outcome, READ_SURE);
    assert_string_equal(r.items[0].place->code, "845");
    assert_string_equal(r.items[1].place->code, "849");
}

static void which_listing(void **state)
{
    (void)state;
    static const struct {
        const char *text, *listing;
    } cases[] = {{"b7k2", "B7K2"}, {"B7K2", "B7K2"}, {"3", "3"}, {"tin 3", "3"}, {"so 12", "12"}, {"ma b7k2", "B7K2"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = asked_by("sua gia 8400");
        assert_int_equal(r.ask, ASK_LISTING);
        assert_true(answers(&r, cases[i].text));
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.intent, INTENT_EDIT);
        assert_string_equal(r.listing, cases[i].listing);
        r = (struct reading){.outcome = READ_ASK, .intent = INTENT_CANCEL, .ask = ASK_LISTING};
        assert_true(answers(&r, cases[i].text));
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.intent, INTENT_CANCEL);
        assert_string_equal(r.listing, cases[i].listing);
    }
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
}

/* "1 stop, 2 right": yes is "right", whoever means stop says so or picks it. */
static void stop_or_right(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum intent intent;
    } cases[] = {
        {"1", INTENT_STOP},     {"1.", INTENT_STOP},
        {"so 1", INTENT_STOP},  {"dạ", INTENT_JUNK},
        {"2", INTENT_JUNK},     {"dung roi", INTENT_JUNK},
        {"đúng", INTENT_JUNK},  {"co", INTENT_JUNK},
        {"có", INTENT_JUNK},    {"da", INTENT_JUNK},
        {"phai", INTENT_JUNK},  {"ok", INTENT_JUNK},
        {"ừ", INTENT_JUNK},     {"da dung roi a", INTENT_JUNK},
        {"khong", INTENT_JUNK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = asked_by("dung");
        assert_int_equal(r.ask, ASK_STOP);
        assert_true(answers(&r, cases[i].text));
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.intent, cases[i].intent);
    }
    struct reading r = asked_by("dung");
    assert_false(answers(&r, "dung")); /* as unclear as before */
    assert_false(answers(&r, "dừng")); /* plain: stop, whatever is open */
    assert_false(answers(&r, "3"));
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
    static const char *const texts[] = {
        "gia lua", "TC", "mua lua 20 tan tra cu", "cam on", "", "asdf", "mai co mua khong", "huy", "khong biet"};
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
        cmocka_unit_test(slot_by_slot),
        cmocka_unit_test(a_price_left_open),
        cmocka_unit_test(a_price_left_open_stays_open),
        cmocka_unit_test(slang_for_millions),
        cmocka_unit_test(amounts_as_people_say_them),
        cmocka_unit_test(a_finer_name_of_the_goods),
        cmocka_unit_test(a_choice_by_its_number),
        cmocka_unit_test(who_insists_is_believed),
        cmocka_unit_test(no_asks_again),
        cmocka_unit_test(words_for_slots),
        cmocka_unit_test(a_number_without_a_unit),
        cmocka_unit_test(texts_of_their_own),
        cmocka_unit_test(stop_or_right),
        cmocka_unit_test(yes_holds_to_what_was_written),
        cmocka_unit_test(yes_does_not_choose),
        cmocka_unit_test(no_empties_the_slot),
        cmocka_unit_test(two_checks_and_done),
        cmocka_unit_test(a_place_that_stays_unclear),
        cmocka_unit_test(which_listing),
    };
    context.place_optional = false;
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
