/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/worker/worker.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/answer_cache.h"
#include "smsd/clock.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"
#include "smsd/send/backoff.h"
#include "smsd/session.h"
#include "smsd/worker/batch.h"

/* How often a batch that met a deadlock or the like is tried again whole before it is taken apart. */
#define BUSY_TRIES 3
static const struct backoff BUSY = {"batch busy", 5000, 50000};

/* So many texts of a batch wait alone for what is blocked: then the others would too, and whoever comes next. */
#define BLOCKED_TRIES 2

#define WELCOME_DELAY_US 2000000LL

struct worker {
    struct workers *all;
    size_t shard;
    pthread_t thread;
    struct db *db;
    struct arena *arena;
};

struct workers {
    struct inbox *inbox;
    pthread_mutex_t conf_lock;
    struct conf *conf;
    struct answer_cache *answers;
    size_t n;
    struct worker workers[];
};

static struct conf *current_conf(struct workers *workers)
{
    pthread_mutex_lock(&workers->conf_lock);
    struct conf *conf = conf_ref(workers->conf);
    pthread_mutex_unlock(&workers->conf_lock);
    return conf;
}

static struct policy policy_of(const struct conf *conf)
{
    return (struct policy){
        .short_code = conf->service.short_code,
        .province = conf->service.province,
        .dedupe_window_us = conf->service.dedupe_window * SECOND_US,
        .question_ttl_us = conf->service.question_ttl * SECOND_US,
        .welcome_delay_us = WELCOME_DELAY_US,
        .listing_days = conf->service.listing_days,
        .reply_limit = conf->service.reply_limit,
        .same_limit = conf->service.same_limit,
        .ussd_code = conf->ussd.code,
        .ussd_resume_us = conf->ussd.resume * SECOND_US,
        .alerts = alert_rules(conf),
        .broadcasts = broadcast_rules(conf),
        .key = conf->privacy.key,
        .old_key = conf->privacy.old_key,
    };
}

/* ---- the database, present or away ---- */

static void note_status(enum db_status status)
{
    metric_set(METRIC_DATABASE_UP, status != DB_AWAY);
    if (status == DB_AWAY)
        metric_add(METRIC_DATABASE_AWAY, 1);
}

static enum db_status connect_once(struct worker *worker, const struct conf *conf)
{
    enum db_status status = session_keep(&worker->db, conf, "smsd-worker");
    if (status == DB_OK)
        db_keep_answers(worker->db, worker->all->answers);
    return status;
}

/* ---- one batch ---- */

static void answer_later(struct envelope *envelope)
{
    metric_add(METRIC_ANSWERED_LATER, 1);
    envelope->done(envelope, &(struct answer){.kind = ANSWER_LATER});
}

static void give_answers(const struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        const struct turn *turn = &batch->turns[i];
        metric_add(turn->reply.kind == ANSWER_TEXT ? METRIC_ANSWERED_TEXT : METRIC_ANSWERED_NOTHING, 1);
        if (turn->reply.kind == ANSWER_TEXT)
            metric_add(METRIC_SEGMENTS_ANSWER, turn->reply.segments);
        metric_observe(HISTOGRAM_ANSWER, clock_now_us() - batch->envelopes[i]->mo.received_us);
        batch->envelopes[i]->done(batch->envelopes[i], &turn->reply);
    }
}

static void pause_us(int64_t us)
{
    nanosleep(&(struct timespec){us / SECOND_US, us % SECOND_US * 1000}, NULL);
}

static enum db_status run_some_times(struct worker *worker, struct batch *batch)
{
    enum db_status status = DB_BUSY;
    for (int i = 0; i < BUSY_TRIES && status == DB_BUSY; i++) {
        if (i > 0)
            pause_us(backoff_us(&BUSY, i, (uint64_t)clock_monotonic_us()));
        arena_reset(worker->arena);
        batch->now_us = clock_now_us();
        status = batch_run(batch);
    }
    note_status(status);
    metric_add(status == DB_OK ? METRIC_BATCH_COMMITTED : METRIC_BATCH_FAILED, 1);
    if (status != DB_OK)
        log_warning("batch.failed", KV("status", db_status_name(status)),
                    KV("sqlstate", db_error(worker->db)->sqlstate), KV("error", db_error(worker->db)->text),
                    KV_INT("texts", batch->n));
    return status;
}

/* A text that fails alone must not block its sender's others: it is kept for the officers, with its reason. */
static enum db_status bury(struct worker *worker, struct batch *batch)
{
    char reason[256];
    snprintf(reason, sizeof reason, "%s %s", db_error(worker->db)->sqlstate, db_error(worker->db)->text);
    arena_reset(worker->arena);
    enum db_status status = batch_bury(batch, reason);
    if (status == DB_OK) {
        log_error("mo.dead", KV("id", batch->envelopes[0]->mo.kannel_id), KV("reason", reason));
    }
    return status;
}

static enum db_status handle_alone(struct worker *worker, struct batch *batch)
{
    enum db_status status = run_some_times(worker, batch);
    if (status == DB_REFUSED)
        status = bury(worker, batch);
    if (status == DB_OK)
        give_answers(batch);
    else
        answer_later(batch->envelopes[0]);
    return status;
}

static void answer_all_later(struct envelope **envelopes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        answer_later(envelopes[i]);
}

static void handle_one_by_one(struct worker *worker, const struct batch *batch)
{
    size_t i = 0, blocked = 0;
    metric_add(METRIC_BATCH_REDONE, (int64_t)batch->n);
    for (; i < batch->n && blocked < BLOCKED_TRIES; i++) {
        struct batch alone = *batch;
        alone.n = 1;
        alone.envelopes = &batch->envelopes[i];
        blocked += handle_alone(worker, &alone) == DB_BLOCKED;
    }
    answer_all_later(batch->envelopes + i, batch->n - i);
}

static void handle_texts(struct worker *worker, const struct conf *conf, struct envelope **texts, size_t n)
{
    const struct policy policy = policy_of(conf);
    struct batch batch = {.db = worker->db,
                          .arena = worker->arena,
                          .knowledge = knowledge_acquire(),
                          .policy = &policy,
                          .n = n,
                          .envelopes = texts};
    enum db_status status = run_some_times(worker, &batch);
    /* Perhaps only the session was gone: PostgreSQL was restarted, or has failed over. */
    if (status == DB_AWAY && connect_once(worker, conf) == DB_OK)
        status = run_some_times(worker, &batch);
    if (status == DB_OK)
        give_answers(&batch);
    else if (status == DB_REFUSED || (status != DB_AWAY && n > 1))
        handle_one_by_one(worker, &batch);
    else
        answer_all_later(texts, n);
    knowledge_release(batch.knowledge);
}

/* ---- delivery reports ---- */

static void handle_reports(struct worker *worker, struct envelope **reports, size_t n)
{
    struct dlr dlrs[BATCH_MAX];
    size_t matched = 0;
    for (size_t i = 0; i < n; i++)
        dlrs[i] = reports[i]->dlr;
    enum db_status status = outbox_dlr(worker->db, dlrs, n, &matched);
    note_status(status);
    if (status == DB_OK)
        metric_add(METRIC_DLR_UNKNOWN, (int64_t)(n - matched));
    else
        log_warning("dlr.failed", KV("error", db_error(worker->db)->text), KV_INT("reports", n));
    enum answer_kind kind = status == DB_OK || status == DB_REFUSED ? ANSWER_NOTHING : ANSWER_LATER;
    for (size_t i = 0; i < n; i++)
        reports[i]->done(reports[i], &(struct answer){.kind = kind});
}

/* ---- the loop ---- */

/* Texts to the front, reports behind them, each in their order. Returns the number of texts. */
static size_t texts_first(struct envelope **taken, size_t n)
{
    struct envelope *reports[BATCH_MAX];
    size_t texts = 0, others = 0;
    for (size_t i = 0; i < n; i++)
        if (taken[i]->kind == ENVELOPE_MO)
            taken[texts++] = taken[i];
        else
            reports[others++] = taken[i];
    for (size_t i = 0; i < others; i++)
        taken[texts + i] = reports[i];
    return texts;
}

static void handle(struct worker *worker, const struct conf *conf, struct envelope **taken, size_t n)
{
    enum db_status status = connect_once(worker, conf);
    note_status(status);
    if (status != DB_OK) {
        answer_all_later(taken, n);
        return;
    }
    size_t texts = texts_first(taken, n);
    if (texts)
        handle_texts(worker, conf, taken, texts);
    if (texts < n)
        handle_reports(worker, taken + texts, n - texts);
}

static void *work(void *arg)
{
    struct worker *worker = arg;
    struct envelope *taken[BATCH_MAX];
    struct conf *conf = current_conf(worker->all);
    size_t n;
    while ((n = inbox_take(worker->all->inbox, worker->shard, taken, (size_t)conf->inbox.batch)) > 0) {
        conf_unref(&conf);
        conf = current_conf(worker->all);
        handle(worker, conf, taken, n);
    }
    conf_unref(&conf);
    db_close(&worker->db);
    arena_free(&worker->arena);
    return NULL;
}

struct workers *workers_start(struct inbox *inbox, size_t n, struct conf *conf)
{
    struct workers *workers = calloc(1, sizeof *workers + n * sizeof workers->workers[0]);
    if (!workers)
        abort();
    workers->inbox = inbox;
    workers->conf = conf_ref(conf);
    workers->n = n;
    workers->answers = answer_cache_new();
    pthread_mutex_init(&workers->conf_lock, NULL);
    for (size_t i = 0; i < n; i++) {
        struct worker *worker = &workers->workers[i];
        *worker = (struct worker){.all = workers, .shard = i, .arena = arena_new(256 * 1024)};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0)
            abort();
    }
    return workers;
}

void workers_set_conf(struct workers *workers, struct conf *conf)
{
    pthread_mutex_lock(&workers->conf_lock);
    conf_unref(&workers->conf);
    workers->conf = conf_ref(conf);
    pthread_mutex_unlock(&workers->conf_lock);
}

void workers_join(struct workers **workers)
{
    for (size_t i = 0; i < (*workers)->n; i++)
        pthread_join((*workers)->workers[i].thread, NULL);
    conf_unref(&(*workers)->conf);
    answer_cache_free(&(*workers)->answers);
    pthread_mutex_destroy(&(*workers)->conf_lock);
    free(*workers);
    *workers = NULL;
}
