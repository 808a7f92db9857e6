/* SPDX-License-Identifier: Apache-2.0
 *
 * Time, in one place: monotonic microseconds for waiting, and for what is stored microseconds since the epoch, UTC.
 *
 * The latter is the database's time: all instances agree on it with one another and with what SQL's now() says, and
 * whoever sets this machine's clock changes nothing. Until the database was first asked it is this machine's.
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

static inline int64_t clock_monotonic_us(void)
{
    return clock_of(CLOCK_MONOTONIC);
}

int64_t clock_now_us(void);

/* The database, asked at the monotonic asked_us and heard at heard_us, said that it is theirs_us. What the way alone
 * may account for changes nothing. Returns by how much clock_now_us was set, 0 when it was not, or for the first time.
 */
int64_t clock_follow(int64_t theirs_us, int64_t asked_us, int64_t heard_us);

#endif
