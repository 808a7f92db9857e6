/* SPDX-License-Identifier: Apache-2.0
 *
 * Time, in one place: microseconds since the epoch, UTC, for what is stored; monotonic microseconds for waiting.
 */
#ifndef SMSD_CLOCK_H
#define SMSD_CLOCK_H

#include <stdint.h>
#include <time.h>

#define SECOND_US 1000000LL

static inline int64_t clock_of(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

static inline int64_t clock_now_us(void)
{
    return clock_of(CLOCK_REALTIME);
}

static inline int64_t clock_monotonic_us(void)
{
    return clock_of(CLOCK_MONOTONIC);
}

#endif
