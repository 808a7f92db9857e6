/* SPDX-License-Identifier: Apache-2.0
 *
 * DK and HUY DK: who people are, and what they are sent without asking.
 */
#include "tests/unit/smsd/worker/story_fixture.h"

static void who_registers_is_told_what_is_kept(void **state)
{
    (void)state;
    const char *answer = say(LAN, "DK TEN Thach Sarun O TRA CU TRONG LUA OM18");
    assert_says(answer, "Ten: Thach Sarun.");
    assert_says(answer, "Tra Cu");
    assert_says(answer, "lua OM18");
    assert_says(answer, "TC");
    assert_string_equal(pg_text("SELECT name || '|' || place FROM people"), "Thach Sarun|849");
    assert_string_equal(pg_text("SELECT commodity FROM person_crops"), "LUA.OM18");
    assert_int_equal(pg_sql("SELECT count(*) FROM consent WHERE kind = 'alerts' AND granted"), 1);
}

static void a_name_is_kept_as_it_was_written(void **state)
{
    (void)state;
    assert_says(say(LAN, "NN VI DAU"), "tiếng");
    assert_says(say(LAN, "đk tên Thạch Sa Rưn, ở Trà Cú, nuôi tôm sú và trồng lúa"), "Tên: Thạch Sa Rưn.");
    assert_string_equal(pg_text("SELECT name FROM people"), "Thạch Sa Rưn");
    assert_string_equal(pg_text("SELECT commodity FROM person_crops ORDER BY 1"), "LUA\nTOM.SU");
}

static void crops_told_later_replace_those_before_and_the_name_stays(void **state)
{
    (void)state;
    say(LAN, "DK TEN Thach Sarun O TRA CU TRONG LUA");
    say(LAN, "dk nuoi tom su");
    assert_string_equal(pg_text("SELECT commodity FROM person_crops"), "TOM.SU");
    assert_string_equal(pg_text("SELECT name || '|' || place FROM people"), "Thach Sarun|849");
}

static void dk_alone_asks_for_the_place(void **state)
{
    (void)state;
    assert_says(say(LAN, "DK"), "o xa, huyen nao");
    assert_says(say(LAN, "Cau Ke"), "O Cau Ke");
    assert_string_equal(pg_text("SELECT place FROM people"), "845");
    const char *again = say(LAN, "dang ky");
    assert_null(strstr(again, "huyen nao"));
    assert_says(again, "TC");
}

static void goods_that_may_be_several_are_asked_about_and_the_name_is_not_lost(void **state)
{
    (void)state;
    assert_says(say(LAN, "dk ten Kim Thi Sa o cau ke trong dua"), "1) ");
    assert_says(say(LAN, "1"), "Kim Thi Sa");
    assert_string_equal(
        pg_text("SELECT p.name || '|' || c.commodity FROM people p JOIN person_crops c ON c.person_id = p.id"),
        "Kim Thi Sa|DUA");
}

static void who_subscribes_is_told_what_will_come_and_how_to_end_it(void **state)
{
    (void)state;
    const char *answer = say(LAN, "DK LUA CAU KE");
    assert_says(answer, "lua o Cau Ke");
    assert_says(answer, "HUY DK");
    assert_says(answer, "TC");
    assert_string_equal(pg_text("SELECT concat_ws('|', commodity, place, text_version) FROM subscriptions"),
                        "LUA|845|2");
    assert_int_equal(pg_sql("SELECT count(*) FROM subscriptions s JOIN inbound i ON i.id = s.inbound_id"), 1);
    say(LAN, "dang ky nhan gia lua cau ke");
    assert_int_equal(pg_sql("SELECT count(*) FROM subscriptions"), 1);
}

static void without_a_place_the_own_one_holds_and_else_the_province(void **state)
{
    (void)state;
    assert_says(say(LAN, "DK TOM SU"), "Tra Vinh");
    say(BINH, "O CAU NGANG");
    assert_says(say(BINH, "DK TOM SU, LUA"), "tom su, lua o Cau Ngang");
    assert_string_equal(pg_text("SELECT commodity || '|' || place FROM subscriptions ORDER BY place, commodity"),
                        "TOM.SU|84\nLUA|848\nTOM.SU|848");
}

static void one_subscription_is_dropped_and_the_others_stay(void **state)
{
    (void)state;
    say(LAN, "DK LUA OM18 CAU KE");
    say(LAN, "DK TOM SU CAU NGANG");
    assert_says(say(LAN, "HUY DK LUA"), "thoi gui tin lua");
    assert_string_equal(pg_text("SELECT commodity FROM subscriptions"), "TOM.SU");
    assert_says(say(LAN, "huy dk heo"), "chua dang ky");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 0);
}

static void tc_takes_all_of_them_away(void **state)
{
    (void)state;
    say(LAN, "DK LUA CAU KE");
    say(BINH, "DK LUA CAU KE");
    say(LAN, "TC");
    assert_int_equal(pg_sql("SELECT count(*) FROM subscriptions"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 1);
    say(LAN, "DK TOM SU");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 0);
    assert_string_equal(pg_text("SELECT commodity FROM subscriptions ORDER BY 1"), "LUA\nTOM.SU");
}

static void the_other_languages_do_the_same(void **state)
{
    (void)state;
    assert_says(say(LAN, "register name Sok Da, live in Tra Cu, grow paddy"), "Name: Sok Da.");
    assert_says(say("84911111111", "subscribe paddy Tra Cu"), "weekly prices and forecasts");
    assert_says(say("84911111112", "ចុះឈ្មោះ ឈ្មោះ សុខដា នៅ កន្លង់ ដាំ ស្រូវ"), "ឈ្មោះ: សុខដា។");
    assert_says(say("84911111113", "注册 姓名 阿明 住在 茶句 种 水稻"), "姓名: 阿明。");
    assert_says(say("84911111114", "取消订阅 水稻"), "没有订阅");
    assert_int_equal(pg_sql("SELECT count(*) FROM person_crops WHERE commodity = 'LUA'"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(who_registers_is_told_what_is_kept, story_begin),
        cmocka_unit_test_setup(a_name_is_kept_as_it_was_written, story_begin),
        cmocka_unit_test_setup(crops_told_later_replace_those_before_and_the_name_stays, story_begin),
        cmocka_unit_test_setup(dk_alone_asks_for_the_place, story_begin),
        cmocka_unit_test_setup(goods_that_may_be_several_are_asked_about_and_the_name_is_not_lost, story_begin),
        cmocka_unit_test_setup(who_subscribes_is_told_what_will_come_and_how_to_end_it, story_begin),
        cmocka_unit_test_setup(without_a_place_the_own_one_holds_and_else_the_province, story_begin),
        cmocka_unit_test_setup(one_subscription_is_dropped_and_the_others_stay, story_begin),
        cmocka_unit_test_setup(tc_takes_all_of_them_away, story_begin),
        cmocka_unit_test_setup(the_other_languages_do_the_same, story_begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
