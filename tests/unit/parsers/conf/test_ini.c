/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/conf/ini.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static const struct ini_entry *entries;
static size_t n;
static const char *error;

static bool read_text(const char *text)
{
    return ini_read(arena, slice_of(text), &entries, &n, &error);
}

static void assert_entry(size_t i, const char *section, const char *key, const char *value, int line)
{
    assert_true(i < n);
    assert_string_equal(entries[i].section, section);
    assert_string_equal(entries[i].key, key);
    assert_string_equal(entries[i].value, value);
    assert_int_equal(entries[i].line, line);
}

static void assert_error(const char *text, const char *expected)
{
    assert_false(read_text(text));
    assert_string_equal(error, expected);
}

static void settings_come_with_section_and_line(void **state)
{
    (void)state;
    assert_true(read_text(
        "; the daemon\ntop = 1\n\n[database]\n# where\nconninfo = host=a dbname=b\nworkers: 4 ; two a core\r\n"
        "[http]\nport=8080"));
    assert_int_equal(n, 4);
    assert_entry(0, "", "top", "1", 2);
    assert_entry(1, "database", "conninfo", "host=a dbname=b", 6);
    assert_entry(2, "database", "workers", "4", 7);
    assert_entry(3, "http", "port", "8080", 9);
}

static void repeated_keys_all_come(void **state)
{
    (void)state;
    assert_true(read_text("[a]\nk=1\nk=2\n"));
    assert_int_equal(n, 2);
    assert_entry(1, "a", "k", "2", 3);
}

static void nothing_is_fine(void **state)
{
    (void)state;
    assert_true(ini_read(arena, (struct slice){NULL, 0}, &entries, &n, &error));
    assert_int_equal(n, 0);
    assert_true(read_text("\n\n; only this\n[section]\n"));
    assert_int_equal(n, 0);
    assert_true(read_text("k =\n"));
    assert_entry(0, "", "k", "", 1);
}

static void an_indented_line_is_a_line_like_any_other(void **state)
{
    (void)state;
    assert_true(read_text("[a]\none = 1\n   two = 2\n"));
    assert_int_equal(n, 2);
    assert_entry(1, "a", "two", "2", 3);
    assert_error("[a]\none = 1\n  more of it\n", "line 3: neither a setting nor a section");
}

static void a_byte_order_mark_does_not_matter(void **state)
{
    (void)state;
    assert_true(read_text("\xef\xbb\xbf[a]\nk = Chợ Nổi\n"));
    assert_entry(0, "a", "k", "Chợ Nổi", 2);
}

static void the_first_bad_line_is_named(void **state)
{
    (void)state;
    assert_error("[a]\nk = 1\nwhat is this\nand this\n", "line 3: neither a setting nor a section");
    assert_error("[a\nk = 1\n", "line 1: neither a setting nor a section");
    assert_error("[a]\n= 1\n", "line 2: a value without a name");
    assert_false(ini_read(arena, (struct slice){"k=1\nk=\0\n", 8}, &entries, &n, &error));
    assert_string_equal(error, "line 2: the line holds a NUL");
}

/* inih would cut these without a word. */
static void nothing_is_cut(void **state)
{
    (void)state;
    char text[400];
    memset(text, 'x', sizeof text);
    memcpy(text, "k=", 2);
    text[197] = '\0';
    assert_true(read_text(text));
    assert_int_equal(strlen(entries[0].value), 195);
    text[197] = 'x';
    text[198] = '\0';
    assert_error(text, "line 1: the line is too long");

    memset(text, 'k', INI_NAME_MAX);
    strcpy(text + INI_NAME_MAX, "=1\n");
    assert_true(read_text(text));
    assert_int_equal(strlen(entries[0].key), INI_NAME_MAX);
    memset(text, 'k', INI_NAME_MAX + 1);
    strcpy(text + INI_NAME_MAX + 1, "=1\n");
    assert_error(text, "line 1: the name is too long");

    text[0] = '[';
    strcpy(text + 1 + INI_NAME_MAX + 1, "]\nk=1\n");
    memset(text + 1, 's', INI_NAME_MAX + 1);
    assert_error(text, "line 2: the name is too long");
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
        cmocka_unit_test(settings_come_with_section_and_line),
        cmocka_unit_test(repeated_keys_all_come),
        cmocka_unit_test(nothing_is_fine),
        cmocka_unit_test(an_indented_line_is_a_line_like_any_other),
        cmocka_unit_test(a_byte_order_mark_does_not_matter),
        cmocka_unit_test(the_first_bad_line_is_named),
        cmocka_unit_test(nothing_is_cut),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
