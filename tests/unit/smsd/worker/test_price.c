/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of a price: where it is from, how old it is, what it stands in for. Cầu Kè (845) and Châu Thành (847)
 * are districts of Trà Vinh (84), Cần Thơ (92) is elsewhere in the delta.
 */
#include <string.h>

#include "tests/unit/smsd/worker/story_fixture.h"

static int begin(void **state)
{
    story_begin(state);
    pg_sql("DELETE FROM price_groups WHERE commodity IN"
           " (SELECT commodity FROM commodity_kinds WHERE kind = 'LUA')");
    return 0;
}

static void group(const char *commodity, const char *place, int days_ago, int median)
{
    pg_sql("INSERT INTO price_groups VALUES ('%s', province_today() - %d, '%s', 'KG', 'farmgate', '', '', '', '',"
           " %d, %d, %d, 5)",
           commodity, days_ago, place, median - 100, median, median + 100);
}

static const char *in_all(const char *lang, const char *text)
{
    say(LAN, lang);
    return say(LAN, text);
}

static void a_price_of_the_place(void **state)
{
    (void)state;
    group("LUA.OM18", "845", 2, 8300);
    assert_says(say(LAN, "gia lua om18 cau ke"), "8.200-8.400d/kg (5 tin)");
    assert_says(in_all("NN VI DAU", "giá lúa om18 cầu kè"), "8.200-8.400đ/kg (5 tin)");
    assert_says(in_all("NN KM", "gia lua om18 cau ke"), "8.200-8.400");
    assert_says(in_all("NN ZH", "gia lua om18 cau ke"), "5条");
    assert_says(in_all("NN EN", "price lua om18 cau ke"), "(reports: 5)");
}

static void the_nearest_is_said_to_be_from_there(void **state)
{
    (void)state;
    group("LUA.OM18", "847", 2, 8300);
    const char *answer = say(LAN, "gia lua om18 cau ke");
    assert_says(answer, "Cau Ke chua co gia moi. Gan do lua OM18 o Chau Thanh");
}

/* New and far is not old. */
static void from_elsewhere_in_the_delta_is_neither_near_nor_old(void **state)
{
    (void)state;
    group("LUA.OM18", "92", 2, 8300);
    assert_says(say(LAN, "gia lua om18 cau ke"), "Cau Ke chua co gia moi. Xa hon lua OM18 o Can Tho");
    assert_says(in_all("NN VI DAU", "giá lúa om18 cầu kè"), "Xa hơn");
    assert_says(in_all("NN KM", "gia lua om18 cau ke"), "ឆ្ងាយ");
    assert_says(in_all("NN ZH", "gia lua om18 cau ke"), "别处");
    assert_says(in_all("NN EN", "price lua om18 cau ke"), "Elsewhere");
}

static void an_old_one_is_said_to_be_old(void **state)
{
    (void)state;
    group("LUA.OM18", "845", 15, 8300);
    assert_says(say(LAN, "gia lua om18 cau ke"), "Gia cu lua OM18 o Cau Ke");
}

static void what_stands_in_is_named(void **state)
{
    (void)state;
    group("LUA", "845", 2, 8000);
    const char *answer = say(LAN, "gia lua om18 cau ke");
    assert_says(answer, "Chua co gia lua OM18. Gia lua o Cau Ke");
}

static void the_change_is_on_last_week_when_both_have_prices(void **state)
{
    (void)state;
    group("LUA.OM18", "845", 6, 8300);
    group("LUA.OM18", "845", 13, 8100);
    assert_says(say(LAN, "gia lua om18 cau ke"), "So tuan truoc: +200d");
    pg_sql("UPDATE price_groups SET day = day - 1 WHERE commodity = 'LUA.OM18'");
    assert_null(strstr(say(BINH, "gia lua om18 cau ke"), "So tuan truoc"));
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_price_of_the_place),
        TEST(the_nearest_is_said_to_be_from_there),
        TEST(from_elsewhere_in_the_delta_is_neither_near_nor_old),
        TEST(an_old_one_is_said_to_be_old),
        TEST(what_stands_in_is_named),
        TEST(the_change_is_on_last_week_when_both_have_prices),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
