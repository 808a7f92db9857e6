/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/jobs.h"

#include <pthread.h>
#include <stdlib.h>

#include "db/alerts.h"
#include "db/lexicon.h"
#include "db/migrate.h"
#include "db/outbox.h"
#include "db/retention.h"
#include "db/supply.h"
#include "db/ussd.h"
#include "smsd/broadcast/run.h"
#include "smsd/clock.h"
#include "smsd/inbox/inbox.h"
#include "smsd/job/clearing.h"
#include "smsd/job/desk.h"
#include "smsd/job/expiry.h"
#include "smsd/job/matches.h"
#include "smsd/job/prices.h"
#include "smsd/job/subscribers.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/link/again.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"
#include "smsd/session.h"
#include "smsd/ussd/ussd.h"

struct jobs {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool stopping, reload;
    struct conf *conf; /* guarded by the lock */
    struct inbox *inbox;
    struct again *again;
    struct db *db; /* the thread's own */
    struct arena *arena;
    struct subscribers_after told; /* how far subscribers were told */
    int64_t refused;               /* version of the lexicon that could not be taken: not tried again */
};

/* ---- the jobs: each does its work and says how the database was ---- */

static enum db_status follow_clock(struct jobs *jobs, const struct conf *conf)
{
    (void)conf;
    return session_follow_clock(jobs->db);
}

static enum db_status look_at_queues(struct jobs *jobs, const struct conf *conf)
{
    int64_t waiting = 0, oldest = 0;
    (void)conf;
    metric_set(METRIC_INBOX_WAITING, (int64_t)inbox_waiting(jobs->inbox));
    enum db_status status = outbox_backlog(jobs->db, &waiting, &oldest);
    if (status == DB_OK) {
        metric_set(METRIC_OUTBOX_WAITING, waiting);
        metric_set(METRIC_OUTBOX_OLDEST, oldest);
    }
    return status;
}

static enum db_status reclaim_leases(struct jobs *jobs, const struct conf *conf)
{
    size_t requeued = 0, uncertain = 0, expired = 0;
    (void)conf;
    enum db_status status = outbox_reclaim(jobs->db, &requeued, &uncertain, &expired);
    if (requeued + uncertain + expired > 0)
        log_warning("outbox.reclaimed", KV_INT("requeued", requeued), KV_INT("uncertain", uncertain),
                    KV_INT("expired", expired));
    return status;
}

/* Takes a new lexicon or new catalogues; whatever is wrong with them, the old ones stand. */
static void reload(struct jobs *jobs, const struct conf *conf, int64_t version)
{
    const char *error = "";
    enum db_status status =
        knowledge_load(jobs->db, conf->locales.dir, conf->locales.serve_unreviewed, jobs->arena, &error);
    metric_add(status == DB_OK ? METRIC_RELOAD_OK : METRIC_RELOAD_FAILED, 1);
    if (status == DB_OK)
        log_info("knowledge.loaded");
    else
        log_error("knowledge.kept", KV("error", error));
    jobs->refused = status == DB_REFUSED ? version : 0;
    metric_set(METRIC_LEXICON_REFUSED, jobs->refused != 0);
}

static int64_t version_in_use(void)
{
    const struct knowledge *knowledge = knowledge_acquire();
    int64_t version = knowledge ? knowledge->version : 0;
    knowledge_release(knowledge);
    return version;
}

static enum db_status follow_lexicon(struct jobs *jobs, const struct conf *conf)
{
    int64_t version = 0;
    enum db_status status = lexicon_version(jobs->db, &version);
    if (status == DB_OK && version != version_in_use() && version != jobs->refused)
        reload(jobs, conf, version);
    metric_set(METRIC_LEXICON_VERSION, version_in_use());
    return status;
}

static enum db_status forget_seen(struct jobs *jobs, const struct conf *conf)
{
    size_t dropped = 0;
    enum db_status status = retention_seen(jobs->db, conf->privacy.seen_days, &dropped);
    if (dropped)
        log_info("seen.forgotten", KV_INT("rows", dropped));
    return status;
}

static enum db_status forget_told(struct jobs *jobs, const struct conf *conf)
{
    size_t dropped = 0;
    enum db_status status = alerts_forget(jobs->db, conf->alerts.told_days, clock_now_us(), &dropped);
    if (dropped)
        log_info("told.forgotten", KV_INT("rows", dropped));
    return status;
}

/* A slice a run: what is older is left aside anyhow. */
#define USSD_SLICE 5000

static enum db_status forget_ussd(struct jobs *jobs, const struct conf *conf)
{
    size_t forgotten = 0;
    const int64_t resume_us = conf->ussd.resume * SECOND_US;
    const int64_t kept_us = resume_us > USSD_KEPT_US ? resume_us : USSD_KEPT_US;
    enum db_status status = ussd_sessions_forget(jobs->db, clock_now_us() - kept_us, USSD_SLICE, &forgotten);
    if (forgotten)
        log_info("ussd.forgotten", KV_INT("sessions", forgotten));
    return status;
}

static enum db_status serve_desk(struct jobs *jobs, const struct conf *conf)
{
    return desk_serve(jobs->db, jobs->arena, conf, clock_now_us());
}

static enum db_status count_prices(struct jobs *jobs, const struct conf *conf)
{
    size_t read = 0, counted = 0;
    const struct knowledge *knowledge = knowledge_acquire();
    (void)conf;
    enum db_status status =
        knowledge ? prices_run(jobs->db, knowledge->lexicon, clock_now_us(), &read, &counted) : DB_OK;
    knowledge_release(knowledge);
    if (counted)
        log_info("prices.counted", KV_INT("reports", read), KV_INT("goods_and_days", counted));
    return status;
}

static enum db_status end_listings(struct jobs *jobs, const struct conf *conf)
{
    size_t expired = 0, told = 0;
    enum db_status status = expiry_run(jobs->db, jobs->arena, conf, clock_now_us(), &expired, &told);
    if (expired + told)
        log_info("listings.ended", KV_INT("expired", expired), KV_INT("reminders", told));
    return status;
}

static enum db_status put_in_again(struct jobs *jobs, const struct conf *conf)
{
    (void)conf;
    return again_serve(jobs->again, jobs->db, jobs->arena, clock_now_us());
}

static enum db_status check_partitions(struct jobs *jobs, const struct conf *conf)
{
    int missing = 0;
    (void)conf;
    enum db_status status = partitions_missing(jobs->db, clock_now_us(), &missing);
    metric_set(METRIC_PARTITIONS_MISSING, missing);
    if (missing)
        log_error("partitions.missing", KV_INT("months", missing), KV("mend", "smsctl maintain"));
    return status;
}

typedef enum db_status clearing_step(const struct clearing *clearing, size_t *deals_r);

/* Before the first lexicon there is nothing to clear by. */
static enum db_status with_knowledge(struct jobs *jobs, const struct conf *conf, clearing_step *step, const char *event)
{
    size_t deals = 0;
    const struct knowledge *knowledge = knowledge_acquire();
    const struct clearing clearing = {jobs->db, jobs->arena, conf, knowledge, clock_now_us()};
    enum db_status status = knowledge ? step(&clearing, &deals) : DB_OK;
    if (deals)
        log_info(event, KV_INT("deals", deals));
    knowledge_release(knowledge);
    return status;
}

static enum db_status end_deals(struct jobs *jobs, const struct conf *conf)
{
    return with_knowledge(jobs, conf, clearing_end, "clearing.ended");
}

static enum db_status clear_market(struct jobs *jobs, const struct conf *conf)
{
    return with_knowledge(jobs, conf, clearing_run, "clearing.done");
}

/* How long the supply that is told may be old, and how long one run counts: the thread has other jobs. */
#define SUPPLY_EVERY_US (3600 * SECOND_US)
#define SUPPLY_RUN_US (SECOND_US / 10)

static enum db_status count_supply(struct jobs *jobs, const struct conf *conf)
{
    const int64_t until = clock_monotonic_us() + SUPPLY_RUN_US;
    enum db_status status = DB_OK;
    bool more = true;
    (void)conf;
    while (more && status == DB_OK && clock_monotonic_us() < until)
        status = supply_count_next(jobs->db, SUPPLY_EVERY_US, clock_now_us(), &more);
    return status;
}

static enum db_status tell_matches(struct jobs *jobs, const struct conf *conf)
{
    size_t told = 0;
    enum db_status status = matches_run(jobs->db, jobs->arena, conf, clock_now_us(), &told);
    if (told)
        log_info("matches.told", KV_INT("alerts", told));
    return status;
}

/* A few pages of subscriptions a run; the next run goes on where this one ended. */
#define NEWS_RUN_US (SECOND_US / 10)

static enum db_status tell_subscribers(struct jobs *jobs, const struct conf *conf)
{
    const int64_t until = clock_monotonic_us() + NEWS_RUN_US;
    const struct alert_rules rules = alert_rules(conf);
    const struct knowledge *knowledge = knowledge_acquire();
    enum db_status status = DB_OK;
    size_t all = 0, told = 0;
    while (knowledge && status == DB_OK && clock_monotonic_us() < until) {
        arena_reset(jobs->arena);
        status = subscribers_tell(jobs->db, jobs->arena, knowledge, &rules, &jobs->told, clock_now_us(), &told);
        all += told;
        if (!jobs->told.person_id)
            break;
    }
    knowledge_release(knowledge);
    if (all)
        log_info("subscribers.told", KV_INT("alerts", all));
    return status;
}

static enum db_status run_broadcasts(struct jobs *jobs, const struct conf *conf)
{
    size_t fed = 0;
    return broadcasts_run(jobs->db, conf, clock_now_us(), &fed);
}

static enum db_status ask_coordinators(struct jobs *jobs, const struct conf *conf)
{
    return broadcasts_ask(jobs->db, jobs->arena, conf, clock_now_us());
}

static const struct job {
    const char *name;
    int64_t every_us;
    enum db_status (*run)(struct jobs *jobs, const struct conf *conf);
} table[] = {
    {"clock", 2 * SECOND_US, follow_clock},      {"queues", 2 * SECOND_US, look_at_queues},
    {"lexicon", 5 * SECOND_US, follow_lexicon},  {"leases", 15 * SECOND_US, reclaim_leases},
    {"seen", 600 * SECOND_US, forget_seen},      {"partitions", 3600 * SECOND_US, check_partitions},
    {"told", 3600 * SECOND_US, forget_told},     {"desk", 5 * SECOND_US, serve_desk},
    {"again", 5 * SECOND_US, put_in_again},      {"prices", 60 * SECOND_US, count_prices},
    {"deals", 60 * SECOND_US, end_deals},        {"clearing", 60 * SECOND_US, clear_market},
    {"listings", 900 * SECOND_US, end_listings}, {"supply", 2 * SECOND_US, count_supply},
    {"matches", 10 * SECOND_US, tell_matches},   {"subscribers", 60 * SECOND_US, tell_subscribers},
    {"ussd", 60 * SECOND_US, forget_ussd},       {"broadcasts", SECOND_US / 2, run_broadcasts},
    {"approvals", 5 * SECOND_US, ask_coordinators},
};
enum { JOBS = sizeof table / sizeof table[0] };

/* ---- the clock ---- */

static bool connected(struct jobs *jobs, const struct conf *conf)
{
    return session_keep(&jobs->db, conf, "smsd-jobs") == DB_OK;
}

static void run_job(struct jobs *jobs, const struct conf *conf, const struct job *job)
{
    arena_reset(jobs->arena);
    enum db_status status = connected(jobs, conf) ? job->run(jobs, conf) : DB_AWAY;
    metric_set(METRIC_DATABASE_UP, status != DB_AWAY);
    if (status != DB_OK)
        log_warning("job.failed", KV("job", job->name), KV("status", db_status_name(status)),
                    KV("error", jobs->db ? db_error(jobs->db)->text : "not connected"));
}

/* Runs what is due; returns when the next one will be. */
static int64_t run_due(struct jobs *jobs, const struct conf *conf, int64_t due[JOBS])
{
    int64_t next = INT64_MAX;
    for (int i = 0; i < JOBS; i++) {
        if (due[i] <= clock_monotonic_us()) {
            run_job(jobs, conf, &table[i]);
            due[i] = clock_monotonic_us() + table[i].every_us;
        }
        next = due[i] < next ? due[i] : next;
    }
    return next;
}

static void wait_until(struct jobs *jobs, int64_t monotonic_us)
{
    struct timespec at = {monotonic_us / SECOND_US, monotonic_us % SECOND_US * 1000};
    int rc = 0;
    while (!jobs->stopping && !jobs->reload && rc == 0)
        rc = pthread_cond_timedwait(&jobs->woken, &jobs->lock, &at);
}

static void *run(void *arg)
{
    struct jobs *jobs = arg;
    int64_t due[JOBS] = {0};
    bool overdue = false;
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping) {
        struct conf *conf = conf_ref(jobs->conf);
        bool wanted = jobs->reload;
        jobs->reload = false;
        pthread_mutex_unlock(&jobs->lock);
        overdue = overdue || wanted; /* until the database is there to reload from */
        if (overdue && connected(jobs, conf)) {
            reload(jobs, conf, 0);
            overdue = false;
        }
        int64_t next = run_due(jobs, conf, due);
        conf_unref(&conf);
        pthread_mutex_lock(&jobs->lock);
        wait_until(jobs, next);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

struct jobs *jobs_start(struct conf *conf, struct inbox *inbox)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);
    pthread_condattr_t monotonic;
    if (!jobs)
        abort();
    jobs->conf = conf_ref(conf);
    jobs->inbox = inbox;
    jobs->again = again_new(inbox);
    jobs->arena = arena_new(1024 * 1024);
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&jobs->woken, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&jobs->thread, NULL, run, jobs) != 0)
        abort();
    return jobs;
}

void jobs_set_conf(struct jobs *jobs, struct conf *conf)
{
    pthread_mutex_lock(&jobs->lock);
    conf_unref(&jobs->conf);
    jobs->conf = conf_ref(conf);
    jobs->reload = true;
    pthread_cond_signal(&jobs->woken);
    pthread_mutex_unlock(&jobs->lock);
}

void jobs_stop(struct jobs **jobs_p)
{
    struct jobs *jobs = *jobs_p;
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_signal(&jobs->woken);
    pthread_mutex_unlock(&jobs->lock);
    pthread_join(jobs->thread, NULL);
    db_close(&jobs->db);
    arena_free(&jobs->arena);
    again_free(&jobs->again);
    conf_unref(&jobs->conf);
    pthread_cond_destroy(&jobs->woken);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
    *jobs_p = NULL;
}
