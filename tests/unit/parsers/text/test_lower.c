/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/lower.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void names_inside_a_sentence(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"Lúa OM18", "lúa OM18"}, {"Đậu phộng", "đậu phộng"}, {"Ớt", "ớt"},  {"SR Monthong", "SR Monthong"},
        {"Ếch", "ếch"},           {"lúa", "lúa"},             {"稻谷", "稻谷"}, {"ស្រូវ OM18", "ស្រូវ OM18"},
        {"", ""},                 {"A", "a"},                 {"B52", "B52"}, {"\xff", "\xff"},
    };
    struct arena *arena = arena_new(4096);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(text_lower_first(arena, slice_of(names[i][0])), names[i][1]);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_inside_a_sentence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
