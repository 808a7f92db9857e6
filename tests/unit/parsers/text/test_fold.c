/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

static void comparing_form(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"  BAN   Lúa\tOM18 \n 2 Tấn ", "ban lua om18 2 tan"},
        {"Đậu phộng", "dau phong"},
        {"ＢＡＮ　ＬＵＡ", "ban lua"},
        {"bán\u200B dừa\uFEFF", "ban dua"},
        {"ba\u0301n", "ban"},
        {"a\xFF\xC3z", "az"},
        {"ស្រូវ OM18", "ស្រូវ om18"},
        {"卖稻谷", "卖稻谷"},
        {"", ""},
        {"\x01\x02", ""},
        {"한글", "한글"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        char *folded = text_fold(arena, slice_of(cases[i][0]), &n);
        assert_string_equal(folded, cases[i][1]);
        assert_int_equal(n, strlen(cases[i][1]));
        assert_string_equal(text_fold(arena, slice_of(folded), NULL), folded);
    }
}

static void without_accents(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Đã lưu: BÁN lúa\n2,5 tấn", "Da luu: BAN lua\n2,5 tan"},
        {"e\u0301", "e"},
        {"ស្រូវ 稻谷 ñ", "ស្រូវ 稻谷 n"},
        {"ok\xFFok", "ok\xFFok"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text_unaccent(arena, slice_of(cases[i][0]), NULL), cases[i][1]);
}

static void well_formed_utf8(void **state)
{
    (void)state;
    assert_true(text_is_utf8(slice_of("bán 稻谷 🍤")));
    assert_true(text_is_utf8(slice_of("")));
    assert_false(text_is_utf8(slice_of("a\xFF")));
    assert_false(text_is_utf8(slice_of("\xC0\x80")));
    assert_false(text_is_utf8(slice_of("\xED\xA0\x80")));
    assert_false(text_is_utf8(slice_of("\xE1\x9E")));
}

static void fit_for_the_database(void **state)
{
    (void)state;
    static const char text[] = "a\0b\xFFlúa\xC3";
    size_t n;
    char *out = text_scrub(arena, (struct slice){text, sizeof text - 1}, &n);
    assert_string_equal(out, "ab\xEF\xBF\xBDlúa\xEF\xBF\xBD");
    assert_int_equal(n, strlen(out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing_form),
        cmocka_unit_test(without_accents),
        cmocka_unit_test(well_formed_utf8),
        cmocka_unit_test(fit_for_the_database),
    };
    arena = arena_new(4096);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
