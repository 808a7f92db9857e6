/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/message/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

static const char *value_of(const void *user, struct slice name)
{
    (void)user;
    return slice_is(name, "code") ? "B7K2" : slice_is(name, "empty") ? "" : slice_is(name, "hole") ? "{code}" : NULL;
}

static void assert_filled(const char *text, const char *expected)
{
    assert_string_equal(template_fill(arena, slice_of(text), value_of, NULL), expected);
}

static void holes_are_filled(void **state)
{
    (void)state;
    assert_filled("Da luu {code}: {code}{empty}.", "Da luu B7K2: B7K2.");
    assert_filled("{code}", "B7K2");
    assert_filled("", "");
    assert_filled("không có gì", "không có gì");
}

static void values_are_not_looked_into(void **state)
{
    (void)state;
    assert_filled("{hole}", "{code}");
}

static void what_is_no_hole_stays(void **state)
{
    (void)state;
    assert_filled("{unknown}", "{unknown}");
    assert_filled("{", "{");
    assert_filled("{}", "{}");
    assert_filled("{code", "{code");
    assert_filled("{{code}}", "{B7K2}");
    assert_filled("{co de}", "{co de}");
    assert_filled("}{", "}{");
}

static void the_pieces_one_by_one(void **state)
{
    (void)state;
    struct slice rest = slice_of("a {b_1} c"), words, name;
    assert_true(template_next(&rest, &words, &name));
    assert_true(slice_is(words, "a ") && slice_is(name, "b_1"));
    assert_true(template_next(&rest, &words, &name));
    assert_true(slice_is(words, " c") && name.n == 0);
    assert_false(template_next(&rest, &words, &name));
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
        cmocka_unit_test(holes_are_filled),
        cmocka_unit_test(values_are_not_looked_into),
        cmocka_unit_test(what_is_no_hole_stays),
        cmocka_unit_test(the_pieces_one_by_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
