/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/service.h"

#include <stdlib.h>
#include <unistd.h>

#include "db/migrate.h"
#include "smsd/clock.h"
#include "smsd/inbox/inbox.h"
#include "smsd/job/jobs.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/link/box.h"
#include "smsd/link/http.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"
#include "smsd/send/sender.h"
#include "smsd/send/sendsms.h"
#include "smsd/session.h"
#include "smsd/ussd/screens.h"
#include "smsd/worker/worker.h"

#define WORKERS_MAX 16

struct service {
    struct inbox *inbox;
    struct workers *workers;
    struct sendsms *sendsms; /* one of these two: what the sender sends by */
    struct box_link *box;
    struct sender_thread *sender;
    struct jobs *jobs;
    struct http_link *http;
};

/* ---- what must be known before the first text ---- */

static int own_version(void)
{
    size_t n;
    const struct migration *list = migrations(&n);
    return list[n - 1].version;
}

static enum db_status check_version(struct db *db)
{
    int version = 0;
    enum db_status status = migrate_version(db, &version);
    if (status != DB_OK)
        log_error("database.unusable", KV("error", db_error(db)->text));
    else if (version != own_version()) {
        log_error("database.version", KV_INT("is", version), KV_INT("wanted", own_version()),
                  KV("mend", "smsctl migrate"));
        status = DB_REFUSED;
    }
    return status;
}

/* A province that is in no table would make every price without a place "none". */
static enum db_status check_province(const struct conf *conf)
{
    const struct knowledge *knowledge = knowledge_acquire();
    bool known = lexicon_place(knowledge->lexicon, conf->service.province) != NULL;
    knowledge_release(knowledge);
    if (!known)
        log_error("conf.province_unknown", KV("service.province", conf->service.province));
    return known ? DB_OK : DB_REFUSED;
}

/* A table of screens that is wrong leads nowhere. One that has no room for a name that the desk has taught is shown cut, and
 * no reason to leave all texts unanswered. */
static enum db_status check_screens(const struct conf *conf)
{
    const struct knowledge *knowledge = knowledge_acquire();
    struct arena *arena = arena_new(1024);
    const char *wrong = screens_wrong(screens_all(), arena);
    const char *narrow = wrong ? NULL : ussd_narrow(knowledge, conf->service.province, arena);
    if (wrong)
        log_error("ussd.screens_wrong", KV("error", wrong));
    if (narrow)
        log_warning("ussd.screen_narrow", KV("error", narrow));
    arena_free(&arena);
    knowledge_release(knowledge);
    return wrong ? DB_REFUSED : DB_OK;
}

static enum db_status load_knowledge(struct db *db, const struct conf *conf)
{
    const char *error = "";
    struct arena *arena = arena_new(1024 * 1024);
    enum db_status status = knowledge_load(db, conf->locales.dir, conf->locales.serve_unreviewed, arena, &error);
    if (status != DB_OK)
        log_error("knowledge.unusable", KV("error", error));
    arena_free(&arena);
    if (status == DB_OK)
        status = check_province(conf);
    return status == DB_OK ? check_screens(conf) : status;
}

enum db_status service_learn(const struct conf *conf)
{
    struct db_error error;
    struct db *db = db_open(conf->database.url, "smsd-start", DB_PLANS_ANEW, &error);
    if (!db) {
        log_warning("database.away", KV("error", error.text));
        return DB_AWAY;
    }
    enum db_status status = check_version(db);
    if (status == DB_OK)
        status = session_follow_clock(db);
    if (status == DB_OK)
        status = load_knowledge(db, conf);
    metric_set(METRIC_DATABASE_UP, status == DB_OK);
    db_close(&db);
    return status;
}

/* ---- what the link calls ---- */

static bool put(void *ctx, struct envelope *envelope)
{
    struct service *service = ctx;
    return inbox_put(service->inbox, envelope);
}

static bool healthy(void *ctx)
{
    (void)ctx;
    return metric_get(METRIC_DATABASE_UP) == 1;
}

static char *metrics(void *ctx, struct arena *arena)
{
    (void)ctx;
    return metrics_render(arena);
}

static const char *ussd_later(void *ctx, struct arena *arena)
{
    const struct knowledge *knowledge = knowledge_acquire();
    const char *words = knowledge ? message_render(knowledge->book, LANG_VI, arena, MSG_USSD_LATER, NO_ARGS) : "";
    (void)ctx;
    knowledge_release(knowledge);
    return words;
}

static bool is_box(const struct conf *conf)
{
    return conf->kannel.link == KANNEL_LINK_BOX;
}

static struct http_link *start_http(struct service *service, const struct conf *conf)
{
    const char *error = "";
    struct http_link *link =
        http_link_start(&(struct http_settings){.listen = conf->http.listen,
                                                .port = conf->http.port,
                                                .secret = conf->http.secret,
                                                .dlr_base = conf->kannel.dlr_base,
                                                .short_code = conf->service.short_code,
                                                .ussd_gateways = conf->ussd.gateways,
                                                .ussd_secret = conf->ussd.secret,
                                                .ussd_window = conf->ussd.window,
                                                .takes_texts = !is_box(conf) || conf->http.beside_box,
                                                .max_body = conf->http.max_body,
                                                .max_connections = conf->http.max_connections,
                                                .request_timeout_s = conf->http.request_timeout,
                                                .ctx = service,
                                                .put = put,
                                                .healthy = healthy,
                                                .metrics = metrics,
                                                .ussd_later = ussd_later},
                        &error);
    if (link)
        log_info("http.listening", KV("address", conf->http.listen), KV_INT("port", http_link_port(link)));
    else
        log_error("http.failed", KV("error", error), KV("address", conf->http.listen), KV_INT("port", conf->http.port));
    return link;
}

static struct backoff retry_of(const struct conf *conf)
{
    return (struct backoff){"send", conf->send.retry_base * SECOND_US, conf->send.retry_max * SECOND_US};
}

static struct box_link *start_box(struct service *service, const struct conf *conf)
{
    return box_link_start(&(struct box_settings){.host = conf->kannel.box_host,
                                                 .port = conf->kannel.box_port,
                                                 .dlr_base = conf->kannel.dlr_base,
                                                 .secret = conf->http.secret,
                                                 .short_code = conf->service.short_code,
                                                 .ussd_gateways = conf->ussd.gateways,
                                                 .window = conf->kannel.box_window,
                                                 .timeout_s = conf->kannel.timeout,
                                                 .retry = retry_of(conf),
                                                 .ctx = service,
                                                 .put = put});
}

static struct sendsms *start_sendsms(const struct conf *conf)
{
    return sendsms_new(&(struct sendsms_settings){.url = conf->kannel.sendsms_url,
                                                  .username = conf->kannel.username,
                                                  .password = conf->kannel.password,
                                                  .dlr_base = conf->kannel.dlr_base,
                                                  .secret = conf->http.secret,
                                                  .timeout_s = conf->kannel.timeout,
                                                  .window = conf->send.window,
                                                  .retry = retry_of(conf)});
}

/* ---- starting and stopping ---- */

static struct transport start_transport(struct service *service, const struct conf *conf)
{
    if (is_box(conf))
        service->box = start_box(service, conf);
    else
        service->sendsms = start_sendsms(conf);
    if (!service->box && !service->sendsms)
        abort();
    return service->box ? box_link_transport(service->box) : sendsms_transport(service->sendsms);
}

/* More than processors would only cut the same texts into smaller batches, which cost PostgreSQL more. */
static size_t worker_count(const struct conf *conf)
{
    if (conf->inbox.workers > 0)
        return (size_t)conf->inbox.workers;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = cores > 2 ? (size_t)cores : 2;
    return wanted < WORKERS_MAX ? wanted : WORKERS_MAX;
}

struct service *service_start(struct conf *conf)
{
    struct service *service = calloc(1, sizeof *service);
    size_t workers = worker_count(conf);
    if (!service)
        abort();
    service->inbox = inbox_new(workers, (size_t)conf->inbox.size / workers + 1);
    service->workers = workers_start(service->inbox, workers, conf);
    service->jobs = jobs_start(conf, service->inbox);
    service->sender = sender_start(conf, start_transport(service, conf));
    jobs_set_sender(service->jobs, service->sender);
    service->http = start_http(service, conf);
    if (!service->http)
        service_stop(&service);
    return service;
}

void service_reconfigure(struct service *service, struct conf *conf)
{
    workers_set_conf(service->workers, conf);
    sender_set_conf(service->sender, conf);
    jobs_set_conf(service->jobs, conf);
}

void service_stop(struct service **service_p)
{
    struct service *service = *service_p;
    if (service->box)
        box_link_drain(service->box);
    http_link_stop(&service->http);
    inbox_close(service->inbox);
    workers_join(&service->workers);
    jobs_set_sender(service->jobs, NULL);
    sender_stop(&service->sender); /* writes down what bearerbox said of the last answers too */
    box_link_stop(&service->box);
    sendsms_free(&service->sendsms);
    jobs_stop(&service->jobs);
    inbox_free(&service->inbox);
    free(service);
    *service_p = NULL;
}
