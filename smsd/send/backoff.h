/* SPDX-License-Identifier: Apache-2.0
 *
 * How long to wait before trying again, as a value with a name: doubling from `base` to `max`, with jitter over the
 * upper half, so that many who failed together do not come back together.
 */
#ifndef SMSD_SEND_BACKOFF_H
#define SMSD_SEND_BACKOFF_H

#include <stdint.h>

struct backoff {
    const char *name;
    int64_t base_us, max_us;
};

/* Kannel denies our user or knows no such URL: an operator must mend it, and the text waits for that rather than be
 * lost. */
extern const struct backoff BACKOFF_DENIED;
/* Nobody listens on bearerbox's box port, or it hung up. */
extern const struct backoff BACKOFF_BOX;
/* The database is away. */
extern const struct backoff BACKOFF_DATABASE;

/* The wait before the attempt after `attempts` (1 = the first has failed): between half and all of
 * base * 2^(attempts - 1), at most max. `random` is any 64-bit number. */
int64_t backoff_us(const struct backoff *backoff, int attempts, uint64_t random);

#endif
