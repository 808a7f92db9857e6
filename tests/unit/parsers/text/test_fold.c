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

/* Marks that may stand in any order do not tell texts apart, wherever the Latin letter's own stand among them. */
static void marks_in_any_order(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a\u0323\u0302n", "an"},
        {"a\u0E38\u0301n", "a\u0E38n"},
        {"a\u0301\u0E38n", "a\u0E38n"},
        {"\u0628\u064E\u0651", "\u0628\u064E\u0651"},
        {"\u0628\u0651\u064E", "\u0628\u064E\u0651"},
        {"\u0628\u0651\u200D\u064E", "\u0628\u064E\u0651"},
        {"\u0301\u0323", "\u0323\u0301"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *folded = text_fold(arena, slice_of(cases[i][0]), NULL);
        assert_string_equal(folded, cases[i][1]);
        assert_string_equal(text_fold(arena, slice_of(folded), NULL), folded);
    }
}

/* Marks without end, and a sign that stands for a sentence, stay short. */
static void what_unfolds_is_bounded(void **state)
{
    (void)state;
    enum { MARKS = 500, KEPT = 30 };
    char text[2 + MARKS * 2 + 1] = "\u0628", wanted[2 + KEPT * 2 + 1] = "\u0628";
    for (size_t i = 1; i <= MARKS; i++)
        memcpy(text + i * 2, "\u064E", 3);
    for (size_t i = 1; i <= KEPT; i++)
        memcpy(wanted + i * 2, "\u064E", 3);
    assert_string_equal(text_fold(arena, slice_of(text), NULL), wanted);
    assert_string_equal(text_fold(arena, slice_of("\uFDFA"), NULL), "\u0635\u0644\u0649 \u0627\u0644");
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
        cmocka_unit_test(marks_in_any_order),
        cmocka_unit_test(what_unfolds_is_bounded),
        cmocka_unit_test(without_accents),
        cmocka_unit_test(well_formed_utf8),
        cmocka_unit_test(fit_for_the_database),
    };
    arena = arena_new(4096);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
