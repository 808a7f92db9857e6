/* SPDX-License-Identifier: Apache-2.0
 *
 * The other menus, what flows say on a screen, and sessions that were dropped.
 */
#include "tests/unit/smsd/ussd/phone_fixture.h"

#include <string.h>

#include "smsd/ussd/choices.h"

static void my_listings_are_renewed_sold_and_cancelled(void **state)
{
    (void)state;
    phone_has_listing();
    PRESS("6");
    assert_shows("1 L9R6 lua OM18 500 kg");
    press("1");
    assert_shows("L9R6 lua OM18 500 kg\n1 Gia han\n2 Da xong het\n3 Da xong mot phan\n4 Huy tin");
    press("1");
    assert_string_equal(phone_reading(), "renew L9R6 LUA.OM18 0 - 0 - -");
    PRESS("6", "1", "2");
    assert_shows("1 8.500d/kg (gia da dang)\n2 Khong noi gia");
    press("1");
    assert_string_equal(phone_reading(), "sold L9R6 LUA.OM18 0 - 8500 KG -");
    PRESS("6", "1", "2", "2");
    assert_string_equal(phone_reading(), "sold L9R6"); /* all of it */
    PRESS("6", "1", "3");
    assert_shows("lua OM18: may kg?"); /* in the unit of the listing */
    press("200");
    press("8400");
    assert_string_equal(phone_reading(), "sold L9R6 LUA.OM18 200000 KG 8400 KG -");
    PRESS("6", "1", "3", "200", "0");
    press("1 ta");
    press("2");
    assert_string_equal(phone_reading(), "sold L9R6 LUA.OM18 1000 TA 0 - -");
    PRESS("6", "1", "4");
    assert_shows("Huy tin L9R6 lua OM18 500 kg?");
    press("1");
    assert_string_equal(phone_reading(), "cancel L9R6 LUA.OM18 0 - 0 - -");
    assert_true(phone_view.ends && phone_view.by_sms);
    PRESS("huy l9r6");
    assert_at("cancel");
    PRESS("tin");
    assert_at("mine");
    static const char *const numbered[] = {"huy 2", "gia han 2", "ban roi 2"}; /* of a list in an SMS */
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        PRESS("6", "1", numbered[i]);
        assert_at("mine");
    }
    PRESS("ban roi l9r6");
    assert_at("gone.price");
    PRESS("ban roi l9r6 200 kg");
    assert_at("part.price");
    PRESS("do man");
    assert_true(phone_turn.reading.salinity);
}

static void without_listings_there_are_none(void **state)
{
    (void)state;
    PRESS("6");
    assert_shows("Bac khong co tin nao dang dang.\n0 ve");
    press("1");
    assert_true(phone_session.wrong);
}

static void what_is_told_leads_on(void **state)
{
    (void)state;
    PRESS("3", "1", "2");
    assert_string_equal(phone_reading(), "price LUA.OM18 0 - 0 - -");
    assert_int_equal(phone_does, USSD_TELLS);
    assert_false(phone_view.ends || phone_view.by_sms);
    press("7"); /* nothing to choose: not told again */
    assert_int_equal(phone_does, USSD_SHOWS);
    assert_at("main");
    PRESS("3", "1", "2", "0");
    assert_shows("Loai nao?");
    PRESS("4", "lua");
    assert_string_equal(phone_reading(), "season LUA 0 - 0 - -");
    PRESS("5", "1", "lua");
    assert_string_equal(phone_reading(), "forecast LUA 0 - 0 - -");
    PRESS("5", "2");
    assert_false(phone_turn.reading.salinity);
    assert_int_equal(phone_turn.reading.intent, INTENT_WEATHER);
    PRESS("5", "3");
    assert_true(phone_turn.reading.salinity);
    PRESS("7", "5");
    assert_int_equal(phone_turn.reading.intent, INTENT_HELP);
}

static void what_has_no_room_goes_by_sms(void **state)
{
    (void)state;
    phone_told =
        "Gia lua OM18 o Cau Ke 22/11: 8.200-8.600d/kg (12 tin). Hom qua 8.100d/kg. Gia o Tieu Can 8.000-8.300d/kg "
        "(4 tin). Gia o Tra Cu 8.000d/kg (3 tin).";
    PRESS("3", "om18");
    assert_true(phone_view.by_sms && !phone_view.ends);
    assert_shows("Gia lua OM18 o Cau Ke 22/11: 8.200-8.600d/kg (12 tin).");
    assert_shows("...\n(xem tin nhan)\n0 ve");
}

static void the_person_is_asked_before_anything_is_subscribed_or_stopped(void **state)
{
    (void)state;
    PRESS("7", "1", "om18", "1");
    assert_shows("Moi tuan SMS gia, du bao lua OM18. Cau Ke. Dung khong bac?");
    press("1");
    assert_string_equal(phone_reading(), "start LUA.OM18 0 - 0 - 845");
    assert_false(phone_turn.reading.registers);
    PRESS("7", "2");
    assert_int_equal(phone_does, USSD_SHOWS);
    press("1");
    assert_int_equal(phone_turn.reading.intent, INTENT_STOP);
    PRESS("huy dk lua"); /* of that alone: nothing about all texts is asked */
    assert_int_equal(phone_does, USSD_ACTS);
    assert_string_equal(phone_reading(), "stop LUA 0 - 0 - -");
    PRESS("7", "4", "tieu can");
    assert_string_equal(phone_reading(), "place - 0 - 0 - 846");
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char digit[] = {(char)('1' + lang), '\0'};
        PRESS("7", "3", digit);
        assert_int_equal(phone_turn.reading.intent, INTENT_LANGUAGE);
        assert_true(phone_turn.reading.has_lang);
        assert_int_equal(phone_turn.reading.lang, lang);
    }
}

/* ---- whatever is pressed ---- */

/* Keys at random, in all languages. The fixture fails on a screen that is too long, or a session that its row does not
 * give back. */
static void nothing_is_done_unasked_whatever_is_pressed(void **state)
{
    (void)state;
    static const char *const keys[] = {"1",
                                       "1",
                                       "1",
                                       "2",
                                       "2",
                                       "3",
                                       "4",
                                       "5",
                                       "6",
                                       "7",
                                       "7",
                                       "0",
                                       "00",
                                       "9",
                                       "12",
                                       "8500",
                                       "8k5",
                                       "2 tan",
                                       "lua",
                                       "om18",
                                       "cau ke",
                                       "tom the 50c",
                                       "ban lua 2 tan 8k",
                                       "gia dua",
                                       "thoa thuan",
                                       "huy l9r6",
                                       "tin",
                                       "khong",
                                       "ok",
                                       "ស្រូវ",
                                       "ប៉ុន្មាន",
                                       "稻谷",
                                       "xyz",
                                       "?"};
    static const enum intent confirmed[] = {INTENT_SELL, INTENT_BUY, INTENT_CANCEL, INTENT_START, INTENT_STOP};
    unsigned random = 1, done = 0;
    phone_has_listing();
    for (int i = 0; i < 6000; i++) {
        random = random * 1103515245 + 12345;
        if (i % 200 == 0)
            phone_turn.lang = phone_langs[i / 200 % PHONE_LANGS];
        if (i % 200 == 0 || phone_view.ends)
            dial();
        const enum screen_id from = session_stand(&phone_session).id;
        const char *key = keys[random / 65536 % (sizeof keys / sizeof *keys)];
        press(key);
        done += phone_does == USSD_ACTS;
        for (size_t c = 0; phone_does == USSD_ACTS && c < sizeof confirmed / sizeof *confirmed; c++)
            if (phone_turn.reading.intent == confirmed[c])
                assert_true(screen_of(from)->kind == KIND_CONFIRM && strcmp(key, "1") == 0);
    }
    assert_true(done > 50);
}

/* ---- sessions ---- */

static void resume(void)
{
    phone_turn.n_lookups = 0;
    phone_does = USSD_SHOWS;
    ussd_resume(&phone_turn, &phone_session);
    phone_view = ussd_show(&phone_turn, &phone_session, USSD_SHOWS, NULL);
}

static void a_dropped_session_goes_on_where_it_was(void **state)
{
    (void)state;
    PRESS("1", "om18", "2");
    keep(phone_view.text);
    resume();
    assert_shows("1 Lam tiep\n2 Lam lai tu dau");
    resume(); /* dropped there as well */
    assert_shows("1 Lam tiep\n2 Lam lai tu dau");
    press("1");
    assert_string_equal(phone_view.text, phone_before);
    resume();
    press("0"); /* the question before it */
    assert_at("sell.price");
    resume();
    press("2");
    assert_at("main");
    PRESS("1");
    resume(); /* nothing was said yet */
    assert_at("main");
    PRESS("3", "om18");
    resume(); /* it was told */
    assert_at("main");
}

static void what_the_flow_asks_is_asked_on_the_screen(void **state)
{
    (void)state;
    PRESS("4", "tom");
    const struct lexicon *lexicon = phone_knowledge.lexicon;
    phone_turn.reading.outcome = READ_ASK;
    phone_turn.reading.ask = ASK_COMMODITY;
    phone_turn.reading.n_choices = 2;
    phone_turn.reading.choices[0].commodity = lexicon_commodity(lexicon, "TOM.SU");
    phone_turn.reading.choices[1].commodity = lexicon_commodity(lexicon, "TOM.THE");
    phone_turn.question = "{}";
    phone_view = ussd_show(&phone_turn, &phone_session, USSD_TELLS, "Hang gi?");
    assert_shows("1 tom su\n2 tom the\n");
    assert_null(phone_turn.question); /* not by SMS as well */
    press("2");
    assert_string_equal(phone_reading(), "season TOM.THE 0 - 0 - -");
}

/* TC, from where 1 would have posted an offer. */
static void what_was_told_in_between_takes_no_digits(void **state)
{
    (void)state;
    PRESS("1", "om18", "2", "8k", "1");
    assert_at("sell.yes");
    phone_turn.reading = (struct reading){.outcome = READ_SURE, .intent = INTENT_STOP};
    phone_view = ussd_show(&phone_turn, &phone_session, USSD_TELLS, "Da ngung.");
    assert_shows("Da ngung.\n0 ve");
    press("1");
    assert_int_equal(phone_does, USSD_SHOWS);
    assert_at("main");
}

/* Which of two districts, of a price: no screen of the branch is about places. */
static void what_no_screen_asks_is_asked_by_sms(void **state)
{
    (void)state;
    PRESS("3", "om18");
    phone_turn.question = "{}";
    phone_turn.reading.outcome = READ_ASK;
    phone_turn.reading.ask = ASK_PLACE;
    phone_turn.reading.n_choices = 2;
    phone_view = ussd_show(&phone_turn, &phone_session, USSD_TELLS, "O dau? 1) Cau Ke, 2) Cau Ngang");
    assert_true(phone_view.by_sms);
    assert_non_null(phone_turn.question);
}

static void a_province_without_districts_has_communes(void **state)
{
    (void)state;
    struct policy policy = *phone_turn.policy;
    policy.province = "86N";
    phone_turn.policy = &policy;
    phone_turn.home = NULL;
    PRESS("7", "4");
    const struct place *first = lexicon_place(phone_knowledge.lexicon, phone_session.shown[0]);
    assert_int_equal(first->level, PLACE_COMMUNE);
    assert_string_equal(first->parent->code, "86N");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(my_listings_are_renewed_sold_and_cancelled, phone_begin),
        cmocka_unit_test_setup(without_listings_there_are_none, phone_begin),
        cmocka_unit_test_setup(what_is_told_leads_on, phone_begin),
        cmocka_unit_test_setup(what_has_no_room_goes_by_sms, phone_begin),
        cmocka_unit_test_setup(the_person_is_asked_before_anything_is_subscribed_or_stopped, phone_begin),
        cmocka_unit_test_setup(nothing_is_done_unasked_whatever_is_pressed, phone_begin),
        cmocka_unit_test_setup(a_dropped_session_goes_on_where_it_was, phone_begin),
        cmocka_unit_test_setup(what_the_flow_asks_is_asked_on_the_screen, phone_begin),
        cmocka_unit_test_setup(what_was_told_in_between_takes_no_digits, phone_begin),
        cmocka_unit_test_setup(what_no_screen_asks_is_asked_by_sms, phone_begin),
        cmocka_unit_test_setup(a_province_without_districts_has_communes, phone_begin),
    };
    return cmocka_run_group_tests(tests, phone_setup, phone_teardown);
}
