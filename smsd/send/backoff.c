/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/send/backoff.h"

const struct backoff BACKOFF_DENIED = {"denied", 60 * 1000000LL, 600 * 1000000LL};
const struct backoff BACKOFF_BOX = {"box", 100 * 1000LL, 5 * 1000000LL};
const struct backoff BACKOFF_DATABASE = {"database", 100 * 1000LL, 5 * 1000000LL};

int64_t backoff_us(const struct backoff *backoff, int attempts, uint64_t random)
{
    int64_t wait = backoff->base_us;
    while (attempts-- > 1 && wait < backoff->max_us)
        wait *= 2;
    if (wait > backoff->max_us)
        wait = backoff->max_us;
    int64_t half = wait / 2;
    return wait - half + (int64_t)(random % ((uint64_t)half + 1));
}
