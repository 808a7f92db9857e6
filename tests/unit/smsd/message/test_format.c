/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/message/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

#define NAMES(vi, km, zh, en) {[LANG_VI] = vi, [LANG_VI_DAU] = vi, [LANG_KM] = km, [LANG_ZH] = zh, [LANG_EN] = en}

static const struct unit kg = {.code = "KG", .base = "KG", .dimension = DIM_MASS, .factor_milli = 1000,
                               .name = NAMES("ký", "គីឡូ", "公斤", "kilogram")};
static const struct unit tonne = {.code = "TAN", .base = "KG", .dimension = DIM_MASS, .factor_milli = 1000000,
                                  .name = NAMES("tấn", "តោន", "吨", "tonne")};
static const struct unit bushel = {.code = "GIA", .base = "KG", .dimension = DIM_MASS, .factor_milli = 20000, .ambiguous = true,
                                   .name = NAMES("giạ", "ថាំង", "箩", "")};
static const struct unit ten = {.code = "CHUC", .base = "PIECE", .dimension = DIM_COUNT, .factor_milli = 12000, .ambiguous = true,
                                .name = NAMES("chục", "ឡូ", "打", "ten")};
static const struct unit fruit = {.code = "TRAI", .base = "PIECE", .dimension = DIM_COUNT, .factor_milli = 1000,
                                  .name = NAMES("trái", "ផ្លែ", "个", "fruit")};
static const struct unit crate = {.code = "THUNG", .base = "KG", .dimension = DIM_CONTAINER, .ambiguous = true,
                                  .name = NAMES("thùng", "", "箱", "crate")};

static const struct commodity rice = {.code = "LUA.OM18", .category = "rice", .unit = &tonne, .price_unit = &kg,
                                      .brief = NAMES("lúa OM18", "ស្រូវ OM18", "OM18 稻谷", "paddy OM18")};
static const struct commodity shrimp = {.code = "TOM.THE", .category = "aquaculture", .unit = &kg, .price_unit = &kg,
                                        .brief = NAMES("tôm thẻ", "", "白虾", "whiteleg")};
static const struct commodity fish = {.code = "CA", .category = "aquaculture", .unit = &kg, .price_unit = &kg,
                                      .brief = NAMES("cá", "ត្រី", "鱼", "fish")};
static const struct commodity pangasius = {.code = "CA.TRA", .parent = &fish, .category = "aquaculture", .unit = &kg,
                                           .price_unit = &kg, .brief = NAMES("cá tra", "", "", "pangasius")};
static const struct commodity coconut = {.code = "DUA.KHO", .category = "fruit", .unit = &ten, .price_unit = &fruit,
                                         .brief = NAMES("dừa khô", "", "", "coconut")};

static void numbers_with_their_marks(void **state)
{
    (void)state;
    assert_string_equal(format_number(arena, LANG_VI, 0), "0");
    assert_string_equal(format_number(arena, LANG_VI, 999), "999");
    assert_string_equal(format_number(arena, LANG_VI, 8500), "8.500");
    assert_string_equal(format_number(arena, LANG_KM, 1234567), "1.234.567");
    assert_string_equal(format_number(arena, LANG_EN, 1234567), "1,234,567");
    assert_string_equal(format_number(arena, LANG_ZH, -8500), "-8,500");
    assert_string_equal(format_number(arena, LANG_VI, INT64_MIN), "-9.223.372.036.854.775.808");
}

static void prices_as_people_write_them(void **state)
{
    (void)state;
    assert_string_equal(format_price(arena, LANG_VI, 8500, 8500, &kg), "8.500đ/kg");
    assert_string_equal(format_price(arena, LANG_VI_DAU, 8200, 8600, &kg), "8.200-8.600đ/kg");
    assert_string_equal(format_price(arena, LANG_VI, 0, 8600, &kg), "tối đa 8.600đ/kg");
    assert_string_equal(format_price(arena, LANG_VI, 8200, 0, &kg), "từ 8.200đ/kg");
    assert_string_equal(format_price(arena, LANG_VI, 0, 0, &kg), "giá thỏa thuận");
    assert_string_equal(format_price(arena, LANG_VI, 8500, 8500, NULL), "8.500đ");
    assert_string_equal(format_price(arena, LANG_EN, 8500, 8500, &kg), "8,500d/kg");
    assert_string_equal(format_price(arena, LANG_ZH, 8500, 8500, &kg), "8,500盾/公斤");
    assert_string_equal(format_price(arena, LANG_KM, 145000, 145000, &ten), "145.000ដុង/ឡូ");
}

static void changes_with_their_sign(void **state)
{
    (void)state;
    assert_string_equal(format_change(arena, LANG_VI, 200), "+200đ");
    assert_string_equal(format_change(arena, LANG_EN, -1500), "-1,500d");
    assert_string_equal(format_change(arena, LANG_VI, 0), "không đổi");
}

static void quantities_with_no_more_decimals_than_needed(void **state)
{
    (void)state;
    assert_string_equal(format_quantity(arena, LANG_VI, 2000, &tonne, false), "2 tấn");
    assert_string_equal(format_quantity(arena, LANG_VI, 2500, &tonne, false), "2,5 tấn");
    assert_string_equal(format_quantity(arena, LANG_VI, 1250500, &kg, false), "1.250,5 kg");
    assert_string_equal(format_quantity(arena, LANG_VI, 1, &kg, false), "0,001 kg");
    assert_string_equal(format_quantity(arena, LANG_VI, 100000, &kg, false), "100 kg");
    assert_string_equal(format_quantity(arena, LANG_ZH, 2500, &tonne, false), "2.5吨");
    assert_string_equal(format_quantity(arena, LANG_EN, 2500, NULL, false), "2.5");
    assert_string_equal(format_quantity(arena, LANG_VI, 2500, &tonne, true), "khoảng 2,5 tấn");
    assert_string_equal(format_quantity(arena, LANG_ZH, 2500, &tonne, true), "约2.5吨");
    assert_string_equal(format_quantity(arena, LANG_EN, 2000, &bushel, false), "2 giạ"); /* no English name: the Vietnamese */
}

static void days_far_off_show_their_year(void **state)
{
    (void)state;
    day_t today = day_from_ymd(2026, 11, 22);
    assert_string_equal(format_day(arena, LANG_VI, today, today), "22/11");
    assert_string_equal(format_day(arena, LANG_VI, today + 30, today), "22/12");
    assert_string_equal(format_day(arena, LANG_VI, today + 31, today), "23/12/2026");
    assert_string_equal(format_day(arena, LANG_VI, today - 31, today), "22/10/2026");
    assert_string_equal(format_day(arena, LANG_ZH, today, today), "11/22");
    assert_string_equal(format_day(arena, LANG_EN, day_from_ymd(2021, 12, 31), today), "31/12/2021");
    assert_string_equal(format_full_day(arena, LANG_ZH, day_from_ymd(2021, 12, 31)), "2021/12/31");
    assert_string_equal(format_full_day(arena, LANG_KM, day_from_ymd(2026, 1, 2)), "02/01/2026");
}

static void moments_in_the_provinces_zone(void **state)
{
    (void)state;
    int64_t noon_utc = ((int64_t)day_from_ymd(2026, 11, 22) * 86400 + 12 * 3600 + 5 * 60) * 1000000;
    assert_string_equal(format_moment(arena, LANG_VI, noon_utc), "19:05 22/11");
    assert_string_equal(format_moment(arena, LANG_ZH, noon_utc + 5 * 3600 * 1000000LL), "00:05 11/23");
    assert_string_equal(format_moment(arena, LANG_VI, -1), "06:59 01/01");
}

static void goods_with_what_was_said_of_them(void **state)
{
    (void)state;
    assert_string_equal(format_goods(arena, LANG_VI, &rice, "", "", ""), "lúa OM18");
    assert_string_equal(format_goods(arena, LANG_VI, &rice, NULL, "1", "fresh"), "lúa OM18 loại 1 tươi");
    assert_string_equal(format_goods(arena, LANG_VI, &shrimp, "50", NULL, NULL), "tôm thẻ 50 con/kg");
    assert_string_equal(format_goods(arena, LANG_ZH, &shrimp, "30-40", NULL, NULL), "白虾30-40只/公斤");
    assert_string_equal(format_goods(arena, LANG_VI, &pangasius, "1", "", ""), "cá tra cỡ 1");
    assert_string_equal(format_goods(arena, LANG_VI, &rice, "1m6", "y tu", "phoi"), "lúa OM18 1m6 y tu phoi");
    assert_string_equal(format_goods(arena, LANG_EN, &rice, NULL, NULL, "dry"), "paddy OM18 dry");
    assert_string_equal(format_goods(arena, LANG_KM, &coconut, NULL, NULL, NULL), "dừa khô");
    assert_string_equal(format_variant(arena, LANG_VI, NULL, "50", "1", NULL), "cỡ 50 loại 1");
    assert_string_equal(format_variant(arena, LANG_VI, NULL, ">=300g", NULL, NULL), "từ 300g");
    assert_string_equal(format_variant(arena, LANG_VI, NULL, NULL, NULL, NULL), "");
}

static void what_was_assumed_is_said(void **state)
{
    (void)state;
    struct read_item item = {.commodity = &coconut, .unit = &ten, .unit_assumed = true};
    assert_string_equal(format_assumed(arena, LANG_VI, &item), "1 chục = 12 trái");
    item = (struct read_item){.commodity = &rice, .unit = &bushel, .unit_assumed = true};
    assert_string_equal(format_assumed(arena, LANG_VI, &item), "1 giạ = 20 kg");
    assert_string_equal(format_assumed(arena, LANG_ZH, &item), "1箩 = 20公斤");
    item = (struct read_item){.commodity = &rice, .unit = &tonne, .unit_assumed = true};
    assert_string_equal(format_assumed(arena, LANG_VI, &item), "tính theo tấn");
    assert_string_equal(format_assumed(arena, LANG_ZH, &item), "按吨计");
    item.unit = &crate;
    assert_string_equal(format_assumed(arena, LANG_VI, &item), "tính theo thùng");
    item.unit_assumed = false;
    assert_null(format_assumed(arena, LANG_VI, &item));
    assert_null(format_assumed(arena, LANG_VI, &(struct read_item){.unit_assumed = true}));
}

static void windows_of_a_season(void **state)
{
    (void)state;
    struct season season = {&rice, "DX1", NAMES("", "", "", ""), NULL, 1016, 1102, 120, 215, ""};
    assert_string_equal(format_windows(arena, LANG_VI, &season), "xuống giống 16/10-02/11, thu hoạch 20/01-15/02");
    assert_string_equal(format_windows(arena, LANG_ZH, &season), "播种10/16-11/02, 收获01/20-02/15");
    season = (struct season){&shrimp, "THE", NAMES("", "", "", ""), NULL, 201, 430, 0, 0, ""};
    assert_string_equal(format_windows(arena, LANG_VI, &season), "thả giống 01/02-30/04");
    season = (struct season){&coconut, "DUA", NAMES("", "", "", ""), NULL, 0, 0, 101, 1231, ""};
    assert_string_equal(format_windows(arena, LANG_VI, &season), "thu hoạch quanh năm");
    season.harvest_from = 0;
    assert_string_equal(format_windows(arena, LANG_VI, &season), "");
}

static void names_of_units(void **state)
{
    (void)state;
    assert_string_equal(format_unit(LANG_VI, &kg), "kg");
    assert_string_equal(format_unit(LANG_KM, &kg), "គីឡូ");
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_with_their_marks),
        cmocka_unit_test(prices_as_people_write_them),
        cmocka_unit_test(changes_with_their_sign),
        cmocka_unit_test(quantities_with_no_more_decimals_than_needed),
        cmocka_unit_test(days_far_off_show_their_year),
        cmocka_unit_test(moments_in_the_provinces_zone),
        cmocka_unit_test(goods_with_what_was_said_of_them),
        cmocka_unit_test(what_was_assumed_is_said),
        cmocka_unit_test(windows_of_a_season),
        cmocka_unit_test(names_of_units),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
