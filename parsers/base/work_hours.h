/* SPDX-License-Identifier: Apache-2.0
 *
 * Hours of duty in the province (UTC+7, like parsers/base/day.h): "mon-fri 07:30-11:30 13:30-17:00, sat 07:30-11:30".
 * Clauses are separated by commas. A clause is a day or a range of days (mon tue wed thu fri sat sun; "fri-mon" goes over the week's
 * end), then its hours, each within one day, in ascending order; 24:00 is a day's end. Pure arithmetic.
 */
#ifndef PARSERS_BASE_WORK_HOURS_H
#define PARSERS_BASE_WORK_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/slice.h"

#define WORK_SPANS_MAX 8

struct work_hours {
    size_t n;
    struct work_span {
        unsigned days; /* bit 0 is Monday */
        int from, to;  /* minutes of the day, `to` excluded */
    } spans[WORK_SPANS_MAX];
};

/* False when the text is not of that form, has no hours, or more than WORK_SPANS_MAX of them. */
bool work_hours_read(struct slice text, struct work_hours *hours_r);

/* Is it a time of work? Moments are microseconds since the epoch, UTC. */
bool work_hours_at(const struct work_hours *hours, int64_t moment_us);

/* The latest moment from which `minutes` of work have passed by now: what began then or before has waited so long. With
 * so few hours that it takes more than half a year, the moment half a year ago. */
int64_t work_hours_before(const struct work_hours *hours, int64_t now_us, int minutes);

#endif
