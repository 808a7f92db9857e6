/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

/* The tokens joined by bars; one glued to the one before by "+". */
static const char *cut(const char *text)
{
    size_t n;
    struct token *tokens = text_tokens(arena, slice_of(text), &n);
    const char *out = "";
    for (size_t i = 0; i < n; i++)
        out = arena_printf(arena, "%s%s%s", out, i == 0 ? "" : tokens[i].glued ? "+" : "|", tokens[i].text.at);
    return out;
}

static void words_numbers_and_signs(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"BAN lua OM18 2tan", "ban|lua|om+18|2+tan"},
        {"8.500đ/kg, 1,5", "8.500+d+/+kg+,|1,5"},
        {"om18. 2", "om+18+.|2"},
        {"卖椰子 5公斤", "卖+椰+子|5+公+斤"},
        {"ស្រូវ ៣", "ស្រូ+វ|3"},
        {"a\nb", "a+\n|b"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(cut(cases[i][0]), cases[i][1]);
}

static void marks_in_vni(void **state)
{
    (void)state;
    size_t n;
    struct token *t = text_tokens(arena, slice_of("Dừa hoà hòa đậu lua"), &n);
    assert_int_equal(n, 5);
    assert_string_equal(t[0].marks, "du7a2");
    assert_string_equal(t[1].marks, t[2].marks);
    assert_string_equal(t[3].marks, "d9a6u5");
    assert_null(t[4].marks);
}

static void a_mark_that_is_there_decides(void **state)
{
    (void)state;
    assert_true(marks_agree(NULL, "du7a2"));
    assert_true(marks_agree("du7a2", NULL));
    assert_true(marks_agree("du7a2", "du7a2"));
    assert_true(marks_agree("dua2", "du7a2"));
    assert_false(marks_agree("du7a", "du7a2"));
    assert_true(marks_agree("su7a4", "su7a3"));
    assert_false(marks_agree("su7a1", "su7a3"));
    assert_false(marks_agree("du7a", "dua2"));
    assert_false(marks_agree("du7a1", "du7a2"));
    assert_false(marks_agree("ba5n", "ba1n"));
    assert_false(marks_agree("ban5", "ban"));
    assert_false(marks_agree("d9au", "dau"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_numbers_and_signs),
        cmocka_unit_test(marks_in_vni),
        cmocka_unit_test(a_mark_that_is_there_decides),
    };
    arena = arena_new(4096);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
