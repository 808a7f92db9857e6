/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes to who subscribed, without being asked for.
 */
#include "smsd/job/subscribers.h"

#include "db/bulletins.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static int begin(void **state)
{
    pg_sql("TRUNCATE bulletins, price_groups");
    return story_begin(state);
}

static size_t tell(void)
{
    struct subscribers_after after = {0};
    const struct knowledge *knowledge = knowledge_acquire();
    size_t all = 0, told;
    arena_reset(story_arena);
    do {
        assert_int_equal(
            subscribers_tell(story_db, story_arena, knowledge, &story_policy.alerts, &after, story_now_us, &told),
            DB_OK);
        all += told;
    } while (after.person_id);
    knowledge_release(knowledge);
    return all;
}

static const char *alerts(void)
{
    return pg_text("SELECT body FROM outbox WHERE kind = 'alert' ORDER BY id");
}

static void price(const char *commodity, const char *place, int days_ago)
{
    pg_sql("INSERT INTO price_groups (commodity, day, place, unit, basis, size, grade, state, rest, low, median, high, "
           "reports) VALUES ('%s', (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - %d, '%s', 'KG', 'farmgate', '', '', "
           "'', '', 8200, 8300, 8400, 5)",
           commodity, days_ago, place);
}

static void forecast(const char *area, const char *commodity, const char *body)
{
    struct db *owner = pg_owner();
    struct bulletin_row row = {.kind = "forecast", .area = area, .commodity = commodity, .body = body, .by = "test"};
    assert_int_equal(bulletin_publish(owner, &row, 14, story_now_us), DB_OK);
    assert_true(row.id > 0);
    db_close(&owner);
}

static void a_price_of_the_goods_in_the_place_is_told_once_a_week(void **state)
{
    (void)state;
    say(LAN, "DK LUA CAU KE");
    assert_int_equal(tell(), 0);
    price("LUA.OM18", "845", 1);
    assert_int_equal(tell(), 1);
    assert_says(alerts(), "Gia lua OM18, Cau Ke");
    assert_says(alerts(), "8.200-8.400d/kg (5 tin)");
    assert_says(alerts(), "HUY DK");
    assert_int_equal(tell(), 0);
    story_now_us += 7 * 24 * 60 * MINUTE_US;
    price("LUA.OM18", "845", -7);
    assert_int_equal(tell(), 1);
}

/* Of all goods, it is not said to be of those that were subscribed to. */
static void a_forecast_of_no_certain_goods_is_named_so(void **state)
{
    (void)state;
    say(LAN, "DK LUA CAU KE");
    forecast("84", "", "Nuoc ve som");
    assert_int_equal(tell(), 1);
    assert_says(alerts(), "Tin du bao chung, Tra Vinh");
}

static void what_lies_elsewhere_or_is_other_goods_or_old_is_not_told(void **state)
{
    (void)state;
    say(LAN, "DK LUA CAU KE");
    price("LUA", "849", 1);
    price("TOM.SU", "845", 1);
    price("LUA", "845", 9);
    forecast("849", "LUA", "Lúa Trà Cú tăng");
    forecast("84", "TOM", "Tôm tăng");
    assert_int_equal(tell(), 0);
}

static void a_forecast_is_told_once_to_each(void **state)
{
    (void)state;
    say(LAN, "DK LUA OM18 CAU KE");
    say(BINH, "subscribe paddy Cau Ke");
    forecast("84", "LUA", "Giá lúa giữ mức 8.200-8.500đ");
    assert_int_equal(tell(), 2);
    assert_says(alerts(), "Tin lua OM18, Tra Vinh");
    assert_says(alerts(), "News of paddy");
    assert_int_equal(tell(), 0);
    forecast("845", "", "Cầu Kè: mưa, thu hoạch sớm");
    assert_int_equal(tell(), 2);
}

static void who_dropped_it_or_stopped_hears_nothing(void **state)
{
    (void)state;
    say(LAN, "DK LUA CAU KE");
    say(BINH, "DK LUA CAU KE");
    say(LAN, "HUY DK LUA");
    say(BINH, "TC");
    price("LUA", "845", 1);
    forecast("84", "LUA", "Giá lúa tăng");
    assert_int_equal(tell(), 0);
}

static void all_pages_are_told(void **state)
{
    (void)state;
    say(LAN, "DK LUA CAU KE");
    pg_sql("INSERT INTO people (msisdn) SELECT 84901000000 + n FROM generate_series(1, 600) n");
    pg_sql("INSERT INTO subscriptions SELECT id, 'LUA', '845', '1', 1, now() FROM people ON CONFLICT DO NOTHING");
    price("LUA", "845", 1);
    assert_int_equal(tell(), 601);
    assert_int_equal(tell(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_price_of_the_goods_in_the_place_is_told_once_a_week, begin),
        cmocka_unit_test_setup(a_forecast_of_no_certain_goods_is_named_so, begin),
        cmocka_unit_test_setup(what_lies_elsewhere_or_is_other_goods_or_old_is_not_told, begin),
        cmocka_unit_test_setup(a_forecast_is_told_once_to_each, begin),
        cmocka_unit_test_setup(who_dropped_it_or_stopped_hears_nothing, begin),
        cmocka_unit_test_setup(all_pages_are_told, begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
