/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/jobs.h"

#include <pthread.h>
#include <stdlib.h>

#include "db/alerts.h"
#include "db/lexicon.h"
#include "db/listing_end.h"
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
#include "smsd/send/sender.h"
#include "smsd/session.h"
#include "smsd/ussd/ussd.h"

/* A thread with a connection of its own: what may take long holds up nothing that is waited for. */
enum lane_name {
    LANE_PROMPT, /* looks every few seconds, and is done at once */
    LANE_MARKET, /* what texts leave to be done: as much as there is of them */
    LANE_LONG,   /* thinks about the whole market: seconds of processor time, minutes where it is large */
    LANES
};
static const char *const lane_names[LANES] = {"smsd-jobs", "smsd-market", "smsd-long"}; /* in pg_stat_activity */

struct lane {
    struct jobs *jobs;
    enum lane_name name;
    pthread_t thread;
    struct db *db;
    struct arena *arena;
};

struct jobs {
    struct lane lanes[LANES];
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool stopping, reload; /* guarded by the lock, like the next two */
    struct conf *conf;
    struct sender_thread *sender; /* NULL = none */
    struct inbox *inbox;
    /* each of one job, and so of one thread */
    struct again *again;
    struct subscribers_after told; /* how far subscribers were told */
    int64_t refused;               /* version of the lexicon that could not be taken: not tried again */
};

/* ---- the jobs: each does its work and says how the database was ---- */

static enum db_status follow_clock(struct lane *lane, const struct conf *conf)
{
    (void)conf;
    return session_follow_clock(lane->db);
}

static enum db_status look_at_queues(struct lane *lane, const struct conf *conf)
{
    int64_t waiting = 0, oldest = 0;
    (void)conf;
    metric_set(METRIC_INBOX_WAITING, (int64_t)inbox_waiting(lane->jobs->inbox));
    enum db_status status = outbox_backlog(lane->db, &waiting, &oldest);
    if (status == DB_OK) {
        metric_set(METRIC_OUTBOX_WAITING, waiting);
        metric_set(METRIC_OUTBOX_OLDEST, oldest);
    }
    return status;
}

static enum db_status reclaim_leases(struct lane *lane, const struct conf *conf)
{
    size_t requeued = 0, uncertain = 0, expired = 0;
    (void)conf;
    enum db_status status = outbox_reclaim(lane->db, &requeued, &uncertain, &expired);
    if (requeued + uncertain + expired > 0)
        log_warning("outbox.reclaimed", KV_INT("requeued", requeued), KV_INT("uncertain", uncertain),
                    KV_INT("expired", expired));
    return status;
}

/* Takes a new lexicon or new catalogues; whatever is wrong with them, the old ones stand. */
static void reload(struct lane *lane, const struct conf *conf, int64_t version)
{
    const char *error = "";
    enum db_status status =
        knowledge_load(lane->db, conf->locales.dir, conf->locales.serve_unreviewed, lane->arena, &error);
    metric_add(status == DB_OK ? METRIC_RELOAD_OK : METRIC_RELOAD_FAILED, 1);
    if (status == DB_OK)
        log_info("knowledge.loaded");
    else
        log_error("knowledge.kept", KV("error", error));
    lane->jobs->refused = status == DB_REFUSED ? version : 0;
    metric_set(METRIC_LEXICON_REFUSED, lane->jobs->refused != 0);
}

static int64_t version_in_use(void)
{
    const struct knowledge *knowledge = knowledge_acquire();
    int64_t version = knowledge ? knowledge->version : 0;
    knowledge_release(knowledge);
    return version;
}

static enum db_status follow_lexicon(struct lane *lane, const struct conf *conf)
{
    int64_t version = 0;
    enum db_status status = lexicon_version(lane->db, &version);
    if (status == DB_OK && version != version_in_use() && version != lane->jobs->refused)
        reload(lane, conf, version);
    metric_set(METRIC_LEXICON_VERSION, version_in_use());
    return status;
}

static enum db_status forget_seen(struct lane *lane, const struct conf *conf)
{
    size_t dropped = 0;
    enum db_status status = retention_seen(lane->db, conf->privacy.seen_days, &dropped);
    if (dropped)
        log_info("seen.forgotten", KV_INT("rows", dropped));
    return status;
}

static enum db_status forget_told(struct lane *lane, const struct conf *conf)
{
    size_t dropped = 0;
    enum db_status status = alerts_forget(lane->db, conf->alerts.told_days, clock_now_us(), &dropped);
    if (dropped)
        log_info("told.forgotten", KV_INT("rows", dropped));
    return status;
}

/* A slice a run: what is older is left aside anyhow. */
#define USSD_SLICE 5000

static enum db_status forget_ussd(struct lane *lane, const struct conf *conf)
{
    size_t forgotten = 0;
    const int64_t resume_us = conf->ussd.resume * SECOND_US;
    const int64_t kept_us = resume_us > USSD_KEPT_US ? resume_us : USSD_KEPT_US;
    enum db_status status = ussd_sessions_forget(lane->db, clock_now_us() - kept_us, USSD_SLICE, &forgotten);
    if (forgotten)
        log_info("ussd.forgotten", KV_INT("sessions", forgotten));
    return status;
}

static enum db_status serve_desk(struct lane *lane, const struct conf *conf)
{
    return desk_serve(lane->db, lane->arena, conf, clock_now_us());
}

static enum db_status count_prices(struct lane *lane, const struct conf *conf)
{
    size_t read = 0, counted = 0;
    const struct knowledge *knowledge = knowledge_acquire();
    (void)conf;
    enum db_status status =
        knowledge ? prices_run(lane->db, knowledge->lexicon, clock_now_us(), &read, &counted) : DB_OK;
    knowledge_release(knowledge);
    if (counted)
        log_info("prices.counted", KV_INT("reports", read), KV_INT("goods_and_days", counted));
    return status;
}

/* A few slices a run, as after midnight many end. */
#define EXPIRY_RUN_US (SECOND_US / 5)

static enum db_status end_listings(struct lane *lane, const struct conf *conf)
{
    const int64_t until = clock_monotonic_us() + EXPIRY_RUN_US;
    enum db_status status = DB_OK;
    size_t expired = 0, all = 0;
    (void)conf;
    do {
        status = listings_expire(lane->db, day_of_moment(clock_now_us()), clock_now_us(), &expired);
        all += expired;
    } while (status == DB_OK && expired && clock_monotonic_us() < until);
    if (all)
        log_info("listings.ended", KV_INT("expired", all));
    return status;
}

static enum db_status tell_of_ends(struct lane *lane, const struct conf *conf)
{
    size_t told = 0;
    enum db_status status = expiry_tell(lane->db, lane->arena, conf, clock_now_us(), &told);
    if (told)
        log_info("listings.ending", KV_INT("reminders", told));
    return status;
}

static enum db_status put_in_again(struct lane *lane, const struct conf *conf)
{
    (void)conf;
    return again_serve(lane->jobs->again, lane->db, lane->arena, clock_now_us());
}

static enum db_status check_partitions(struct lane *lane, const struct conf *conf)
{
    int missing = 0;
    (void)conf;
    enum db_status status = partitions_missing(lane->db, clock_now_us(), &missing);
    metric_set(METRIC_PARTITIONS_MISSING, missing);
    if (missing)
        log_error("partitions.missing", KV_INT("months", missing), KV("mend", "smsctl maintain"));
    return status;
}

typedef enum db_status clearing_step(const struct clearing *clearing, size_t *deals_r);

/* Before the first lexicon there is nothing to clear by. */
static enum db_status with_knowledge(struct lane *lane, const struct conf *conf, clearing_step *step, const char *event)
{
    size_t deals = 0;
    const struct knowledge *knowledge = knowledge_acquire();
    const struct clearing clearing = {lane->db, lane->arena, conf, knowledge, clock_now_us()};
    enum db_status status = knowledge ? step(&clearing, &deals) : DB_OK;
    if (deals)
        log_info(event, KV_INT("deals", deals));
    knowledge_release(knowledge);
    return status;
}

static enum db_status end_deals(struct lane *lane, const struct conf *conf)
{
    return with_knowledge(lane, conf, clearing_end, "clearing.ended");
}

static enum db_status clear_market(struct lane *lane, const struct conf *conf)
{
    return with_knowledge(lane, conf, clearing_run, "clearing.done");
}

/* How long the supply that is told may be old, and how long one run counts: the thread has other jobs. */
#define SUPPLY_EVERY_US (3600 * SECOND_US)
#define SUPPLY_RUN_US (SECOND_US / 10)

static enum db_status count_supply(struct lane *lane, const struct conf *conf)
{
    const int64_t until = clock_monotonic_us() + SUPPLY_RUN_US;
    enum db_status status = DB_OK;
    bool more = true;
    (void)conf;
    while (more && status == DB_OK && clock_monotonic_us() < until)
        status = supply_count_next(lane->db, SUPPLY_EVERY_US, clock_now_us(), &more);
    return status;
}

static enum db_status tell_matches(struct lane *lane, const struct conf *conf)
{
    size_t told = 0;
    enum db_status status = matches_run(lane->db, lane->arena, conf, clock_now_us(), &told);
    if (told)
        log_info("matches.told", KV_INT("alerts", told));
    return status;
}

/* A few pages of subscriptions a run; the next run goes on where this one ended. */
#define NEWS_RUN_US (SECOND_US / 10)

static enum db_status tell_subscribers(struct lane *lane, const struct conf *conf)
{
    const int64_t until = clock_monotonic_us() + NEWS_RUN_US;
    const struct alert_rules rules = alert_rules(conf);
    const struct knowledge *knowledge = knowledge_acquire();
    enum db_status status = DB_OK;
    size_t all = 0, told = 0;
    while (knowledge && status == DB_OK && clock_monotonic_us() < until) {
        arena_reset(lane->arena);
        status = subscribers_tell(lane->db, lane->arena, knowledge, &rules, &lane->jobs->told, clock_now_us(), &told);
        all += told;
        if (!lane->jobs->told.person_id)
            break;
    }
    knowledge_release(knowledge);
    if (all)
        log_info("subscribers.told", KV_INT("alerts", all));
    return status;
}

static enum db_status run_broadcasts(struct lane *lane, const struct conf *conf)
{
    struct jobs *jobs = lane->jobs;
    size_t fed = 0;
    enum db_status status = broadcasts_run(lane->db, conf, clock_now_us(), &fed);
    pthread_mutex_lock(&jobs->lock);
    if (fed && jobs->sender)
        sender_wake(jobs->sender);
    pthread_mutex_unlock(&jobs->lock);
    return status;
}

static enum db_status ask_coordinators(struct lane *lane, const struct conf *conf)
{
    return broadcasts_ask(lane->db, lane->arena, conf, clock_now_us());
}

static const struct job {
    const char *name;
    enum lane_name lane;
    int64_t every_us;
    enum db_status (*run)(struct lane *lane, const struct conf *conf);
} table[] = {
    {"clock", LANE_PROMPT, 2 * SECOND_US, follow_clock},
    {"queues", LANE_PROMPT, 2 * SECOND_US, look_at_queues},
    {"lexicon", LANE_PROMPT, 5 * SECOND_US, follow_lexicon},
    {"leases", LANE_PROMPT, 15 * SECOND_US, reclaim_leases},
    {"partitions", LANE_PROMPT, 3600 * SECOND_US, check_partitions},
    {"desk", LANE_PROMPT, 5 * SECOND_US, serve_desk},
    {"again", LANE_PROMPT, 5 * SECOND_US, put_in_again},
    {"broadcasts", LANE_PROMPT, SECOND_US / 2, run_broadcasts},
    {"approvals", LANE_PROMPT, 5 * SECOND_US, ask_coordinators},
    {"listings", LANE_MARKET, 5 * SECOND_US, end_listings},
    {"prices", LANE_MARKET, 60 * SECOND_US, count_prices},
    {"matches", LANE_MARKET, 10 * SECOND_US, tell_matches},
    {"subscribers", LANE_MARKET, 60 * SECOND_US, tell_subscribers},
    {"endings", LANE_MARKET, 900 * SECOND_US, tell_of_ends},
    {"seen", LANE_MARKET, 600 * SECOND_US, forget_seen},
    {"told", LANE_MARKET, 3600 * SECOND_US, forget_told},
    {"ussd", LANE_MARKET, 60 * SECOND_US, forget_ussd},
    {"deals", LANE_LONG, 60 * SECOND_US, end_deals},
    {"clearing", LANE_LONG, 60 * SECOND_US, clear_market},
    {"supply", LANE_LONG, 2 * SECOND_US, count_supply},
};
enum { JOBS = sizeof table / sizeof table[0] };

/* ---- the clock ---- */

static bool connected(struct lane *lane, const struct conf *conf)
{
    return session_keep(&lane->db, conf, lane_names[lane->name]) == DB_OK;
}

static void run_job(struct lane *lane, const struct conf *conf, const struct job *job)
{
    arena_reset(lane->arena);
    enum db_status status = connected(lane, conf) ? job->run(lane, conf) : DB_AWAY;
    if (lane->name == LANE_PROMPT) /* which looks at it every two seconds */
        metric_set(METRIC_DATABASE_UP, status != DB_AWAY);
    if (status != DB_OK)
        log_warning("job.failed", KV("job", job->name), KV("status", db_status_name(status)),
                    KV("error", lane->db ? db_error(lane->db)->text : "not connected"));
}

/* Runs what is due of the lane; returns when the next one will be. */
static int64_t run_due(struct lane *lane, const struct conf *conf, int64_t due[JOBS])
{
    int64_t next = INT64_MAX;
    for (int i = 0; i < JOBS; i++) {
        if (table[i].lane != lane->name)
            continue;
        if (due[i] <= clock_monotonic_us()) {
            run_job(lane, conf, &table[i]);
            due[i] = clock_monotonic_us() + table[i].every_us;
        }
        next = due[i] < next ? due[i] : next;
    }
    return next;
}

/* One lane loads what is new; the others find it when they next look. */
static bool loads(const struct lane *lane)
{
    return lane->name == LANE_PROMPT;
}

static void wait_until(struct lane *lane, int64_t monotonic_us)
{
    struct jobs *jobs = lane->jobs;
    struct timespec at = {monotonic_us / SECOND_US, monotonic_us % SECOND_US * 1000};
    int rc = 0;
    while (!jobs->stopping && !(jobs->reload && loads(lane)) && rc == 0)
        rc = pthread_cond_timedwait(&jobs->woken, &jobs->lock, &at);
}

/* What is seldom due and not looked at at once waits a minute: a daemon that starts has enough to do. */
#define SELDOM_US (600 * SECOND_US)
#define SELDOM_FIRST_US (60 * SECOND_US)

static int64_t first_due(const struct job *job)
{
    return job->every_us < SELDOM_US || job->lane == LANE_PROMPT ? 0 : clock_monotonic_us() + SELDOM_FIRST_US;
}

static void *run(void *arg)
{
    struct lane *lane = arg;
    struct jobs *jobs = lane->jobs;
    int64_t due[JOBS];
    bool overdue = false;
    for (int i = 0; i < JOBS; i++)
        due[i] = first_due(&table[i]);
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping) {
        struct conf *conf = conf_ref(jobs->conf);
        if (loads(lane)) {
            overdue = overdue || jobs->reload; /* until the database is there to reload from */
            jobs->reload = false;
        }
        pthread_mutex_unlock(&jobs->lock);
        if (overdue && connected(lane, conf)) {
            reload(lane, conf, 0);
            overdue = false;
        }
        int64_t next = run_due(lane, conf, due);
        conf_unref(&conf);
        pthread_mutex_lock(&jobs->lock);
        wait_until(lane, next);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

static void start_lane(struct jobs *jobs, enum lane_name name)
{
    struct lane *lane = &jobs->lanes[name];
    *lane = (struct lane){.jobs = jobs, .name = name, .arena = arena_new(1024 * 1024)};
    if (pthread_create(&lane->thread, NULL, run, lane) != 0)
        abort();
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
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&jobs->woken, &monotonic);
    pthread_condattr_destroy(&monotonic);
    for (enum lane_name name = 0; name < LANES; name++)
        start_lane(jobs, name);
    return jobs;
}

void jobs_set_conf(struct jobs *jobs, struct conf *conf)
{
    pthread_mutex_lock(&jobs->lock);
    conf_unref(&jobs->conf);
    jobs->conf = conf_ref(conf);
    jobs->reload = true;
    pthread_cond_broadcast(&jobs->woken);
    pthread_mutex_unlock(&jobs->lock);
}

static void stop_lane(struct lane *lane)
{
    pthread_join(lane->thread, NULL);
    db_close(&lane->db);
    arena_free(&lane->arena);
}

void jobs_set_sender(struct jobs *jobs, struct sender_thread *sender)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->sender = sender;
    pthread_mutex_unlock(&jobs->lock);
}

void jobs_stop(struct jobs **jobs_p)
{
    struct jobs *jobs = *jobs_p;
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_broadcast(&jobs->woken);
    pthread_mutex_unlock(&jobs->lock);
    for (enum lane_name name = 0; name < LANES; name++)
        stop_lane(&jobs->lanes[name]);
    again_free(&jobs->again);
    conf_unref(&jobs->conf);
    pthread_cond_destroy(&jobs->woken);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
    *jobs_p = NULL;
}
