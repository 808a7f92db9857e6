/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters and gauges of the process, for /metrics. The list is metrics.def. Any thread; relaxed atomics, so a reading
 * is exact per series but not a moment's snapshot of all.
 *
 *     metric_add(METRIC_MO_HTTP, 1);
 *     metric_add(metric_of_intent(reading.intent), 1);
 *     metric_observe(HISTOGRAM_ANSWER, now_us - mo->received_us);
 */
#ifndef SMSD_METRICS_METRICS_H
#define SMSD_METRICS_METRICS_H

#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/read/reading.h"
#include "smsd/version.h"

enum metric {
#define FAMILY(name, type, help)
#define METRIC(symbol, labels) symbol,
#define HISTOGRAM(symbol, name, help)
#include "smsd/metrics/metrics.def"
#undef METRIC
#undef HISTOGRAM
    METRIC_COUNT
};

enum histogram {
#define METRIC(symbol, labels)
#define HISTOGRAM(symbol, name, help) symbol,
#include "smsd/metrics/metrics.def"
#undef FAMILY
#undef METRIC
#undef HISTOGRAM
    HISTOGRAM_COUNT
};

/* Counts up (a counter), or up and down (a gauge). */
void metric_add(enum metric metric, int64_t n);

/* Sets a gauge. */
void metric_set(enum metric metric, int64_t value);

int64_t metric_get(enum metric metric);

/* One observation, in microseconds; negative ones (the clock was set back) count as 0. */
void metric_observe(enum histogram histogram, int64_t us);

static inline enum metric metric_of_intent(enum intent intent)
{
    return (enum metric)((int)METRIC_INTENT_NONE + (int)intent);
}

/* Everything as Prometheus text (exposition format 0.0.4), in the arena. */
char *metrics_render(struct arena *arena);

#endif
