/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/send/sender.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "db/outbox.h"
#include "smsd/clock.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"
#include "smsd/send/bucket.h"
#include "smsd/session.h"

/* Claims at most so many rows at once. */
#define CLAIM_MAX 64

/* Nor more than the bucket lets out now, but that often a second at most. */
#define CLAIMS_A_SECOND 10

/* Results that are written down at once, and claims that go back. */
#define RESULTS_MAX (256 + CLAIM_MAX)

struct sender_thread {
    pthread_t thread;
    pthread_mutex_t conf_lock;
    struct conf *conf;
    atomic_bool stopping;
    /* the thread's own */
    struct db *db;
    struct transport transport;
    struct bucket bucket;
    struct arena *arena;
    struct outbox_claim claims[CLAIM_MAX];
    size_t n_claims, next;                     /* claims[next] is the first not yet submitted */
    bool more;                                 /* the bucket kept us from looking whether more is due */
    struct outbox_result results[RESULTS_MAX]; /* not yet written down */
    size_t n_results;
    int settle_failures;
    int64_t settle_at;    /* monotonic: not before */
    int64_t submit_until; /* monotonic: later than this the lease may end before Kannel has answered */
};

static struct conf *current_conf(struct sender_thread *s)
{
    pthread_mutex_lock(&s->conf_lock);
    struct conf *conf = conf_ref(s->conf);
    pthread_mutex_unlock(&s->conf_lock);
    return conf;
}

static struct backoff retry_of(const struct conf *conf)
{
    return (struct backoff){"send", conf->send.retry_base * SECOND_US, conf->send.retry_max * SECOND_US};
}

static bool connected(struct sender_thread *s, const struct conf *conf)
{
    return session_keep(&s->db, conf, "smsd-sender") == DB_OK;
}

/* Tokens that make a claim worth while. */
static int slice_of_rate(const struct conf *conf)
{
    const int slice = conf->send.rate / CLAIMS_A_SECOND;
    return slice < 1 ? 1 : slice < CLAIM_MAX ? slice : CLAIM_MAX;
}

/* What has been claimed when this process dies counts as possibly sent, and an alert is then never sent again: so no
 * more texts are claimed than segments may go out now, and only long ones wait here for a moment. */
static int claim_limit(const struct sender_thread *s, const struct conf *conf)
{
    const size_t room = s->transport.room(s->transport.ctx);
    const int tokens = bucket_tokens(&s->bucket, clock_monotonic_us());
    const int limit = room < CLAIM_MAX ? (int)room : CLAIM_MAX;
    if (tokens < slice_of_rate(conf))
        return 0;
    return tokens < limit ? tokens : limit;
}

static void claim_more(struct sender_thread *s, const struct conf *conf)
{
    s->more = false;
    if (s->next < s->n_claims || atomic_load(&s->stopping))
        return;
    const int limit = claim_limit(s, conf);
    s->next = s->n_claims = 0;
    s->more = limit == 0;
    if (limit == 0 || !connected(s, conf))
        return;
    arena_reset(s->arena);
    if (outbox_claim(s->db, s->arena, limit, conf->send.lease, s->claims, &s->n_claims) != DB_OK) {
        log_warning("send.claim_failed", KV("error", db_error(s->db)->text));
        s->n_claims = 0;
    }
    s->more = s->n_claims == (size_t)limit;
    s->submit_until = clock_monotonic_us() + (conf->send.lease - conf->kannel.timeout) * SECOND_US;
}

static void submit_due(struct sender_thread *s)
{
    while (s->next < s->n_claims && s->transport.room(s->transport.ctx) > 0 &&
           bucket_take(&s->bucket, s->claims[s->next].segments, clock_monotonic_us()))
        s->transport.submit(s->transport.ctx, &s->claims[s->next++]);
}

/* How long to sit in poll: until results may be written down again, until the bucket has something, or until the queue
 * is to be looked at again. */
static int wait_ms(const struct sender_thread *s, const struct conf *conf)
{
    int64_t us = conf->send.poll * SECOND_US, now = clock_monotonic_us();
    if (s->n_results > 0)
        us = s->settle_at > now ? s->settle_at - now : 0;
    else if (s->next < s->n_claims && s->transport.room(s->transport.ctx) > 0)
        us = bucket_wait_us(&s->bucket, s->claims[s->next].segments, now);
    else if (s->more && s->transport.room(s->transport.ctx) > 0)
        us = bucket_wait_us(&s->bucket, slice_of_rate(conf), now);
    return (int)(us / 1000) + 1;
}

static void count(const struct outbox_result *result)
{
    static const enum metric metrics[] = {[SEND_ACCEPTED] = METRIC_SEND_ACCEPTED,
                                          [SEND_RETRY] = METRIC_SEND_RETRY,
                                          [SEND_FAILED] = METRIC_SEND_FAILED,
                                          [SEND_UNCERTAIN] = METRIC_SEND_UNCERTAIN};
    metric_add(metrics[result->result], 1);
    if (result->result != SEND_ACCEPTED)
        log_warning("send.not_accepted", KV_INT("outbox", result->id), KV("detail", result->detail));
}

static void keep_result(struct sender_thread *s, struct outbox_result result)
{
    s->results[s->n_results++] = result;
}

/* Writes down what became of the texts. While the database is away it is tried again and again, with requests under way
 * still being attended to; nothing new is claimed meanwhile, so there is always room. */
static void settle(struct sender_thread *s, const struct conf *conf)
{
    if (s->n_results == 0 || clock_monotonic_us() < s->settle_at)
        return;
    if (connected(s, conf) && outbox_settle(s->db, s->results, s->n_results) == DB_OK) {
        s->n_results = 0;
        s->settle_failures = 0;
        return;
    }
    int64_t now = clock_monotonic_us();
    s->settle_at = now + backoff_us(&BACKOFF_DATABASE, ++s->settle_failures, (uint64_t)now);
    log_warning("send.settle_later", KV_INT("rows", s->n_results));
}

/* What was claimed and not submitted goes back while the lease is still ours, rather than by its end. */
static void give_back(struct sender_thread *s)
{
    for (; s->next < s->n_claims; s->next++)
        keep_result(s, (struct outbox_result){.id = s->claims[s->next].id,
                                              .created_us = s->claims[s->next].created_us,
                                              .result = SEND_RETRY,
                                              .retry_us = clock_now_us(),
                                              .detail = "not submitted"});
}

static void send_round(struct sender_thread *s, const struct conf *conf)
{
    if (clock_monotonic_us() > s->submit_until || atomic_load(&s->stopping))
        give_back(s);
    if (s->n_results == 0) {
        claim_more(s, conf);
        submit_due(s);
    }
    struct outbox_result *more = s->results + s->n_results;
    size_t n = s->transport.poll(s->transport.ctx, wait_ms(s, conf), more, RESULTS_MAX - s->n_results);
    for (size_t i = 0; i < n; i++)
        count(&more[i]);
    s->n_results += n;
    settle(s, conf);
}

/* Stopping waits for what is under way and for the database to know of it, but for that no longer than the lease. */
static bool is_done(const struct sender_thread *s, int64_t asked_us, const struct conf *conf)
{
    if (!atomic_load(&s->stopping) || s->transport.busy(s->transport.ctx) > 0)
        return false;
    return (s->n_results == 0 && s->next >= s->n_claims) ||
           clock_monotonic_us() - asked_us > conf->send.lease * SECOND_US;
}

static void *run(void *arg)
{
    struct sender_thread *s = arg;
    struct conf *conf = current_conf(s);
    int64_t asked_us = INT64_MAX; /* when we were asked to stop */
    while (!is_done(s, asked_us, conf)) {
        send_round(s, conf);
        conf_unref(&conf);
        conf = current_conf(s);
        bucket_set_rate(&s->bucket, conf->send.rate, clock_monotonic_us());
        s->transport.set_retry(s->transport.ctx, retry_of(conf));
        if (atomic_load(&s->stopping) && asked_us == INT64_MAX)
            asked_us = clock_monotonic_us();
    }
    conf_unref(&conf);
    return NULL;
}

struct sender_thread *sender_start(struct conf *conf, struct transport transport)
{
    struct sender_thread *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->conf = conf_ref(conf);
    pthread_mutex_init(&s->conf_lock, NULL);
    atomic_init(&s->stopping, false);
    s->arena = arena_new(64 * 1024);
    bucket_init(&s->bucket, conf->send.rate, clock_monotonic_us());
    s->transport = transport;
    s->transport.set_retry(s->transport.ctx, retry_of(conf));
    if (pthread_create(&s->thread, NULL, run, s) != 0)
        abort();
    return s;
}

void sender_set_conf(struct sender_thread *s, struct conf *conf)
{
    pthread_mutex_lock(&s->conf_lock);
    conf_unref(&s->conf);
    s->conf = conf_ref(conf);
    pthread_mutex_unlock(&s->conf_lock);
}

void sender_wake(struct sender_thread *s)
{
    s->transport.wake(s->transport.ctx);
}

void sender_stop(struct sender_thread **sender)
{
    struct sender_thread *s = *sender;
    atomic_store(&s->stopping, true);
    s->transport.wake(s->transport.ctx);
    pthread_join(s->thread, NULL);
    db_close(&s->db);
    arena_free(&s->arena);
    conf_unref(&s->conf);
    pthread_mutex_destroy(&s->conf_lock);
    free(s);
    *sender = NULL;
}
