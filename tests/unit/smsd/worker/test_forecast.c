/* SPDX-License-Identifier: Apache-2.0
 *
 * THOI TIET, DO MAN, DU BAO: what officers published, and the supply that is announced.
 */
#include <stdio.h>

#include "db/bulletins.h"
#include "db/supply.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static struct db *owner;

static int begin(void **state)
{
    pg_sql("TRUNCATE bulletins, supply, supply_counted");
    return story_begin(state);
}

static int setup(void **state)
{
    int failed = story_setup(state);
    owner = failed ? NULL : pg_owner();
    return failed;
}

static int teardown(void **state)
{
    db_close(&owner);
    return story_teardown(state);
}

static int64_t publish(const char *kind, const char *area, const char *commodity, const char *body)
{
    struct bulletin_row row = {.kind = kind, .area = area, .commodity = commodity, .body = body, .by = "test"};
    assert_int_equal(bulletin_publish(owner, &row, 2, story_now_us), DB_OK);
    return row.id;
}

static size_t count_supply(void)
{
    bool more = true;
    size_t n = 0;
    for (; more && n < 1000; n++)
        assert_int_equal(supply_count_next(story_db, 600 * SECOND_US, story_now_us, &more), DB_OK);
    return n - 1;
}

/* ---- bulletins ---- */

static void the_newest_for_the_narrowest_area_is_told_with_its_date(void **state)
{
    (void)state;
    publish("weather", "84", "", "Cả tỉnh nắng");
    publish("weather", "848", "", "Mưa sáng");
    story_now_us += SECOND_US;
    publish("weather", "848", "", "Mưa to chiều tối");
    const char *answer = say(LAN, "THOI TIET CAU NGANG");
    assert_says(answer, "Thoi tiet Cau Ngang");
    assert_says(answer, "Mua to chieu toi");
    assert_says(answer, pg_text("SELECT to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM')"));
    assert_says(say(BINH, "thoi tiet cau ke"), "Ca tinh nang");
}

static void the_own_place_stands_in_for_one_that_is_not_named(void **state)
{
    (void)state;
    publish("weather", "84", "", "Cả tỉnh nắng");
    publish("weather", "848", "", "Mưa sáng");
    assert_says(say(LAN, "thoi tiet"), "Ca tinh nang");
    say(LAN, "O CAU NGANG");
    assert_says(say(LAN, "thoi tiet mai sao"), "Mua sang");
}

static void salinity_is_another_thing_than_weather(void **state)
{
    (void)state;
    publish("weather", "848", "", "Mưa sáng");
    assert_says(say(LAN, "DO MAN CAU NGANG"), "Chua co so do man");
    publish("salinity", "848", "", "Mặn 4 phần ngàn ở cống Đa Lộc");
    const char *answer = say(BINH, "do man cau ngang");
    assert_says(answer, "Do man Cau Ngang");
    assert_says(answer, "Man 4 phan ngan");
}

static void what_no_longer_holds_is_not_told(void **state)
{
    (void)state;
    publish("weather", "848", "", "Mưa sáng");
    pg_sql("UPDATE bulletins SET valid_from = current_date - 9, valid_until = current_date - 3");
    const char *answer = say(LAN, "THOI TIET CAU NGANG");
    assert_says(answer, "Chua co tin thoi tiet");
    assert_says(answer, "HOI");
}

static void words_that_cannot_be_sent_are_refused_and_unknown_codes_said(void **state)
{
    (void)state;
    struct bulletin_row row = {.kind = "weather", .area = "848", .commodity = "", .body = "Mưa 80%", .by = "test"};
    assert_int_equal(bulletin_publish(owner, &row, 2, story_now_us), DB_REFUSED);
    row.body = "Mưa";
    row.area = "no place";
    assert_int_equal(bulletin_publish(owner, &row, 2, story_now_us), DB_OK);
    assert_int_equal(row.id, 0);
    row.area = "848";
    row.commodity = "no goods";
    assert_int_equal(bulletin_publish(owner, &row, 2, story_now_us), DB_OK);
    assert_int_equal(row.id, 0);
}

/* ---- supply ---- */

static void offers_and_requests_are_summed_by_week_with_the_people_behind_them(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 20 tan 8000 cau ke");
    say(LAN, "ban lua om18 5 tan 8000 cau ke thu hoach tuan sau");
    say(BINH, "ban lua st25 30 tan 9000 tra cu");
    say("84911111111", "mua lua 40 tan 8000 cau ke");
    assert_int_equal(count_supply(), pg_sql("SELECT count(*) FROM commodities"));
    const char *answer = say("84911111112", "DU BAO LUA");
    assert_says(answer, "Du bao lua, Tra Vinh");
    assert_says(answer, "rao ban 55 tan (2 nguoi)");
    assert_says(answer, "Can mua 40 tan (1 nguoi)");
    assert_says(answer, " 50/40; ");
    assert_says(answer, " 5/0.");
    assert_says(say("84911111112", "du bao lua tra cu"), "rao ban 30 tan (1 nguoi)");
    assert_says(say("84911111112", "du bao lua om18"), "rao ban 25 tan (1 nguoi)");
}

static void who_offers_in_several_places_is_one_person_of_the_province(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 20 tan 8000 cau ke");
    say(LAN, "ban lua st25 10 tan 9000 tra cu");
    say(BINH, "ban lua om18 5 tan 8000 cau ke");
    count_supply();
    assert_says(say("84911111111", "du bao lua"), "rao ban 35 tan (2 nguoi)");
    assert_says(say("84911111111", "du bao lua cau ke"), "rao ban 25 tan (2 nguoi)");
    assert_says(say("84911111111", "du bao lua tra cu"), "rao ban 10 tan (1 nguoi)");
}

static void what_is_over_is_not_counted_and_what_was_counted_is_left_for_a_while(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 20 tan 8000 cau ke");
    count_supply();
    assert_int_equal(count_supply(), 0);
    pg_sql("UPDATE listings SET state = 'cancelled'");
    story_now_us += 601 * SECOND_US;
    assert_true(count_supply() > 0);
    assert_says(say(BINH, "du bao lua"), "Chua ai rao");
    assert_int_equal(pg_sql("SELECT count(*) FROM supply"), 0);
}

static void the_officers_forecast_is_told_with_it_or_alone(void **state)
{
    (void)state;
    publish("forecast", "84", "LUA", "Giá lúa giữ mức 8.200-8.500đ đến cuối tháng");
    assert_says(say(LAN, "DU BAO LUA OM18"), "Gia lua giu muc");
    say(LAN, "ban lua om18 20 tan 8000 cau ke");
    count_supply();
    const char *answer = say(BINH, "du bao lua om18");
    assert_says(answer, "rao ban 20 tan (1 nguoi)");
    assert_says(answer, "Gia lua giu muc");
    assert_says(say(BINH, "du bao tom su"), "Chua ai rao tom su");
    assert_says(say(BINH, "du bao"), "?");
}

static void goods_that_are_counted_are_told_in_their_own_unit(void **state)
{
    (void)state;
    say(LAN, "ban dua kho 1200 trai 10k/trai cang long");
    count_supply();
    assert_says(say(BINH, "du bao dua kho"), "1.200 trai (1 nguoi)");
}

static void the_other_languages_ask_the_same(void **state)
{
    (void)state;
    publish("weather", "84", "", "Cả tỉnh nắng");
    publish("salinity", "84", "", "Mặn 2 phần ngàn");
    say(LAN, "ban lua om18 20 tan 8000 cau ke");
    count_supply();
    assert_says(say(BINH, "dự báo lúa"), "20 tan");
    assert_says(say("84911111111", "weather Cau Ngang"), "Weather Tra Vinh");
    assert_says(say("84911111111", "salinity"), "Salinity Tra Vinh");
    assert_says(say("84911111111", "forecast paddy"), "20 tonne offered");
    assert_says(say("84911111112", "អាកាសធាតុ"), "អាកាសធាតុ");
    assert_says(say("84911111112", "ព្យាករណ៍ ស្រូវ"), "20 តោន");
    assert_says(say("84911111113", "天气"), "天气");
    assert_says(say("84911111113", "盐度"), "盐度");
    assert_says(say("84911111113", "预测 水稻"), "20");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_newest_for_the_narrowest_area_is_told_with_its_date, begin),
        cmocka_unit_test_setup(the_own_place_stands_in_for_one_that_is_not_named, begin),
        cmocka_unit_test_setup(salinity_is_another_thing_than_weather, begin),
        cmocka_unit_test_setup(what_no_longer_holds_is_not_told, begin),
        cmocka_unit_test_setup(words_that_cannot_be_sent_are_refused_and_unknown_codes_said, begin),
        cmocka_unit_test_setup(offers_and_requests_are_summed_by_week_with_the_people_behind_them, begin),
        cmocka_unit_test_setup(who_offers_in_several_places_is_one_person_of_the_province, begin),
        cmocka_unit_test_setup(what_is_over_is_not_counted_and_what_was_counted_is_left_for_a_while, begin),
        cmocka_unit_test_setup(the_officers_forecast_is_told_with_it_or_alone, begin),
        cmocka_unit_test_setup(goods_that_are_counted_are_told_in_their_own_unit, begin),
        cmocka_unit_test_setup(the_other_languages_ask_the_same, begin),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
