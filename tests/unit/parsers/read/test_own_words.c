/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/own_words.h"

#include "tests/unit/parsers/read/read_fixture.h"

static void check(struct slice got, const char *want)
{
    assert_string_equal(arena_copy(arena, got), want);
}

static void behind(void **state)
{
    (void)state;
    check(words_behind(arena, slice_of("Hỏi: lúa bệnh? "), slice_of("hoi")), "lúa bệnh?");
    check(words_behind(arena, slice_of("TL152 - Phun"), slice_of("152")), "Phun");
    check(words_behind(arena, slice_of("TL 1152 roi 152 Phun"), slice_of("152")), "Phun");
    check(words_behind(arena, slice_of("hoir lua"), slice_of("hoi")), "hoir lua");
    check(words_behind(arena, slice_of("hoir: lua"), slice_of("hoi")), "lua");
    check(words_behind(arena, slice_of("问：稻子病了。"), slice_of("问")), "稻子病了。");
    check(words_behind(arena, slice_of("hoi"), slice_of("hoi")), "");
    check(words_behind(arena, (struct slice){NULL, 0}, slice_of("hoi")), "");
}

static void before(void **state)
{
    (void)state;
    check(words_before(arena, slice_of("Thạch Do ở Trà Cú"), slice_of("o")), "Thạch Do");
    check(words_before(arena, slice_of("Thạch Do, Trà Cú"), slice_of(",")), "Thạch Do");
    check(words_before(arena, slice_of("Thạch Do"), slice_of("o")), "Thạch Do");
}

static void colon(void **state)
{
    (void)state;
    check(words_behind_colon(slice_of("LOA LUA: mua lon: 3 ngay")), "mua lon: 3 ngay");
    check(words_behind_colon(slice_of("通知：大雨")), "大雨");
    check(words_behind_colon(slice_of("LOA LUA")), "");
    check(words_from(arena, slice_of("DK TEN Thạch Do"), slice_of("thach")), "Thạch Do");
    check(words_from(arena, slice_of("DK TEN"), slice_of("thach")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(behind), cmocka_unit_test(before), cmocka_unit_test(colon)};
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
