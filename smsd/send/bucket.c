/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/send/bucket.h"

enum { TOKEN = 1000000 }; /* millionths */

/* One second's worth. */
static int64_t capacity(const struct bucket *bucket)
{
    return bucket->rate * TOKEN;
}

/* What has to be there before `tokens` may go. */
static int64_t needed(const struct bucket *bucket, int tokens)
{
    int64_t cost = (int64_t)tokens * TOKEN;
    return cost < capacity(bucket) ? cost : capacity(bucket);
}

static int64_t level_at(const struct bucket *bucket, int64_t now_us)
{
    int64_t elapsed_us = now_us - bucket->filled_us;
    int64_t missing = capacity(bucket) - bucket->level;
    if (elapsed_us <= 0) /* a clock set back gives nothing */
        return bucket->level;
    if (elapsed_us >= missing / bucket->rate + 1)
        return capacity(bucket);
    return bucket->level + elapsed_us * bucket->rate;
}

static void fill(struct bucket *bucket, int64_t now_us)
{
    bucket->level = level_at(bucket, now_us);
    bucket->filled_us = now_us;
}

void bucket_init(struct bucket *bucket, int rate, int64_t now_us)
{
    *bucket = (struct bucket){.rate = rate, .level = TOKEN, .filled_us = now_us};
}

void bucket_set_rate(struct bucket *bucket, int rate, int64_t now_us)
{
    fill(bucket, now_us);
    bucket->rate = rate;
    if (bucket->level > capacity(bucket))
        bucket->level = capacity(bucket);
}

bool bucket_take(struct bucket *bucket, int tokens, int64_t now_us)
{
    fill(bucket, now_us);
    if (bucket->level < needed(bucket, tokens))
        return false;
    bucket->level -= (int64_t)tokens * TOKEN;
    return true;
}

int bucket_tokens(const struct bucket *bucket, int64_t now_us)
{
    int64_t level = level_at(bucket, now_us);
    return level > 0 ? (int)(level / TOKEN) : 0;
}

int64_t bucket_wait_us(const struct bucket *bucket, int tokens, int64_t now_us)
{
    int64_t missing = needed(bucket, tokens) - level_at(bucket, now_us);
    return missing <= 0 ? 0 : (missing + bucket->rate - 1) / bucket->rate;
}
