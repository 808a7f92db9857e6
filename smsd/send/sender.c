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
#include "smsd/send/sendsms.h"

/* Claims at most so many rows at once; what the bucket does not let out yet waits here, its lease running. */
#define CLAIM_MAX 64

struct sender_thread {
    pthread_t thread;
    pthread_mutex_t conf_lock;
    struct conf *conf;
    atomic_bool stopping;
    /* the thread's own */
    struct db *db;
    struct sendsms *client;
    struct bucket bucket;
    struct arena *arena;
    struct outbox_claim claims[CLAIM_MAX];
    size_t n_claims, next; /* claims[next] is the first not yet submitted */
    int64_t submit_until;  /* monotonic: later than this the lease may end before Kannel has answered */
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
    struct db_error error;
    if (s->db)
        return db_is_up(s->db) || db_reconnect(s->db) == DB_OK;
    s->db = db_open(conf->database.url, "smsd-sender", &error);
    return s->db != NULL;
}

static void claim_more(struct sender_thread *s, const struct conf *conf)
{
    if (s->next < s->n_claims || atomic_load(&s->stopping))
        return;
    size_t room = sendsms_room(s->client);
    s->next = s->n_claims = 0;
    if (room == 0 || !connected(s, conf))
        return;
    arena_reset(s->arena);
    int limit = (int)(room < CLAIM_MAX ? room : CLAIM_MAX);
    if (outbox_claim(s->db, s->arena, limit, conf->send.lease, s->claims, &s->n_claims) != DB_OK) {
        log_warning("send.claim_failed", KV("error", db_error(s->db)->text));
        s->n_claims = 0;
    }
    s->submit_until = clock_monotonic_us() + (conf->send.lease - conf->kannel.timeout) * SECOND_US;
}

static void submit_due(struct sender_thread *s)
{
    while (s->next < s->n_claims && sendsms_room(s->client) > 0 && !atomic_load(&s->stopping) &&
           bucket_take(&s->bucket, s->claims[s->next].segments, clock_monotonic_us()))
        sendsms_submit(s->client, &s->claims[s->next++]);
}

/* How long to sit in poll: until the bucket has something, or until the queue is to be looked at again. */
static int wait_ms(const struct sender_thread *s, const struct conf *conf)
{
    int64_t us = conf->send.poll * SECOND_US;
    if (s->next < s->n_claims && sendsms_room(s->client) > 0)
        us = bucket_wait_us(&s->bucket, s->claims[s->next].segments, clock_monotonic_us());
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

/* Results must not be lost while the database is away: tried until they are in, or the lease takes over. */
static void settle(struct sender_thread *s, const struct conf *conf, const struct outbox_result *results, size_t n)
{
    enum db_status status = DB_AWAY;
    int64_t deadline = clock_monotonic_us() + conf->send.lease * SECOND_US / 2;
    for (int tries = 1; clock_monotonic_us() < deadline; tries++) {
        if (connected(s, conf) && (status = outbox_settle(s->db, results, n)) == DB_OK)
            return;
        int64_t us = backoff_us(&BACKOFF_DATABASE, tries, (uint64_t)clock_monotonic_us());
        nanosleep(&(struct timespec){us / SECOND_US, us % SECOND_US * 1000}, NULL);
    }
    log_error("send.settle_failed", KV("status", db_status_name(status)), KV_INT("rows", n));
}

/* What was claimed and not submitted goes back while the lease is still ours, rather than by its end. */
static void give_back(struct sender_thread *s, const struct conf *conf)
{
    struct outbox_result results[CLAIM_MAX];
    size_t n = 0;
    for (; s->next < s->n_claims; s->next++, n++)
        results[n] = (struct outbox_result){.id = s->claims[s->next].id,
                                            .created_us = s->claims[s->next].created_us,
                                            .result = SEND_RETRY,
                                            .retry_us = clock_now_us(),
                                            .detail = "not submitted"};
    if (n)
        settle(s, conf, results, n);
}

static void send_round(struct sender_thread *s, const struct conf *conf)
{
    struct outbox_result results[CLAIM_MAX];
    if (clock_monotonic_us() > s->submit_until)
        give_back(s, conf);
    claim_more(s, conf);
    submit_due(s);
    size_t n = sendsms_poll(s->client, wait_ms(s, conf), results, CLAIM_MAX);
    for (size_t i = 0; i < n; i++)
        count(&results[i]);
    if (n)
        settle(s, conf, results, n);
}

static void *run(void *arg)
{
    struct sender_thread *s = arg;
    struct conf *conf = current_conf(s);
    while (!atomic_load(&s->stopping) || sendsms_busy(s->client) > 0) {
        send_round(s, conf);
        conf_unref(&conf);
        conf = current_conf(s);
        bucket_set_rate(&s->bucket, conf->send.rate, clock_monotonic_us());
        sendsms_set_retry(s->client, retry_of(conf));
    }
    give_back(s, conf);
    conf_unref(&conf);
    return NULL;
}

struct sender_thread *sender_start(struct conf *conf)
{
    struct sender_thread *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->conf = conf_ref(conf);
    pthread_mutex_init(&s->conf_lock, NULL);
    atomic_init(&s->stopping, false);
    s->arena = arena_new(64 * 1024);
    bucket_init(&s->bucket, conf->send.rate, clock_monotonic_us());
    s->client = sendsms_new(&(struct sendsms_settings){
        .url = conf->kannel.sendsms_url,
        .username = conf->kannel.username,
        .password = conf->kannel.password,
        .dlr_base = conf->kannel.dlr_base,
        .secret = conf->http.secret,
        .timeout_s = conf->kannel.timeout,
        .window = conf->send.window,
        .retry = retry_of(conf),
    });
    if (!s->client || pthread_create(&s->thread, NULL, run, s) != 0)
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

void sender_stop(struct sender_thread **sender)
{
    struct sender_thread *s = *sender;
    atomic_store(&s->stopping, true);
    sendsms_wake(s->client);
    pthread_join(s->thread, NULL);
    sendsms_free(&s->client);
    db_close(&s->db);
    arena_free(&s->arena);
    conf_unref(&s->conf);
    pthread_mutex_destroy(&s->conf_lock);
    free(s);
    *sender = NULL;
}
