/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct table *read(const char *text)
{
    const char *error = "";
    const struct table *table = table_from_csv(arena, "t", slice_of(text), &error);
    if (!table)
        fail_msg("%s", error);
    return table;
}

static void assert_cells(const char *text, size_t columns, size_t rows, const char *cells)
{
    const struct table *table = read(text);
    assert_int_equal(table->columns, columns);
    assert_int_equal(table->rows, rows);
    const char *all = "";
    for (size_t i = 0; i < columns; i++)
        all = arena_printf(arena, "%s%s|", all, table->head[i]);
    for (size_t i = 0; i < columns * rows; i++)
        all = arena_printf(arena, "%s%s|", all, table->cells[i]);
    assert_string_equal(all, cells);
}

static void commas_semicolons_or_tabs(void **state)
{
    (void)state;
    assert_cells("a,b\n1,2\n3,4\n", 2, 2, "a|b|1|2|3|4|");
    assert_cells("a;b\n1,5;2\n", 2, 1, "a|b|1,5|2|");
    assert_cells("a\tb\n1;5\t2,3", 2, 1, "a|b|1;5|2,3|");
    assert_cells("\xEF\xBB\xBF"
                 "a,b\r\n1,2\r\n",
                 2, 1, "a|b|1|2|");
    assert_cells("a\n1\n", 1, 1, "a|1|");
}

static void quotes_hold_what_would_end_a_cell(void **state)
{
    (void)state;
    assert_cells("a,b\n\"1,5\",\"x \"\"y\"\" z\"\n", 2, 1, "a|b|1,5|x \"y\" z|");
    assert_cells("a,b\n\"1\n2\",\"\"\n3,4\n", 2, 2, "a|b|1\n2||3|4|");
    assert_cells("a,b\n1\"2,\"\"\"\"\n", 2, 1, "a|b|1\"2|\"|");
}

static void blanks_around_are_none_of_it(void **state)
{
    (void)state;
    assert_cells("a , b\n 1 2 ,\" 3 \"\n", 2, 1, "a|b|1 2| 3 |");
}

static void empty_lines_and_cells(void **state)
{
    (void)state;
    assert_cells("\n\na,b\n\n,\n\n1,\n", 2, 2, "a|b|||1||");
}

static void lines_are_those_of_the_file(void **state)
{
    (void)state;
    const struct table *table = read("a,b\n\n1,\"x\ny\"\n2,3\n");
    assert_int_equal(table->lines[0], 3);
    assert_int_equal(table->lines[1], 5);
}

static void what_is_no_table(void **state)
{
    (void)state;
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"", "t: no header"},
        {"\n\n", "t: no header"},
        {"a,b\n1\n", "t: line 2 has fewer cells than the header"},
        {"a,b\n1,2\n\n1,2,3\n", "t: line 4 has more cells than the header"},
        {"a,b\n1,\"2\n", "t: line 2 has a quote that is not closed"},
        {"a,b\n1,\"", "t: line 2 has a quote that is not closed"},
        {"a,b\n1,\"2\"3\n", "t: line 2 goes on behind a closing quote"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *error = "";
        assert_null(table_from_csv(arena, "t", slice_of(cases[i].text), &error));
        assert_string_equal(error, cases[i].error);
    }
    const char *error = "";
    assert_null(table_from_csv(arena, "t", (struct slice){"a\0b\n", 4}, &error));
    assert_string_equal(error, "t: holds a NUL");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(commas_semicolons_or_tabs), TEST(quotes_hold_what_would_end_a_cell), TEST(blanks_around_are_none_of_it),
        TEST(empty_lines_and_cells),     TEST(lines_are_those_of_the_file),       TEST(what_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
