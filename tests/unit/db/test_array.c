/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include "db/array.h"

static struct arena *arena;

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new(64);
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void elements_cannot_be_mistaken(void **state)
{
    (void)state;
    struct array array = array_begin(arena);
    array_text(&array, "cau ke");
    array_text(&array, "");
    array_text(&array, "NULL");
    array_text(&array, NULL);
    array_text(&array, "a,b}{\"\\");
    assert_string_equal(array_end(&array), "{\"cau ke\",\"\",\"NULL\",NULL,\"a,b}{\\\"\\\\\"}");
}

static void numbers_days_and_flags(void **state)
{
    (void)state;
    struct array array = array_begin(arena);
    array_i64(&array, INT64_MIN);
    array_id(&array, 0);
    array_id(&array, 7);
    array_bool(&array, true);
    array_day(&array, day_from_ymd(2026, 11, 22));
    array_day(&array, DAY_NONE);
    array_char(&array, 's');
    assert_string_equal(array_end(&array), "{-9223372036854775808,NULL,7,t,2026-11-22,NULL,\"s\"}");
}

static void ids_of_a_row_are_one_text(void **state)
{
    (void)state;
    struct array array = array_begin(arena);
    array_ids(&array, (const int64_t[]){1, 20}, 2);
    array_ids(&array, NULL, 0);
    assert_string_equal(array_end(&array), "{\"{1,20}\",\"{}\"}");
}

static void grows_beyond_its_first_block(void **state)
{
    (void)state;
    struct array array = array_begin(arena);
    for (int i = 0; i < 1000; i++)
        array_text(&array, "\"");
    const char *literal = array_end(&array);
    assert_int_equal(strlen(literal), 1000 * 5 + 1);
    assert_string_equal(literal + strlen(literal) - 5, "\"\\\"\"}");
}

static void a_field_of_each_row(void **state)
{
    (void)state;
    const struct {
        const char *code;
    } rows[] = {{"A"}, {"B"}};
    assert_string_equal(FIELD_TEXT(arena, rows, 2, code), "{\"A\",\"B\"}");
    size_t none = 0;
    assert_string_equal(FIELD_TEXT(arena, rows, none, code), "{}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_cannot_be_mistaken),
        cmocka_unit_test(numbers_days_and_flags),
        cmocka_unit_test(ids_of_a_row_are_one_text),
        cmocka_unit_test(grows_beyond_its_first_block),
        cmocka_unit_test(a_field_of_each_row),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
