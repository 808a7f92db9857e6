/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "smsd/metrics/metrics.h"

static struct arena *arena;

static bool shows(const char *line)
{
    char *whole = arena_printf(arena, "\n%s\n", line);
    return strstr(arena_printf(arena, "\n%s", metrics_render(arena)), whole) != NULL;
}

static void test_counters_and_gauges(void **state)
{
    (void)state;
    assert_true(shows("smsd_mo_received_total{link=\"http\"} 0"));
    metric_add(METRIC_MO_HTTP, 1);
    metric_add(METRIC_MO_HTTP, 2);
    metric_set(METRIC_OUTBOX_WAITING, 17);
    metric_add(METRIC_REFUSED_BINARY, 1);
    assert_int_equal(metric_get(METRIC_MO_HTTP), 3);
    assert_true(shows("smsd_mo_received_total{link=\"http\"} 3"));
    assert_true(shows("smsd_outbox_waiting 17"));
    assert_true(shows("smsd_mo_refused_total{reason=\"binary\"} 1"));
    assert_true(shows("smsd_mo_refused_total{reason=\"charset\"} 0"));
    assert_true(shows("smsd_build_info{version=\"" SMSD_VERSION "\"} 1"));
    assert_true(shows("# TYPE smsd_outbox_waiting gauge"));
    assert_true(shows("# HELP smsd_mo_received_total Texts that reached a link, refused ones included."));
}

static void test_each_intent_has_its_series(void **state)
{
    (void)state;
#define X(symbol, name)                      \
    metric_add(metric_of_intent(symbol), 1); \
    assert_true(shows("smsd_intent_total{intent=\"" name "\"} 1"));
#include "parsers/read/intents.def"
#undef X
}

static void test_histogram(void **state)
{
    (void)state;
    metric_observe(HISTOGRAM_ANSWER, -5);
    metric_observe(HISTOGRAM_ANSWER, 1000);
    metric_observe(HISTOGRAM_ANSWER, 1001);
    metric_observe(HISTOGRAM_ANSWER, 99000000);
    assert_true(shows("# TYPE smsd_answer_seconds histogram"));
    assert_true(shows("smsd_answer_seconds_bucket{le=\"0.001\"} 2"));
    assert_true(shows("smsd_answer_seconds_bucket{le=\"0.0025\"} 3"));
    assert_true(shows("smsd_answer_seconds_bucket{le=\"20\"} 3"));
    assert_true(shows("smsd_answer_seconds_bucket{le=\"+Inf\"} 4"));
    assert_true(shows("smsd_answer_seconds_sum 99.002001"));
    assert_true(shows("smsd_answer_seconds_count 4"));
}

/* The exposition format: every series follows the HELP and TYPE of its family, and no series comes twice. */
static void test_format(void **state)
{
    (void)state;
    char *text = metrics_render(arena);
    char family[100] = "", *lines[1000];
    size_t n = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (sscanf(line, "# TYPE %99s", family) == 1 || strncmp(line, "# HELP ", 7) == 0)
            continue;
        assert_int_equal(strncmp(line, family, strlen(family)), 0);
        *strrchr(line, ' ') = '\0';
        for (size_t i = 0; i < n; i++)
            assert_string_not_equal(lines[i], line);
        lines[n++] = line;
    }
    assert_true(n > METRIC_COUNT);
}

static void *add_many(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < 100000; i++)
        metric_add(METRIC_DEAD, 1);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, add_many, NULL);
    metrics_render(arena);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(metric_get(METRIC_DEAD), 400000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counters_and_gauges),
        cmocka_unit_test(test_each_intent_has_its_series),
        cmocka_unit_test(test_histogram),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_threads),
    };
    arena = arena_new(65536);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
