/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

static const struct table *read(const char *text, size_t n)
{
    const char *error = NULL;
    const struct table *table = table_from_tsv(arena, "goods", (struct slice){text, n}, &error);
    assert_true((table == NULL) == (error != NULL));
    return table;
}

#define READ(text) read(text, sizeof(text) - 1)

static void rows_and_cells(void **state)
{
    (void)state;
    const struct table *t = READ("\ncode\tname\r\n\nLUA\tL\xC3\xBA\x61\r\nGAO\t\n\tx");
    assert_non_null(t);
    assert_int_equal(t->rows, 3);
    assert_string_equal(table_cell(t, 0, table_column(t, "name")), "L\xC3\xBA\x61");
    assert_string_equal(table_cell(t, 1, table_column(t, "name")), "");
    assert_string_equal(table_cell(t, 2, table_column(t, "code")), "");
    assert_string_equal(table_cell(t, 2, table_column(t, "name")), "x");
    assert_int_equal(t->lines[0], 4);
    assert_int_equal(t->lines[2], 6);
    assert_int_equal(table_column(t, "none"), TABLE_NO_COLUMN);
    assert_string_equal(table_cell(t, 0, TABLE_NO_COLUMN), "");
}

static void header_only(void **state)
{
    (void)state;
    assert_int_equal(READ("code\tname\n")->rows, 0);
}

/* Excel writes one. */
static void a_byte_order_mark_is_no_part_of_the_first_column(void **state)
{
    (void)state;
    const struct table *t = READ("\xEF\xBB\xBF" "code\tname\nLUA\tx\n");
    assert_string_equal(t->head[0], "code");
    assert_int_equal(t->rows, 1);
}

static void broken_tables_name_the_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        const char *error;
    } cases[] = {
        {"", 0, "goods: no header"},
        {"\n\n", 2, "goods: no header"},
        {"a\tb\n1\t2\t3\n", 10, "goods: line 2 has more cells than the header"},
        {"a\tb\n\n1\n", 7, "goods: line 3 has fewer cells than the header"},
        {"\xEF\xBB\xBF", 3, "goods: no header"},
        {"a\n\nx\0y\n", 7, "goods: line 3 holds a NUL"},
        {"a\0b\n", 4, "goods: line 1 holds a NUL"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *error = "";
        assert_null(table_from_tsv(arena, "goods", (struct slice){cases[i].text, cases[i].n}, &error));
        assert_string_equal(error, cases[i].error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_cells),
        cmocka_unit_test(header_only),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_first_column),
        cmocka_unit_test(broken_tables_name_the_line),
    };
    arena = arena_new(4096);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
