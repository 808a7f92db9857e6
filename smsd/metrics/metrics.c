/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/metrics/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum row_kind { ROW_FAMILY, ROW_METRIC, ROW_HISTOGRAM };

/* metrics.def as it stands, in its order. */
static const struct row {
    enum row_kind kind;
    int index;        /* of the metric or histogram */
    const char *name; /* ROW_METRIC: NULL, it is its family's */
    const char *type; /* ROW_FAMILY */
    const char *text; /* help; ROW_METRIC: labels */
} ROWS[] = {
#define FAMILY(name, type, help) {ROW_FAMILY, 0, name, type, help},
#define METRIC(symbol, labels) {ROW_METRIC, symbol, NULL, NULL, labels},
#define HISTOGRAM(symbol, name, help) {ROW_HISTOGRAM, symbol, name, NULL, help},
#include "smsd/metrics/metrics.def"
#undef FAMILY
#undef METRIC
#undef HISTOGRAM
};

/* Upper bounds, as shown and in microseconds. An answer within 0.1 s is what people do not notice; Kannel gives up
 * after 20 s (its http-timeout as we recommend it). */
static const struct bound {
    const char *seconds;
    int64_t us;
} BOUNDS[] = {
    {"0.001", 1000},  {"0.0025", 2500}, {"0.005", 5000},  {"0.01", 10000},  {"0.025", 25000},
    {"0.05", 50000},  {"0.1", 100000},  {"0.25", 250000}, {"0.5", 500000},  {"1", 1000000},
    {"2.5", 2500000}, {"5", 5000000},   {"10", 10000000}, {"20", 20000000},
};
enum { BOUND_COUNT = sizeof BOUNDS / sizeof BOUNDS[0] };

static _Atomic int64_t values[METRIC_COUNT] = {[METRIC_BUILD_INFO] = 1};

static struct {
    _Atomic int64_t counts[BOUND_COUNT + 1]; /* of each bucket alone; the last is beyond all bounds */
    _Atomic int64_t sum_us;
} observed[HISTOGRAM_COUNT];

void metric_add(enum metric metric, int64_t n)
{
    atomic_fetch_add_explicit(&values[metric], n, memory_order_relaxed);
}

void metric_set(enum metric metric, int64_t value)
{
    atomic_store_explicit(&values[metric], value, memory_order_relaxed);
}

int64_t metric_get(enum metric metric)
{
    return atomic_load_explicit(&values[metric], memory_order_relaxed);
}

void metric_observe(enum histogram histogram, int64_t us)
{
    if (us < 0)
        us = 0;
    size_t i = 0;
    while (i < BOUND_COUNT && us > BOUNDS[i].us)
        i++;
    atomic_fetch_add_explicit(&observed[histogram].counts[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&observed[histogram].sum_us, us, memory_order_relaxed);
}

static void render_histogram(FILE *out, const struct row *row)
{
    int64_t count = 0;
    fprintf(out, "# HELP %s %s\n# TYPE %s histogram\n", row->name, row->text, row->name);
    for (size_t i = 0; i <= BOUND_COUNT; i++) {
        count += atomic_load_explicit(&observed[row->index].counts[i], memory_order_relaxed);
        fprintf(out, "%s_bucket{le=\"%s\"} %" PRId64 "\n", row->name, i < BOUND_COUNT ? BOUNDS[i].seconds : "+Inf",
                count);
    }
    int64_t sum_us = atomic_load_explicit(&observed[row->index].sum_us, memory_order_relaxed);
    fprintf(out, "%s_sum %" PRId64 ".%06" PRId64 "\n", row->name, sum_us / 1000000, sum_us % 1000000);
    fprintf(out, "%s_count %" PRId64 "\n", row->name, count);
}

static void render_row(FILE *out, const struct row *row, const char *family)
{
    switch (row->kind) {
    case ROW_FAMILY:
        fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", row->name, row->text, row->name, row->type);
        break;
    case ROW_METRIC:
        fprintf(out, row->text[0] ? "%s{%s}" : "%s%s", family, row->text);
        fprintf(out, " %" PRId64 "\n", metric_get((enum metric)row->index));
        break;
    case ROW_HISTOGRAM:
        render_histogram(out, row);
        break;
    }
}

char *metrics_render(struct arena *arena)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    if (!out)
        return arena_copy(arena, slice_of(""));
    const char *family = "";
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        if (ROWS[i].kind == ROW_FAMILY)
            family = ROWS[i].name;
        render_row(out, &ROWS[i], family);
    }
    fclose(out);
    char *copy = arena_copy(arena, (struct slice){text, n});
    free(text);
    return copy;
}
