/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "smsd/ctl/files.h"

static struct arena *arena;
static char folder[] = "/tmp/chonoi-files-XXXXXX";

static int begin(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    unlink(arena_printf(arena, "%s/units.tsv", folder));
    rmdir(arena_printf(arena, "%s/places.tsv", folder));
    rmdir(folder);
    arena_free(&arena);
    return 0;
}

static void the_nearest_word_names_the_folder(void **state)
{
    (void)state;
    setenv("CHONOI_LOCALES", "/env", 1);
    assert_string_equal(lexicon_folder(arena, "/given", "/conf"), "/given");
    assert_string_equal(lexicon_folder(arena, NULL, "/conf"), "/env/lexicon");
    setenv("CHONOI_LOCALES", "", 1);
    assert_string_equal(lexicon_folder(arena, NULL, "/conf"), "/conf/lexicon");
    unsetenv("CHONOI_LOCALES");
    assert_string_equal(lexicon_folder(arena, NULL, "/conf"), "/conf/lexicon");
}

/* This program lies in ctl/, so its neighbours are sought beside that. */
static void the_folder_beside_the_program_is_the_last_resort(void **state)
{
    (void)state;
    static const char tail[] = "/smsd/ctl/../share/chonoi/locales/lexicon";
    unsetenv("CHONOI_LOCALES");
    const char *found = lexicon_folder(arena, NULL, NULL);
    assert_int_equal(*found, '/');
    assert_true(strlen(found) > sizeof tail);
    assert_string_equal(found + strlen(found) - strlen(tail), tail);
}

static void a_file_is_read_to_its_end(void **state)
{
    (void)state;
    const char *error = NULL;
    FILE *file = fopen(arena_printf(arena, "%s/units.tsv", folder), "we");
    assert_non_null(file);
    fputs("code\tname\nKG\tk\xFFg\nTAN\ttấn\n", file); /* a byte that is no UTF-8 is the reader's matter */
    fclose(file);
    const struct table *table = lexicon_file(arena, folder, "units", &error);
    assert_non_null(table);
    assert_int_equal(table->rows, 2);
    assert_string_equal(table_cell(table, 1, 1), "tấn");
}

static void what_cannot_be_read_is_named(void **state)
{
    (void)state;
    const char *error = NULL;
    assert_null(lexicon_file(arena, folder, "nothing", &error));
    assert_string_equal(error, arena_printf(arena, "%s/nothing.tsv: No such file or directory", folder));
    assert_int_equal(mkdir(arena_printf(arena, "%s/places.tsv", folder), 0700), 0);
    assert_null(lexicon_file(arena, folder, "places", &error));
    assert_string_equal(error, arena_printf(arena, "%s/places.tsv: Is a directory", folder));
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static const char *const head[] = {"code", "name"}, *const cells[] = {"KG", "k\u00fd", "TAN", ""};
    static const char *const torn[] = {"KG", "a\tb"};
    const struct table table = {.name = "units", .columns = 2, .rows = 2, .head = head, .cells = cells};
    const struct table unfit = {.name = "units", .columns = 2, .rows = 1, .head = head, .cells = torn};
    const char *error = NULL;
    assert_true(lexicon_file_write(arena, folder, &table, &error));
    const struct table *read = lexicon_file(arena, folder, "units", &error);
    assert_int_equal(read->rows, 2);
    assert_string_equal(table_cell(read, 0, 1), "k\u00fd");
    assert_string_equal(table_cell(read, 1, 1), "");
    assert_false(lexicon_file_write(arena, folder, &unfit, &error)); /* and what stood there stands */
    assert_string_equal(error, "units: a tab or a line end in the row \"KG\"");
    assert_int_equal(lexicon_file(arena, folder, "units", &error)->rows, 2);
    assert_false(lexicon_file_write(arena, "/nonexistent", &table, &error));
    assert_string_equal(error, "/nonexistent/units.tsv: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_word_names_the_folder),
        cmocka_unit_test(the_folder_beside_the_program_is_the_last_resort),
        cmocka_unit_test(a_file_is_read_to_its_end),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(what_cannot_be_read_is_named),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
