/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct lines lines;
static int feed; /* where the test writes */

static int setup(void **state)
{
    int ends[2];
    (void)state;
    if (pipe(ends) < 0)
        return -1;
    lines_init(&lines, ends[0]);
    feed = ends[1];
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    close(lines.fd);
    if (feed >= 0)
        close(feed);
    return 0;
}

static void write_all(const char *text)
{
    assert_int_equal(write(feed, text, strlen(text)), strlen(text));
    lines_read(&lines);
}

static void end(void)
{
    close(feed);
    feed = -1;
    lines_read(&lines);
}

static void expect_line(const char *text)
{
    struct slice line;
    assert_int_equal(lines_next(&lines, &line), LINES_LINE);
    assert_true(slice_is(line, text));
}

static void lines_come_in_pieces(void **state)
{
    struct slice line;
    (void)state;
    write_all("gia");
    assert_int_equal(lines_next(&lines, &line), LINES_NONE);
    write_all(" lua\nban\r\n\nm");
    expect_line("gia lua");
    expect_line("ban");
    expect_line("");
    assert_int_equal(lines_next(&lines, &line), LINES_NONE);
    end();
    expect_line("m");
    assert_int_equal(lines_next(&lines, &line), LINES_END);
}

static void a_line_too_long_is_told_once(void **state)
{
    static char piece[32769];
    struct slice line;
    (void)state;
    memset(piece, 'x', sizeof piece - 1);
    for (size_t i = 0; i < LINE_MAX_OCTETS / (sizeof piece - 1); i++) {
        assert_int_equal(lines_next(&lines, &line), LINES_NONE);
        write_all(piece);
    }
    assert_int_equal(lines_next(&lines, &line), LINES_TOO_LONG);
    write_all("xxx\ngia lua\n");
    expect_line("gia lua");
    assert_int_equal(lines_next(&lines, &line), LINES_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_come_in_pieces, setup, teardown),
        cmocka_unit_test_setup_teardown(a_line_too_long_is_told_once, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
