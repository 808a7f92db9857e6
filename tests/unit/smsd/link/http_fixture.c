/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/smsd/link/http_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"

struct desk desk = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
struct http_link *link_under_test;

/* ---- the desk ---- */

static bool desk_put(void *ctx, struct envelope *envelope)
{
    struct desk *d = ctx;
    pthread_mutex_lock(&d->lock);
    bool taken = !d->full;
    if (taken) {
        envelope->next = d->first;
        d->first = envelope;
        d->taken++;
        pthread_cond_broadcast(&d->changed);
    }
    pthread_mutex_unlock(&d->lock);
    return taken;
}

static void note(struct desk *d, const struct envelope *envelope)
{
    d->kind = envelope->kind;
    d->dlr = envelope->dlr;
    if (envelope->kind != ENVELOPE_MO)
        return;
    snprintf(d->text, sizeof d->text, "%s", envelope->mo.text);
    snprintf(d->msisdn, sizeof d->msisdn, "%s", envelope->mo.msisdn);
    snprintf(d->id, sizeof d->id, "%s", envelope->mo.kannel_id);
    snprintf(d->short_code, sizeof d->short_code, "%s", envelope->mo.short_code);
    d->hash = envelope->mo.text_hash;
    d->sign = envelope->mo.sign;
    snprintf(d->session, sizeof d->session, "%s", envelope->mo.session ? envelope->mo.session : "");
    snprintf(d->pressed, sizeof d->pressed, "%s", envelope->mo.pressed ? envelope->mo.pressed : "");
}

static void *desk_work(void *ctx)
{
    struct desk *d = ctx;
    pthread_mutex_lock(&d->lock);
    while (!d->stop) {
        struct envelope *envelope = d->held ? NULL : d->first;
        if (!envelope) {
            pthread_cond_wait(&d->changed, &d->lock);
            continue;
        }
        d->first = envelope->next;
        note(d, envelope);
        struct answer answer = d->answer;
        if (d->echo)
            answer.text = envelope->mo.text;
        pthread_mutex_unlock(&d->lock);
        envelope->done(envelope, &answer);
        pthread_mutex_lock(&d->lock);
    }
    pthread_mutex_unlock(&d->lock);
    return NULL;
}

static bool desk_healthy(void *ctx)
{
    struct desk *d = ctx;
    pthread_mutex_lock(&d->lock);
    bool healthy = !d->full;
    pthread_mutex_unlock(&d->lock);
    return healthy;
}

static const char *desk_later(void *ctx, struct arena *arena)
{
    (void)ctx;
    (void)arena;
    return "goi lai sau";
}

static char *desk_metrics(void *ctx, struct arena *arena)
{
    (void)ctx;
    return metrics_render(arena);
}

void desk_set(bool full, bool held)
{
    pthread_mutex_lock(&desk.lock);
    desk.full = full;
    desk.held = held;
    pthread_cond_broadcast(&desk.changed);
    pthread_mutex_unlock(&desk.lock);
}

void desk_await(int n)
{
    pthread_mutex_lock(&desk.lock);
    while (desk.taken < n)
        pthread_cond_wait(&desk.changed, &desk.lock);
    pthread_mutex_unlock(&desk.lock);
}

/* ---- the link, around each test ---- */

int http_setup(void **state)
{
    (void)state;
    const char *error;
    const struct http_settings settings = {.listen = "127.0.0.1",
                                           .port = 0,
                                           .secret = SECRET,
                                           .dlr_base = "http://127.0.0.1:8055",
                                           .short_code = "8055",
                                           .ussd_gateways = "vnp: reference",
                                           .ussd_secret = USSD_SECRET,
                                           .ussd_window = 2,
                                           .takes_texts = true,
                                           .max_body = 2048,
                                           .max_connections = 64,
                                           .request_timeout_s = 2,
                                           .ctx = &desk,
                                           .put = desk_put,
                                           .healthy = desk_healthy,
                                           .metrics = desk_metrics,
                                           .ussd_later = desk_later};
    desk.full = desk.held = desk.stop = desk.echo = false;
    desk.first = NULL;
    desk.taken = 0;
    desk.answer = (struct answer){.kind = ANSWER_TEXT, .text = "chao", .outbox_id = 7, .created_us = 99};
    pthread_create(&desk.worker, NULL, desk_work, &desk);
    link_under_test = http_link_start(&settings, &error);
    return link_under_test ? 0 : -1;
}

int http_teardown(void **state)
{
    (void)state;
    desk_set(false, false);
    http_link_stop(&link_under_test);
    pthread_mutex_lock(&desk.lock);
    desk.stop = true;
    pthread_cond_broadcast(&desk.changed);
    pthread_mutex_unlock(&desk.lock);
    pthread_join(desk.worker, NULL);
    return 0;
}

int http_group_setup(void **state)
{
    (void)state;
    log_open(TARGET_STDERR, LEVEL_ERROR);
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -1;
}

int http_group_teardown(void **state)
{
    (void)state;
    curl_global_cleanup();
    return 0;
}

/* ---- clients ---- */

static size_t on_body(char *data, size_t size, size_t n, void *to)
{
    struct reply *reply = to;
    size_t bytes = size * n;
    if (reply->body_n + bytes >= sizeof reply->body)
        return 0;
    memcpy(reply->body + reply->body_n, data, bytes);
    reply->body_n += bytes;
    return bytes;
}

static size_t on_header(char *data, size_t size, size_t n, void *to)
{
    struct reply *reply = to;
    size_t bytes = size * n;
    if (reply->headers_n + bytes < sizeof reply->headers) {
        memcpy(reply->headers + reply->headers_n, data, bytes);
        reply->headers_n += bytes;
    }
    return bytes;
}

CURL *http_client(const char *path_and_query, struct reply *reply)
{
    char url[4096];
    CURL *curl = curl_easy_init();
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", http_link_port(link_under_test), path_and_query);
    memset(reply, 0, sizeof *reply);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
    return curl;
}

struct reply *http_finish(CURL *curl, struct reply *reply)
{
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply->status);
    curl_easy_cleanup(curl);
    return reply;
}

struct reply *http_get(const char *path_and_query)
{
    static struct reply reply;
    return http_finish(http_client(path_and_query, &reply), &reply);
}

struct reply *http_post(const char *path_and_query, const char *content_type, const void *body, size_t n)
{
    static struct reply reply;
    char header[200];
    CURL *curl = http_client(path_and_query, &reply);
    snprintf(header, sizeof header, "Content-Type: %s", content_type);
    struct curl_slist *headers = curl_slist_append(curl_slist_append(NULL, header), "Expect:");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)n);
    http_finish(curl, &reply);
    curl_slist_free_all(headers);
    return &reply;
}

int raw_say(const char *bytes, size_t n)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)http_link_port(link_under_test)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(send(fd, bytes, n, MSG_NOSIGNAL), n);
    return fd;
}

int raw_status(int fd)
{
    char reply[1000] = "";
    int status = 0;
    ssize_t got = recv(fd, reply, sizeof reply - 1, 0);
    if (got > 0)
        sscanf(reply, "HTTP/1.%*d %d", &status);
    close(fd);
    return status;
}

void raw_end(int fd)
{
    char ignored[1000];
    shutdown(fd, SHUT_WR);
    while (recv(fd, ignored, sizeof ignored, 0) > 0)
        ;
    close(fd);
    while (metric_get(METRIC_HTTP_CONNECTIONS) > 0)
        sched_yield();
}
