/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "smsd/log/limit.h"
#include "smsd/log/log.h"

static const char *format(const struct log_pair *pairs, size_t n)
{
    static char line[LOG_LINE_MAX];
    size_t length = log_format(line, sizeof line, LEVEL_INFO, pairs, n);
    assert_int_equal(length, strlen(line));
    return line;
}

#define FORMAT(...) format(LOG_PAIRS(__VA_ARGS__), sizeof(LOG_PAIRS(__VA_ARGS__)) / sizeof(struct log_pair))

static void test_plain(void **state)
{
    (void)state;
    assert_string_equal(FORMAT(KV("event", "mo.accepted"), KV("id", "4f1c-1"), KV_INT("n", -3), KV("none", NULL)),
                        "info mo.accepted id=4f1c-1 n=-3 none=-");
}

/* Whatever a value holds, the line stays one line and the key stays one key. */
static void test_values_cannot_break_out(void **state)
{
    (void)state;
    static const struct {
        const char *value, *written;
    } cases[] = {
        {"", "k=\"\""},
        {"two words", "k=\"two words\""},
        {"a\nlevel=error b", "k=\"a\\nlevel=error b\""},
        {"a\r\x1b[31m\x7f", "k=\"a\\x0d\\x1b[31m\\x7f\""},
        {"quote\" and \\", "k=\"quote\\\" and \\\\\""},
        {"a\"b", "k=\"a\\\"b\""},
        {"a\\b", "k=\"a\\\\b\""},
        {"x=y", "k=\"x=y\""},
        {"chào", "k=\"ch\\xc3\\xa0o\""},
        {"\xff\xfe", "k=\"\\xff\\xfe\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(FORMAT(KV("event", "e"), KV("k", cases[i].value)) + strlen("info e "), cases[i].written);
}

static void test_numbers_and_texts_are_hidden(void **state)
{
    (void)state;
    char first[LOG_LINE_MAX];
    const char *line =
        FORMAT(KV("event", "e"), KV_MSISDN("from", "84912345678"), KV_BODY("text", "ban lua om18 2 tan"));
    assert_null(strstr(line, "84912345678"));
    assert_null(strstr(line, "912345"));
    assert_null(strstr(line, "lua"));
    assert_non_null(strstr(line, "from=849****678"));
    assert_non_null(strstr(line, "text.len=18 text.hash="));
    snprintf(first, sizeof first, "%s", line);
    assert_string_equal(
        first, FORMAT(KV("event", "e"), KV_MSISDN("from", "84912345678"), KV_BODY("text", "ban lua om18 2 tan")));
    assert_string_not_equal(
        first, FORMAT(KV("event", "e"), KV_MSISDN("from", "84912345678"), KV_BODY("text", "ban lua om18 3 tan")));
    /* what is no number is not shown either */
    assert_string_equal(FORMAT(KV("event", "e"), KV_MSISDN("from", "a text that somebody sent as a sender")),
                        "info e from=?");
    assert_string_equal(FORMAT(KV("event", "e"), KV_MSISDN("from", NULL), KV_BODY("text", NULL)),
                        "info e from=- text=-");
}

static void test_long_line_is_cut(void **state)
{
    (void)state;
    char value[2 * LOG_LINE_MAX], line[100];
    memset(value, '\n', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    assert_int_equal(strlen(FORMAT(KV("event", "e"), KV("k", value))), LOG_LINE_MAX - 1);
    assert_int_equal(log_format(line, sizeof line, LEVEL_ERROR, LOG_PAIRS(KV("event", "e"), KV("k", value)), 2), 99);
}

static void test_limit(void **state)
{
    (void)state;
    struct limit limit = {0};
    int64_t dropped = -1, now_us = 1000;
    for (int i = 0; i < LIMIT_LINES; i++)
        assert_true(limit_allow(&limit, "a", now_us++, &dropped));
    assert_int_equal(dropped, 0);
    for (int i = 0; i < 7; i++)
        assert_false(limit_allow(&limit, "a", now_us++, &dropped));
    assert_true(limit_allow(&limit, "b", now_us, &dropped)); /* another event has its own allowance */
    assert_true(limit_allow(&limit, "a", 1000 + LIMIT_WINDOW_US, &dropped));
    assert_int_equal(dropped, 7);
    assert_true(limit_allow(&limit, "a", 1001 + LIMIT_WINDOW_US, &dropped));
    assert_int_equal(dropped, 0);
}

/* ---- the real lines, caught from stderr ---- */

static int saved_stderr, pipe_ends[2];

static int catch_stderr(void **state)
{
    (void)state;
    saved_stderr = dup(STDERR_FILENO);
    if (pipe(pipe_ends) != 0 || fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK) != 0)
        return -1;
    return dup2(pipe_ends[1], STDERR_FILENO) < 0;
}

static int release_stderr(void **state)
{
    (void)state;
    dup2(saved_stderr, STDERR_FILENO);
    close(saved_stderr);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    log_open(TARGET_STDERR, LEVEL_INFO);
    return 0;
}

static size_t caught(char *text, size_t room)
{
    ssize_t n = read(pipe_ends[0], text, room - 1);
    text[n > 0 ? n : 0] = '\0';
    return n > 0 ? (size_t)n : 0;
}

static void test_levels(void **state)
{
    (void)state;
    char text[LOG_LINE_MAX];
    unsetenv("JOURNAL_STREAM");
    log_open(TARGET_STDERR, LEVEL_INFO);
    log_debug("hidden");
    log_info("shown", KV("a", "b"));
    caught(text, sizeof text);
    assert_null(strstr(text, "hidden"));
    assert_string_equal(strchr(text, ' '), " info shown a=b\n");
    assert_int_equal(strcspn(text, " "), strlen("2026-11-22T06:10:00.123Z"));
    log_open(TARGET_STDERR, LEVEL_ERROR);
    log_warning("hidden");
    log_error("shown");
    caught(text, sizeof text);
    assert_null(strstr(text, "hidden"));
    assert_non_null(strstr(text, "error shown\n"));
}

static void *write_lines(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < 100; i++)
        log_info("threads", KV("k", "v"));
    return NULL;
}

static void test_threads_do_not_mix(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    static char text[65536];
    int lines = 0;
    setenv("JOURNAL_STREAM", "8:1", 1); /* without the time every line is the same */
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, write_lines, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    unsetenv("JOURNAL_STREAM");
    caught(text, sizeof text);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"), lines++)
        assert_string_equal(line, "info threads k=v");
    assert_int_equal(lines, 100 * THREADS);
}

static void test_repeated_warnings_are_thinned(void **state)
{
    (void)state;
    static char text[65536];
    int lines = 0;
    for (int i = 0; i < 10 * LIMIT_LINES; i++)
        log_warning("again");
    caught(text, sizeof text);
    for (char *at = text; (at = strstr(at, "again")); at++)
        lines++;
    assert_int_equal(lines, LIMIT_LINES);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define CAUGHT(test) cmocka_unit_test_setup_teardown(test, catch_stderr, release_stderr)
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_values_cannot_break_out),
        cmocka_unit_test(test_numbers_and_texts_are_hidden),
        cmocka_unit_test(test_long_line_is_cut),
        cmocka_unit_test(test_limit),
        CAUGHT(test_levels),
        CAUGHT(test_threads_do_not_mix),
        CAUGHT(test_repeated_warnings_are_thinned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
