/* SPDX-License-Identifier: Apache-2.0
 *
 * Keypresses, from the dial to the reading that a flow gets.
 */
#include "tests/unit/smsd/ussd/phone_fixture.h"

#include <stdio.h>
#include <string.h>

#include "smsd/ussd/choices.h"

/* ---- offers and requests ---- */

/* Dial, goods, kind, quantity, price, place, confirmation: the eighth screen says that it is done. */
static void an_offer_takes_eight_screens_in_every_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < PHONE_LANGS; i++) {
        phone_begin(NULL);
        phone_turn.lang = phone_langs[i];
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
    assert_string_equal(phone_before, dial());
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
    for (size_t lang = 0; lang < PHONE_LANGS; lang++)
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
            for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
                phone_begin(NULL);
                phone_turn.lang = phone_langs[lang];
                press_all(ways[w]);
                const struct ussd_session was = phone_session;
                keep(phone_view.text);
                press(nonsense[i]);
                if (phone_does != USSD_SHOWS || strcmp(phone_session.screen, was.screen) != 0 ||
                    strcmp(phone_before, phone_view.text) == 0 || phone_session.n_back != was.n_back)
                    fail_msg("\"%s\" after\n%s\nis\n%s", nonsense[i], phone_before, phone_view.text);
                assert_int_equal(phone_session.n_shown, was.n_shown);
                for (size_t n = 0; n < was.n_shown; n++) /* the digits mean what they meant */
                    assert_string_equal(phone_session.shown[n], was.shown[n]);
            }
}

static void digits_are_read_in_any_script(void **state)
{
    (void)state;
    PRESS(" 1 ", "１", "២", "២", "8500", "១", "1");
    assert_string_equal(phone_reading(), "sell LUA.OM18 2000 TAN 8500 KG 845");
    PRESS("1", "០");
    assert_at("main");
    PRESS("1", "om18", "០០");
    assert_at("main");
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
        cmocka_unit_test_setup(digits_are_read_in_any_script, phone_begin),
        cmocka_unit_test_setup(numbers_beyond_measure_are_never_done, phone_begin),
    };
    return cmocka_run_group_tests(tests, phone_setup, phone_teardown);
}
