/* SPDX-License-Identifier: Apache-2.0
 *
 * Keypresses, from the dial to the reading that a flow gets.
 */
#include "tests/unit/smsd/ussd/phone_fixture.h"

#include "smsd/ussd/choices.h"

static const enum lang spoken[] = {LANG_VI, LANG_VI_DAU, LANG_KM, LANG_ZH, LANG_EN};

static const char *where(void)
{
    return screen_of(session_stand(&phone_session).id)->name;
}

/* ---- selling ---- */

/* Dial, goods, kind, quantity, price, place, confirmation: the eighth screen says that it is done. */
static void an_offer_takes_eight_screens_in_every_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
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

static void words_do_where_digits_are_expected(void **state)
{
    (void)state;
    PRESS("1", "om18", "500 kg", "8k", "tieu can");
    assert_shows("BAN lua OM18 500 kg 8.000d/kg. Tieu Can");
    press("1");
    assert_string_equal(phone_reading(), "sell LUA.OM18 500000 KG 8000 KG 846");
    PRESS("1", "lua 3 tan", "thoa thuan");
    assert_string_equal(where(), "sell.place");
    PRESS("1", "tom the 50c", "200", "130", "1", "1");
    assert_string_equal(phone_reading(), "sell TOM.THE 200000 KG 130000 KG 845");
    PRESS("2", "dua kho", "5", "1", "1", "1");
    assert_string_equal(phone_reading(), "buy DUA.KHO 5000 CHUC 0 - 845");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_offer_takes_eight_screens_in_every_language, phone_begin),
        cmocka_unit_test_setup(words_do_where_digits_are_expected, phone_begin),
    };
    return cmocka_run_group_tests(tests, phone_setup, phone_teardown);
}
