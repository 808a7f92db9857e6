/* SPDX-License-Identifier: Apache-2.0
 *
 * Token bucket: so many segments a second, with a burst of at most one second's worth. Whole numbers only: the level
 * is kept in millionths of a token, and a microsecond adds exactly `rate` of them. One thread.
 *
 *     struct bucket bucket;
 *     bucket_init(&bucket, 20, now_us);
 *     if (!bucket_take(&bucket, claim->segments, now_us))
 *         wait(bucket_wait_us(&bucket, claim->segments, now_us));
 */
#ifndef SMSD_SEND_BUCKET_H
#define SMSD_SEND_BUCKET_H

#include <stdbool.h>
#include <stdint.h>

struct bucket {
    int64_t rate;      /* tokens a second */
    int64_t level;     /* millionths of a token; negative while a text larger than the bucket is paid off */
    int64_t filled_us; /* level is as of then */
};

/* Empty but for one token, so that a restart does not burst. */
void bucket_init(struct bucket *bucket, int rate, int64_t now_us);

/* Another rate from now on (reload). */
void bucket_set_rate(struct bucket *bucket, int rate, int64_t now_us);

/* Takes `tokens` when they are there. A text of more tokens than the bucket can hold goes when it is full, and leaves
 * a debt. */
bool bucket_take(struct bucket *bucket, int tokens, int64_t now_us);

/* Whole tokens that are there; 0 while a debt is paid off. */
int bucket_tokens(const struct bucket *bucket, int64_t now_us);

/* Microseconds until bucket_take would succeed; 0 = now. */
int64_t bucket_wait_us(const struct bucket *bucket, int tokens, int64_t now_us);

#endif
