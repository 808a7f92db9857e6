/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP link against libcurl, with a worker's thread that answers later.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "smsd/link/http.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"

#define SECRET "0123456789abcdef"

/* The daemon's part: envelopes put are answered on another thread. */
static struct desk {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t worker;
    struct envelope *first;
    bool full, held, stop;
    bool echo; /* each text is its own answer */
    struct answer answer;
    int taken;
    /* what the last envelope held */
    enum envelope_kind kind;
    char text[200], msisdn[32], id[80], short_code[40];
    uint64_t hash;
    struct dlr dlr;
} desk = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static struct http_link *link_;

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

static char *desk_metrics(void *ctx, struct arena *arena)
{
    (void)ctx;
    return metrics_render(arena);
}

static void desk_set(bool full, bool held)
{
    pthread_mutex_lock(&desk.lock);
    desk.full = full;
    desk.held = held;
    pthread_cond_broadcast(&desk.changed);
    pthread_mutex_unlock(&desk.lock);
}

static int setup(void **state)
{
    (void)state;
    const char *error;
    const struct http_settings settings = {.listen = "127.0.0.1",
                                           .port = 0,
                                           .secret = SECRET,
                                           .dlr_base = "http://127.0.0.1:8055",
                                           .short_code = "8055",
                                           .max_body = 2048,
                                           .max_connections = 64,
                                           .request_timeout_s = 20,
                                           .ctx = &desk,
                                           .put = desk_put,
                                           .healthy = desk_healthy,
                                           .metrics = desk_metrics};
    desk.full = desk.held = desk.stop = desk.echo = false;
    desk.first = NULL;
    desk.taken = 0;
    desk.answer = (struct answer){.kind = ANSWER_TEXT, .text = "chao", .outbox_id = 7, .created_us = 99};
    pthread_create(&desk.worker, NULL, desk_work, &desk);
    link_ = http_link_start(&settings, &error);
    return link_ ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    desk_set(false, false);
    http_link_stop(&link_);
    pthread_mutex_lock(&desk.lock);
    desk.stop = true;
    pthread_cond_broadcast(&desk.changed);
    pthread_mutex_unlock(&desk.lock);
    pthread_join(desk.worker, NULL);
    return 0;
}

/* ---- a client ---- */

struct reply {
    long status;
    char body[65536];
    size_t body_n;
    char headers[2000];
    size_t headers_n;
};

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

static CURL *client(const char *path_and_query, struct reply *reply)
{
    char url[4096];
    CURL *curl = curl_easy_init();
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", http_link_port(link_), path_and_query);
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

static struct reply *finish(CURL *curl, struct reply *reply)
{
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply->status);
    curl_easy_cleanup(curl);
    return reply;
}

static struct reply *get(const char *path_and_query)
{
    static struct reply reply;
    return finish(client(path_and_query, &reply), &reply);
}

static struct reply *post(const char *path_and_query, const char *content_type, const void *body, size_t n)
{
    static struct reply reply;
    char header[200];
    CURL *curl = client(path_and_query, &reply);
    snprintf(header, sizeof header, "Content-Type: %s", content_type);
    struct curl_slist *headers = curl_slist_append(curl_slist_append(NULL, header), "Expect:");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)n);
    finish(curl, &reply);
    curl_slist_free_all(headers);
    return &reply;
}

#define MO "/kannel/mo?secret=" SECRET "&id=4f1c-1&from=84912345678&to=8055"

/* ---- what Kannel sends, as it was seen ---- */

static void test_get_is_answered(void **state)
{
    (void)state;
    struct reply *reply = get(MO "&text=gia+lua%20om18&coding=0&charset=UTF-8&meta=");
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body, "chao");
    assert_non_null(strstr(reply->headers, "Content-Type: text/plain; charset=UTF-8\r\n"));
    assert_non_null(strstr(reply->headers, "X-Kannel-DLR-Mask: 31\r\n"));
    assert_non_null(strstr(reply->headers, "X-Kannel-DLR-Url: http://127.0.0.1:8055/kannel/dlr?id=7&at=99&status=%d"
                                           "&secret=" SECRET "\r\n"));
    assert_null(strstr(reply->headers, "X-Kannel-Coding"));
    assert_string_equal(desk.text, "gia lua om18");
    assert_string_equal(desk.msisdn, "84912345678");
    assert_string_equal(desk.id, "4f1c-1");
    assert_string_equal(desk.short_code, "8055");
}

static void test_unicode_answer(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_TEXT, .text = "chào bạn", .coding = 2};
    struct reply *reply = post(MO "&coding=0&charset=UTF-8", "text/plain; charset=\"UTF-8\"", "bán lúa", 9);
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body, "chào bạn");
    assert_non_null(strstr(reply->headers, "X-Kannel-Coding: 2\r\n"));
    assert_null(strstr(reply->headers, "X-Kannel-DLR-Url")); /* no outbox row, no report */
    assert_string_equal(desk.text, "bán lúa");
}

static void test_same_text_same_hash(void **state)
{
    (void)state;
    get(MO "&text=Gia%20%20L%C3%BAa");
    uint64_t hash = desk.hash;
    assert_int_not_equal(hash, 0);
    get(MO "&text=gia+lua");
    assert_true(desk.hash == hash);
    get(MO "&text=gia+bap");
    assert_true(desk.hash != hash);
}

static void test_encodings(void **state)
{
    (void)state;
    static const struct {
        const char *query, *type, *body;
        size_t n;
        const char *text;
        int mended; /* were the bytes other than what they were said to be? */
    } cases[] = {
        {MO "&coding=2&charset=UTF-16BE", "text/plain; charset=\"UTF-16BE\"", "\0x\0 \x1e\xa1\0b", 8, "x ạb", 0},
        {MO "&coding=2", "text/plain; charset=\"UTF-16BE\"", "\0x\0 \x1e\xa1\0b", 8, "x ạb", 0},
        {MO "&coding=2&charset=UTF-8", "application/octet-stream", "\x1e\xa1", 2, "ạ", 1}, /* wrongly named */
        {MO "&coding=0&charset=ISO-8859-1", "text/plain", "lu\xe1", 3, "luá", 0},
        {MO "&coding=0", "text/plain", "lu\xe1", 3, "luá", 1},
        {MO "&coding=0&charset=UTF-8", "text/plain", "a\0b", 3, "ab", 1},
        {MO "&coding=0&charset=KOI8-R", "text/plain", "ban lua", 7, "ban lua", 0},
        {MO "&coding=2&charset=UTF-16BE", "text/plain", "\0a\xd8\0\0b", 6, "a\uFFFDb", 1},
        {MO "&text=", "text/plain", "", 0, "", 0},
        {MO, "text/plain", "", 0, "", 0},
        {MO "&text=a%00b&charset=UTF-8", "text/plain", "", 0, "ab", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t mended = metric_get(METRIC_MO_MENDED);
        memset(desk.text, '?', 5);
        assert_int_equal(post(cases[i].query, cases[i].type, cases[i].body, cases[i].n)->status, 200);
        assert_string_equal(desk.text, cases[i].text);
        assert_int_equal(metric_get(METRIC_MO_MENDED) - mended, cases[i].mended);
    }
}

static void test_headers_stand_in(void **state)
{
    (void)state;
    static struct reply reply;
    CURL *curl = client("/kannel/mo?id=1&secret=" SECRET, &reply);
    struct curl_slist *headers = curl_slist_append(NULL, "X-Kannel-From: 0912345678");
    headers = curl_slist_append(headers, "X-Kannel-To: 8055");
    headers = curl_slist_append(headers, "X-Kannel-Coding: 2");
    headers = curl_slist_append(headers, "Content-Type: text/plain; charset=\"UTF-16BE\"");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, 2L);
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, "\x1e\xa1");
    finish(curl, &reply);
    curl_slist_free_all(headers);
    assert_int_equal(reply.status, 200);
    assert_string_equal(desk.msisdn, "84912345678");
    assert_string_equal(desk.text, "ạ");
}

/* ---- what is refused: its status, and that it is counted ---- */

static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        long status;
        enum metric metric;
    } cases[] = {
        {"/nowhere", 404, METRIC_HTTP_NOT_FOUND},
        {"/kannel/mo?id=1&from=84912345678&text=a", 403, METRIC_HTTP_SECRET},
        {"/kannel/mo?id=1&from=84912345678&text=a&secret=", 403, METRIC_HTTP_SECRET},
        {"/kannel/mo?id=1&from=84912345678&text=a&secret=0123456789abcdeX", 403, METRIC_HTTP_SECRET},
        {"/kannel/mo?id=1&from=84912345678&text=a&secret=" SECRET "0", 403, METRIC_HTTP_SECRET},
        {"/kannel/dlr?id=1&at=1&status=1&secret=x", 403, METRIC_HTTP_SECRET},
        {"/kannel/mo?from=84912345678&text=a&secret=" SECRET, 400, METRIC_REFUSED_NO_ID},
        {"/kannel/mo?id=&from=84912345678&text=a&secret=" SECRET, 400, METRIC_REFUSED_NO_ID},
        {"/kannel/mo?id=a%0Ab&from=84912345678&text=a&secret=" SECRET, 400, METRIC_REFUSED_NO_ID},
        {MO "&coding=1&text=a", 200, METRIC_REFUSED_BINARY},
        {MO "&coding=7&text=a", 400, METRIC_HTTP_BAD_REQUEST},
        {MO "&coding=x&text=a", 400, METRIC_HTTP_BAD_REQUEST},
        {MO "&charset=KOI8-R&text=%FF%FE", 200, METRIC_REFUSED_CHARSET},
        {MO "&meta=%3Fsmpp%3Fussd_service_op%3D%2501%26&text=a", 200, METRIC_REFUSED_CHANNEL},
        {"/kannel/mo?id=1&from=VIETTEL&text=a&secret=" SECRET, 200, METRIC_REFUSED_SENDER_ALPHANUMERIC},
        {"/kannel/mo?id=1&from=195&text=a&secret=" SECRET, 200, METRIC_REFUSED_SENDER_SHORT_CODE},
        {"/kannel/mo?id=1&from=8055&text=a&secret=" SECRET, 200, METRIC_REFUSED_SENDER_SHORT_CODE},
        {"/kannel/mo?id=1&text=a&secret=" SECRET, 200, METRIC_REFUSED_SENDER_INVALID},
        {"/kannel/dlr?id=1&at=1&status=3&secret=" SECRET, 400, METRIC_HTTP_BAD_REQUEST},
        {"/kannel/dlr?id=1&at=1&status=%25d&secret=" SECRET, 400, METRIC_HTTP_BAD_REQUEST},
        {"/kannel/dlr?id=1&status=1&secret=" SECRET, 400, METRIC_HTTP_BAD_REQUEST},
        {"/kannel/dlr?id=99999999999999999999&at=1&status=1&secret=" SECRET, 400, METRIC_HTTP_BAD_REQUEST},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t before = metric_get(cases[i].metric);
        struct reply *reply = get(cases[i].url);
        if (reply->status != cases[i].status || metric_get(cases[i].metric) != before + 1)
            fail_msg("%s: status %ld, counted %d", cases[i].url, reply->status,
                     (int)(metric_get(cases[i].metric) - before));
        assert_int_equal(reply->body_n, 0);
    }
    assert_int_equal(desk.taken, 0);
}

static void test_wrong_method(void **state)
{
    (void)state;
    int64_t before = metric_get(METRIC_HTTP_METHOD);
    assert_int_equal(post("/metrics", "text/plain", "a", 1)->status, 405);
    assert_int_equal(post("/kannel/dlr?id=1", "text/plain", "a", 1)->status, 405);
    assert_int_equal(metric_get(METRIC_HTTP_METHOD), before + 2);
}

static size_t on_read(char *to, size_t size, size_t n, void *left)
{
    size_t *bytes = left;
    size_t now = size * n < *bytes ? size * n : *bytes;
    memset(to, 'a', now);
    *bytes -= now;
    return now;
}

static void test_body_too_big(void **state)
{
    (void)state;
    static char body[4096];
    static struct reply reply;
    memset(body, 'a', sizeof body);
    assert_int_equal(post(MO, "text/plain", body, 2048)->status, 200);
    int64_t before = metric_get(METRIC_HTTP_TOO_BIG);
    assert_int_equal(post(MO, "text/plain", body, 2049)->status, 413);
    /* and in chunks, that announce nothing: a little too much is read on and refused, far too much cut off */
    static const struct {
        size_t bytes;
        long status;
    } cases[] = {{2048, 200}, {4096, 413}, {1000000, 0}};
    for (size_t i = 0; i < 3; i++) {
        size_t left = cases[i].bytes;
        CURL *curl = client(MO, &reply);
        struct curl_slist *headers =
            curl_slist_append(curl_slist_append(NULL, "Transfer-Encoding: chunked"), "Expect:");
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
        curl_easy_setopt(curl, CURLOPT_READDATA, &left);
        finish(curl, &reply);
        curl_slist_free_all(headers);
        assert_int_equal(reply.status, cases[i].status);
    }
    assert_int_equal(metric_get(METRIC_HTTP_TOO_BIG), before + 2);
}

/* A connection over which these bytes were said. */
static int say_raw(const char *bytes, size_t n)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)http_link_port(link_)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(send(fd, bytes, n, MSG_NOSIGNAL), n);
    return fd;
}

/* The status of what is answered to it. */
static int raw_status(int fd)
{
    char reply[1000] = "";
    int status = 0;
    ssize_t got = recv(fd, reply, sizeof reply - 1, 0);
    if (got > 0)
        sscanf(reply, "HTTP/1.%*d %d", &status);
    close(fd);
    return status;
}

static void test_malformed(void **state)
{
    (void)state;
    static char longest[100000];
    int64_t before = metric_get(METRIC_HTTP_MALFORMED);
    memset(longest, 'a', sizeof longest);
    longest[snprintf(longest, sizeof longest, "GET /")] = 'a';
    assert_int_equal(raw_status(say_raw("GET /healthz HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 45)), 400);
    assert_int_equal(metric_get(METRIC_HTTP_MALFORMED), before + 1);
    raw_status(say_raw(longest, sizeof longest)); /* 414, unless the reset overtakes it */
    assert_int_equal(metric_get(METRIC_HTTP_MALFORMED), before + 2);
    close(say_raw("\0\xff\r\n\r\n", 6));
    close(say_raw("POST /kannel/mo HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf", 52));
    assert_int_equal(get("/healthz")->status, 200); /* and it goes on */
}

/* ---- the other answers ---- */

static void test_nothing_and_later(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_NOTHING};
    struct reply *reply = get(MO "&text=a");
    assert_int_equal(reply->status, 200);
    assert_int_equal(reply->body_n, 0);
    desk.answer = (struct answer){.kind = ANSWER_LATER};
    reply = get(MO "&text=a");
    assert_int_equal(reply->status, 503);
    assert_non_null(strstr(reply->headers, "Retry-After: "));
}

static void test_full_inbox(void **state)
{
    (void)state;
    desk_set(true, false);
    int64_t before = metric_get(METRIC_REFUSED_INBOX_FULL);
    struct reply *reply = get(MO "&text=a");
    assert_int_equal(reply->status, 503);
    assert_non_null(strstr(reply->headers, "Retry-After: "));
    assert_int_equal(metric_get(METRIC_REFUSED_INBOX_FULL), before + 1);
    assert_int_equal(get("/healthz")->status, 503);
    assert_int_equal(http_link_open(link_), 0);
}

static void test_delivery_report(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_NOTHING};
    int64_t before = metric_get(METRIC_DLR_DELIVERED);
    assert_int_equal(get("/kannel/dlr?id=7&at=99&status=1&secret=" SECRET)->status, 200);
    assert_int_equal(desk.kind, ENVELOPE_DLR);
    assert_int_equal(desk.dlr.id, 7);
    assert_int_equal(desk.dlr.created_us, 99);
    assert_int_equal(desk.dlr.dlr, 1);
    assert_true(desk.dlr.at_us > 1700000000000000);
    assert_int_equal(metric_get(METRIC_DLR_DELIVERED), before + 1);
}

static void test_health_and_metrics(void **state)
{
    (void)state;
    struct reply *reply = get("/healthz");
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body, "ok\n");
    reply = get("/metrics");
    assert_int_equal(reply->status, 200);
    assert_non_null(strstr(reply->body, "# TYPE smsd_mo_received_total counter\n"));
    http_link_drain(link_);
    assert_int_equal(get("/healthz")->status, 503);
    assert_int_equal(get(MO "&text=a")->status, 503);
}

/* ---- clients that leave, and the end ---- */

static void await_taken(int n)
{
    pthread_mutex_lock(&desk.lock);
    while (desk.taken < n)
        pthread_cond_wait(&desk.changed, &desk.lock);
    pthread_mutex_unlock(&desk.lock);
}

/* Clients that give up while their texts are with the worker; the answers then find nobody. */
static void test_client_leaves(void **state)
{
    (void)state;
    enum { CLIENTS = 20 };
    static struct reply replies[CLIENTS];
    CURL *clients[CLIENTS];
    CURLM *multi = curl_multi_init();
    int running = 1;
    desk_set(false, true);
    for (int i = 0; i < CLIENTS; i++)
        curl_multi_add_handle(multi, clients[i] = client(MO "&text=a", &replies[i]));
    while (http_link_open(link_) < CLIENTS) {
        curl_multi_perform(multi, &running);
        curl_multi_poll(multi, NULL, 0, 10, NULL);
    }
    for (int i = 0; i < CLIENTS; i++) {
        curl_multi_remove_handle(multi, clients[i]);
        curl_easy_cleanup(clients[i]);
    }
    curl_multi_cleanup(multi); /* all sockets are closed now */
    desk_set(false, false);
    assert_int_equal(get(MO "&text=b")->status, 200);
}

/* More clients than connections, all at once: each gets the answer to its own text. */
static void test_everyone_gets_their_own(void **state)
{
    (void)state;
    enum { CLIENTS = 100 };
    static struct reply replies[CLIENTS];
    CURL *clients[CLIENTS];
    CURLM *multi = curl_multi_init();
    int running = 1;
    desk.echo = true;
    for (int i = 0; i < CLIENTS; i++) {
        char url[200];
        snprintf(url, sizeof url, MO "&text=text+%d", i);
        curl_multi_add_handle(multi, clients[i] = client(url, &replies[i]));
    }
    while (running > 0) {
        curl_multi_perform(multi, &running);
        curl_multi_poll(multi, NULL, 0, 100, NULL);
    }
    for (int i = 0; i < CLIENTS; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "text %d", i);
        assert_string_equal(replies[i].body, expected);
        curl_multi_remove_handle(multi, clients[i]);
        curl_easy_cleanup(clients[i]);
    }
    curl_multi_cleanup(multi);
}

static void *stop_link(void *ctx)
{
    (void)ctx;
    http_link_stop(&link_);
    return NULL;
}

static void *get_late(void *ctx)
{
    struct reply *reply = ctx;
    return finish(client(MO "&text=late", reply), reply);
}

/* A text that is with the worker when the link is told to stop still gets its answer. */
static void test_stop_waits(void **state)
{
    (void)state;
    static struct reply reply;
    pthread_t caller, stopper;
    desk_set(false, true);
    pthread_create(&caller, NULL, get_late, &reply);
    await_taken(1);
    pthread_create(&stopper, NULL, stop_link, NULL);
    desk_set(false, false);
    pthread_join(stopper, NULL);
    pthread_join(caller, NULL);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "chao");
    assert_null(link_);
}

static void test_bad_address(void **state)
{
    (void)state;
    const char *error = NULL;
    assert_null(http_link_start(&(struct http_settings){.listen = "localhost", .port = 0}, &error));
    assert_string_equal(error, "http.listen is not a numeric address");
    struct http_settings taken = {.listen = "127.0.0.1",
                                  .port = http_link_port(link_),
                                  .secret = SECRET,
                                  .dlr_base = "",
                                  .short_code = "8055",
                                  .max_body = 1024,
                                  .max_connections = 8,
                                  .request_timeout_s = 5};
    assert_null(http_link_start(&taken, &error));
    assert_string_equal(error, "http.port is taken by another program");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define LINKED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        LINKED(test_get_is_answered),
        LINKED(test_unicode_answer),
        LINKED(test_same_text_same_hash),
        LINKED(test_encodings),
        LINKED(test_headers_stand_in),
        LINKED(test_refusals),
        LINKED(test_wrong_method),
        LINKED(test_body_too_big),
        LINKED(test_nothing_and_later),
        LINKED(test_full_inbox),
        LINKED(test_delivery_report),
        LINKED(test_health_and_metrics),
        LINKED(test_client_leaves),
        LINKED(test_stop_waits),
        LINKED(test_bad_address),
        LINKED(test_malformed),
        LINKED(test_everyone_gets_their_own),
    };
    curl_global_init(CURL_GLOBAL_DEFAULT);
    log_open(TARGET_STDERR, LEVEL_ERROR);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    curl_global_cleanup();
    return failed;
}
