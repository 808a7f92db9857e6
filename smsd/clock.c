/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/clock.h"

#include <stdatomic.h>
#include <stdlib.h>

/* When the monotonic clock stood at 0, by the database's clock; 0 = it was not asked yet. */
static _Atomic int64_t start_us;

int64_t clock_now_us(void)
{
    const int64_t start = atomic_load_explicit(&start_us, memory_order_relaxed);
    return start ? start + clock_monotonic_us() : clock_of(CLOCK_REALTIME);
}

int64_t clock_follow(int64_t theirs_us, int64_t asked_us, int64_t heard_us)
{
    const int64_t middle = asked_us + (heard_us - asked_us) / 2;
    const int64_t old = atomic_load_explicit(&start_us, memory_order_relaxed), start = theirs_us - middle;
    if (old && llabs(start - old) <= heard_us - asked_us)
        return 0;
    atomic_store_explicit(&start_us, start, memory_order_relaxed);
    return old ? start - old : 0;
}
