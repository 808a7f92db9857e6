/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* What print_rows writes to standard output; free() it. */
static char *printed(const struct ctl *ctl, json_t *rows)
{
    FILE *file = tmpfile();
    fflush(stdout);
    int terminal = dup(STDOUT_FILENO);
    dup2(fileno(file), STDOUT_FILENO);
    int code = print_rows(ctl, rows);
    dup2(terminal, STDOUT_FILENO);
    close(terminal);
    assert_int_equal(code, CTL_OK);
    char *text = NULL;
    size_t room = 0;
    rewind(file);
    assert_true(getdelim(&text, &room, EOF, file) >= 0);
    fclose(file);
    return text;
}

static void assert_printed(const struct ctl *ctl, json_t *rows, const char *wanted)
{
    char *text = printed(ctl, rows);
    assert_string_equal(text, wanted);
    free(text);
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    (void)state;
    struct ctl ctl = {.arena = arena_new(4096)};
    assert_printed(&ctl,
                   json_pack("[{s:s, s:i}, {s:s, s:o}]", "place", "C\xE1\xBA\xA7u K\xC3\xA8", "n", 1000, "place",
                             "a\nb", "n", json_null()),
                   "place   n     \nC\xE1\xBA\xA7u K\xC3\xA8  1000  \na b     -     \n");
    assert_printed(&ctl, json_array(), "nothing\n");
    arena_free(&ctl.arena);
}

static void a_text_cannot_command_the_terminal(void **state)
{
    (void)state;
    struct ctl ctl = {.arena = arena_new(4096), .full = true};
    assert_printed(&ctl, json_pack("[{s:s}]", "text", "a\x1B[2Jb\xC2\x9B" "1mc\x7F\x07" "d\xC2\xA0" "e"),
                   "text              \na [2Jb  1mc  d\xC2\xA0" "e  \n");
    arena_free(&ctl.arena);
}

static double seconds_of_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The bound is wide for the sake of sanitizers; work that grows with the square of the rows would take minutes. */
static void many_rows_take_no_longer_each(void **state)
{
    (void)state;
    struct ctl ctl = {.arena = arena_new(4096)};
    json_t *rows = json_array();
    for (int i = 0; i < 20000; i++)
        json_array_append_new(rows, json_pack("{s:i, s:s, s:s, s:s, s:s}", "id", i, "at", "2026-11-22T06:10:00Z",
                                              "number", "849****678", "text", "(23 characters)", "kind", "reply"));
    double begun = seconds_of_cpu();
    free(printed(&ctl, rows));
    assert_true(seconds_of_cpu() - begun < 5);
    arena_free(&ctl.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
        cmocka_unit_test(a_text_cannot_command_the_terminal),
        cmocka_unit_test(many_rows_take_no_longer_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
