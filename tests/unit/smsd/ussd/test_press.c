/* SPDX-License-Identifier: Apache-2.0
 *
 * Keypresses, from the dial to the reading that a flow gets.
 */
#include "tests/unit/smsd/ussd/phone_fixture.h"

#include <stdio.h>
#include <string.h>

#include "smsd/ussd/choices.h"

static const enum lang spoken[] = {LANG_VI, LANG_VI_DAU, LANG_KM, LANG_ZH, LANG_EN};
enum { N_SPOKEN = sizeof spoken / sizeof *spoken };

static void assert_at(const char *screen)
{
    assert_string_equal(screen_of(session_stand(&phone_session).id)->name, screen);
}

/* The screen after the keys, to be compared with a later one. */
static char before[1024];
static void keep(const char *screen)
{
    snprintf(before, sizeof before, "%s", screen);
}

/* ---- offers and requests ---- */

/* Dial, goods, kind, quantity, price, place, confirmation: the eighth screen says that it is done. */
static void an_offer_takes_eight_screens_in_every_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_SPOKEN; i++) {
        phone_begin(NULL);
        phone_turn.lang = spoken[i];
        phone_told = "B7K2";
        PRESS("1", "1", "2", "2", "8k5", "1");
        assert_int_equal(phone_does, USSD_SHOWS);
        press("1");
        assert_int_equal(phone_does, USSD_ACTS);
        assert_string_equal(phone_reading(), "sell LUA.OM18 2000 TAN 8500 KG 845");
        assert_true(phone_view.ends && phone_view.by_sms);
        assert_shows("B7K2");
    }
}

static void a_request_needs_no_price(void **state)
{
    (void)state;
    PRESS("2", "dua kho", "5", "1", "1");
    assert_shows("MUA dua kho 5 chuc gia thoa thuan. Cau Ke. Dung khong bac?");
    press("1");
    assert_string_equal(phone_reading(), "buy DUA.KHO 5000 CHUC 0 - 845");
    assert_true(phone_turn.reading.items[0].unit_assumed); /* how many a chục has is told */
}

static void words_do_where_digits_are_expected(void **state)
{
    (void)state;
    PRESS("1", "om18", "500 kg", "8k", "tieu can");
    assert_shows("BAN lua OM18 500 kg 8.000d/kg. Tieu Can");
    press("1");
    assert_string_equal(phone_reading(), "sell LUA.OM18 500000 KG 8000 KG 846");
    PRESS("1", "tom the 50c", "200", "130", "1", "1");
    assert_string_equal(phone_reading(), "sell TOM.THE 200000 KG 130000 KG 845");
    PRESS("1", "lua 3 tan", "thoa thuan");
    assert_at("sell.place");
}

static void words_are_read_in_every_language(void **state)
{
    (void)state;
    static const char *const goods[] = {"lúa OM18", "om18", "ស្រូវ OM18", "OM18 稻谷", "paddy OM18"};
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        phone_begin(NULL);
        PRESS("1", goods[i], "2", "8500", "1", "1");
        assert_string_equal(phone_reading(), "sell LUA.OM18 2000 TAN 8500 KG 845");
    }
}

/* To what it leaves open; never done without the confirmation. */
static void a_whole_text_jumps_ahead_from_any_screen(void **state)
{
    (void)state;
    static const char *const from[] = {"", "1", "7", "5", "6"};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        PRESS(from[i], "ban lua om18 2 tan 8k cau ke");
        assert_int_equal(phone_does, USSD_SHOWS);
        assert_shows("BAN lua OM18 2 tan 8.000d/kg. Cau Ke.");
    }
    press("1");
    assert_string_equal(phone_reading(), "sell LUA.OM18 2000 TAN 8000 KG 845");
    PRESS("ban lua om18 8k");
    assert_at("sell.much");
    PRESS("mua 2 tan lua om18");
    assert_at("buy.price");
    PRESS("1", "1", "gia tom the cau ngang");
    assert_int_equal(phone_does, USSD_TELLS);
    assert_string_equal(phone_reading(), "price TOM.THE 0 - 0 - 848");
}

static void what_cannot_be_is_asked_about(void **state)
{
    (void)state;
    PRESS("1", "lua", "800");
    assert_shows("1 80 tan");
    assert_shows("4 800 tan");
    press("1");
    assert_at("sell.price");
    press("85000");
    assert_shows("Gia dung la bao nhieu?");
    press("1");
    assert_at("sell.place");
    press("1");
    press("1");
    assert_string_equal(phone_reading(), "sell LUA 80000 TAN 8500 KG 845");
}

static void the_market_price_is_the_first_choice(void **state)
{
    (void)state;
    phone_found.n_groups = 1;
    phone_found.groups[0] = (struct price_group){.commodity = "LUA.OM18", .unit = "KG", .median = 8400, .day = 20778};
    PRESS("1", "om18", "2");
    assert_shows("1 8.400d/kg (gia o day)\n2 Gia thoa thuan");
    press("1");
    press("1");
    press("1");
    assert_string_equal(phone_reading(), "sell LUA.OM18 2000 TAN 8400 KG 845");
    phone_found.groups[0].day = 20700; /* too old to be one */
    PRESS("1", "om18", "2");
    assert_shows("1 Gia thoa thuan");
    phone_found.groups[0] = (struct price_group){.commodity = "LUA", .unit = "KG", .median = 8400, .day = 20778};
    PRESS("1", "om18", "2");
    assert_shows("1 Gia thoa thuan"); /* nor one of other kinds */
}

/* ---- lists ---- */

static void what_one_deals_in_comes_first(void **state)
{
    (void)state;
    struct usual usual = {
        .n_goods = 4, .n_places = 1, .goods = {"MIT", "LUA.ST25", "LUA", "LUA.OM18"}, .places = {"846"}};
    phone_found.usual = &usual;
    PRESS("1");
    assert_shows("1 mit Thai\n2 lua ST25\n3 lua\n4 dua\n");
    press("3");
    assert_shows("1 Khong noi loai\n2 lua ST25\n3 lua OM18\n4 lua OM5451\n");
    PRESS("1", "1", "200", "20k");
    assert_shows("1 Cau Ke\n2 Tieu Can\n3 TP Tra Vinh\n");
}

static void a_long_list_has_pages(void **state)
{
    (void)state;
    PRESS("1", "7", "3");
    assert_shows("1 dua\n2 buoi\n3 cam sanh\n4 quyt duong\n5 chanh\n6 xoai\n7 Tiep");
    press("7");
    assert_shows("1 chuoi\n");
    press("0");
    assert_shows("1 dua\n2 buoi\n");
    for (int i = 0; i < 4; i++)
        press("7");
    assert_null(strstr(phone_view.text, "Tiep")); /* the last one */
    PRESS("1", "7", "3", "7", "2");
    assert_at("sell.much");
    assert_shows("thanh long: may kg?");
}

static void all_goods_are_found_by_digits(void **state)
{
    (void)state;
    size_t n, found = 0;
    const struct commodity *const *all = lexicon_commodities(phone_knowledge.lexicon, &n);
    bool *shown = arena_calloc(phone_turn.arena, n, sizeof *shown);
    for (char group = '1'; group <= '7'; group++) {
        const char digit[] = {group, '\0'};
        for (int pages = 0; pages < 9; pages++) {
            PRESS("1", "7", digit);
            for (int i = 0; i < pages; i++)
                press("7");
            for (size_t c = 0; c < n; c++)
                for (size_t i = 0; i < phone_session.n_shown; i++)
                    shown[c] |= strcmp(all[c]->code, phone_session.shown[i]) == 0;
        }
    }
    for (size_t c = 0; c < n; c++)
        if (!all[c]->parent && !shown[c])
            fail_msg("%s is in no list", all[c]->code);
        else
            found += shown[c];
    assert_true(found > 80);
}

/* ---- back, home, and what means nothing ---- */

static void back_asks_again_and_home_begins_anew(void **state)
{
    (void)state;
    PRESS("1", "1", "2", "2", "8k5", "1");
    assert_at("sell.yes");
    press("0");
    assert_at("sell.place");
    press("0");
    assert_at("sell.price");
    press("8k");
    assert_at("sell.place");
    press("2");
    assert_shows("BAN lua OM18 2 tan 8.000d/kg. TP Tra Vinh.");
    press("0");
    press("0");
    press("0");
    assert_at("sell.much");
    press("0");
    assert_shows("Loai nao?");
    press("0");
    assert_shows("Ban gi?");
    press("0");
    assert_at("main");
    press("0");
    assert_at("main");
    PRESS("1", "1", "2", "2", "00");
    keep(phone_view.text);
    assert_string_equal(before, dial());
    assert_null(phone_session.reading.items[0].commodity);
}

static void what_means_nothing_shows_the_same_screen_with_a_line(void **state)
{
    (void)state;
    char hundred[101] = "", nines[101] = "";
    memset(hundred, '1', 100);
    memset(nines, '9', 100);
    const char *const nonsense[] = {"8", "99", "-1", "*", "#", "xyz xyz", "", hundred, nines, "ok", "1 2 3"};
    static const char *const ways[][6] = {{NULL},
                                          {"1", NULL},
                                          {"1", "7", NULL},
                                          {"1", "1", NULL},
                                          {"5", NULL},
                                          {"6", NULL},
                                          {"1", "om18", "2", "8k", "1", NULL},
                                          {"7", "3", NULL}};
    for (size_t lang = 0; lang < N_SPOKEN; lang++)
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
            for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
                phone_begin(NULL);
                phone_turn.lang = spoken[lang];
                press_all(ways[w]);
                const struct ussd_session was = phone_session;
                keep(phone_view.text);
                press(nonsense[i]);
                if (phone_does != USSD_SHOWS || strcmp(phone_session.screen, was.screen) != 0 ||
                    strcmp(before, phone_view.text) == 0 || phone_session.n_back != was.n_back)
                    fail_msg("\"%s\" after\n%s\nis\n%s", nonsense[i], before, phone_view.text);
                assert_int_equal(phone_session.n_shown, was.n_shown);
                for (size_t n = 0; n < was.n_shown; n++) /* the digits mean what they meant */
                    assert_string_equal(phone_session.shown[n], was.shown[n]);
            }
}

static void numbers_beyond_measure_are_never_done(void **state)
{
    (void)state;
    char hundred[101] = "";
    memset(hundred, '9', 100);
    PRESS("1", "om18", hundred);
    assert_at("sell.much");
    PRESS("1", "om18", "2", hundred);
    assert_at("sell.price");
    PRESS("1", "om18", "0");
    assert_shows("Ban gi?"); /* back, and no amount */
}

/* ---- the rest of the menus ---- */

static void set_listing(char side)
{
    static struct own_listing own;
    own.is = (struct listing_facts){.id = 7,
                                    .code = "B7KS",
                                    .person_id = 1,
                                    .side = side,
                                    .commodity = "LUA.OM18",
                                    .entered_milli = 500000,
                                    .entered_unit = "KG",
                                    .price_low = 8500,
                                    .price_high = 8500,
                                    .price_unit = "KG",
                                    .place = "845",
                                    .size = "",
                                    .grade = "",
                                    .state_of_goods = ""};
    own.is.code = phone_found.listing.code ? phone_found.listing.code : own.is.code;
    phone_found.n_own = 1;
    phone_found.own = &own;
    phone_found.listing = own.is;
}

static void my_listings_are_renewed_sold_and_cancelled(void **state)
{
    (void)state;
    phone_found.listing.code = "L9R6";
    set_listing('s');
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
    phone_found.listing.code = "L9R6";
    set_listing('s');
    for (int i = 0; i < 6000; i++) {
        random = random * 1103515245 + 12345;
        if (i % 200 == 0)
            phone_turn.lang = spoken[i / 200 % N_SPOKEN];
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
    press("1");
    assert_string_equal(phone_view.text, before);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_offer_takes_eight_screens_in_every_language, phone_begin),
        cmocka_unit_test_setup(a_request_needs_no_price, phone_begin),
        cmocka_unit_test_setup(words_do_where_digits_are_expected, phone_begin),
        cmocka_unit_test_setup(words_are_read_in_every_language, phone_begin),
        cmocka_unit_test_setup(a_whole_text_jumps_ahead_from_any_screen, phone_begin),
        cmocka_unit_test_setup(what_cannot_be_is_asked_about, phone_begin),
        cmocka_unit_test_setup(the_market_price_is_the_first_choice, phone_begin),
        cmocka_unit_test_setup(what_one_deals_in_comes_first, phone_begin),
        cmocka_unit_test_setup(a_long_list_has_pages, phone_begin),
        cmocka_unit_test_setup(all_goods_are_found_by_digits, phone_begin),
        cmocka_unit_test_setup(back_asks_again_and_home_begins_anew, phone_begin),
        cmocka_unit_test_setup(what_means_nothing_shows_the_same_screen_with_a_line, phone_begin),
        cmocka_unit_test_setup(numbers_beyond_measure_are_never_done, phone_begin),
        cmocka_unit_test_setup(my_listings_are_renewed_sold_and_cancelled, phone_begin),
        cmocka_unit_test_setup(without_listings_there_are_none, phone_begin),
        cmocka_unit_test_setup(what_is_told_leads_on, phone_begin),
        cmocka_unit_test_setup(what_has_no_room_goes_by_sms, phone_begin),
        cmocka_unit_test_setup(the_person_is_asked_before_anything_is_subscribed_or_stopped, phone_begin),
        cmocka_unit_test_setup(nothing_is_done_unasked_whatever_is_pressed, phone_begin),
        cmocka_unit_test_setup(a_dropped_session_goes_on_where_it_was, phone_begin),
        cmocka_unit_test_setup(what_the_flow_asks_is_asked_on_the_screen, phone_begin),
    };
    return cmocka_run_group_tests(tests, phone_setup, phone_teardown);
}
