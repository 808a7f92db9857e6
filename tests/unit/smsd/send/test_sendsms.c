/* SPDX-License-Identifier: Apache-2.0
 *
 * The sendsms client against a small Kannel that answers as it is told.
 */
#include <curl/curl.h>
#include <microhttpd.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "smsd/clock.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"
#include "smsd/send/sendsms.h"

enum manner { ANSWERS, HANGS, HANGS_UP };

static struct kannel {
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;
    enum manner manner;
    unsigned status;
    const char *body;
    int requests;
    struct MHD_Connection *hanging;
    char to[32], from[32], text[200], coding[8], priority[8], charset[16], username[16], password[16], dlr_url[200],
        dlr_mask[8];
} kannel = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void keep(struct MHD_Connection *connection, const char *name, char *to, size_t room)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
    snprintf(to, room, "%s", value ? value : "(none)");
}

static void keep_all(struct kannel *k, struct MHD_Connection *connection)
{
#define KEEP(name, field) keep(connection, name, k->field, sizeof k->field)
    KEEP("to", to), KEEP("from", from), KEEP("text", text), KEEP("coding", coding), KEEP("priority", priority),
        KEEP("charset", charset);
    KEEP("username", username), KEEP("password", password), KEEP("dlr-url", dlr_url), KEEP("dlr-mask", dlr_mask);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *data, size_t *n, void **context)
{
    struct kannel *k = cls;
    (void)path, (void)method, (void)version, (void)data, (void)n;
    if (!*context) {
        *context = k;
        return MHD_YES;
    }
    pthread_mutex_lock(&k->lock);
    keep_all(k, connection);
    k->requests++;
    enum manner manner = k->hanging ? ANSWERS : k->manner; /* one hangs at a time, until it is let go */
    if (manner == HANGS) {
        k->hanging = connection;
        MHD_suspend_connection(connection);
    }
    unsigned status = k->status;
    const char *body = k->body;
    pthread_mutex_unlock(&k->lock);
    if (manner != ANSWERS)
        return manner == HANGS ? MHD_YES : MHD_NO;
    struct MHD_Response *response = MHD_create_response_from_buffer(strlen(body), (void *)body, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static char url[64];

static int start(void **state)
{
    (void)state;
    kannel.manner = ANSWERS;
    kannel.hanging = NULL;
    kannel.requests = 0;
    kannel.daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL,
                                     NULL, on_request, &kannel, MHD_OPTION_END);
    if (!kannel.daemon)
        return -1;
    snprintf(url, sizeof url, "http://127.0.0.1:%d/cgi-bin/sendsms",
             MHD_get_daemon_info(kannel.daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    if (kannel.hanging)
        MHD_resume_connection(kannel.hanging);
    if (kannel.daemon)
        MHD_stop_daemon(kannel.daemon);
    kannel.daemon = NULL;
    return 0;
}

/* What it has got so far. */
static struct kannel seen(void)
{
    pthread_mutex_lock(&kannel.lock);
    struct kannel copy = kannel;
    pthread_mutex_unlock(&kannel.lock);
    return copy;
}

static void tell(enum manner manner, unsigned status, const char *body)
{
    pthread_mutex_lock(&kannel.lock);
    kannel.manner = manner;
    kannel.status = status;
    kannel.body = body;
    pthread_mutex_unlock(&kannel.lock);
}

static struct sendsms *client_new(const char *to, int window)
{
    return sendsms_new(&(struct sendsms_settings){.url = to,
                                                  .username = "us er",
                                                  .password = "p&%",
                                                  .dlr_base = "http://127.0.0.1:8055",
                                                  .secret = "0123456789abcdef",
                                                  .timeout_s = 1,
                                                  .window = window,
                                                  .retry = {"test", 1000000, 1000000}});
}

static struct outbox_claim claim(int64_t id, enum outbox_kind kind, const char *body, int coding)
{
    return (struct outbox_claim){.id = id,
                                 .created_us = 99,
                                 .msisdn = "84912345678",
                                 .sender = "8055",
                                 .body = body,
                                 .coding = coding,
                                 .segments = 2,
                                 .attempts = 1,
                                 .kind = kind};
}

/* Waits for one result. */
static struct outbox_result await(struct sendsms *client)
{
    struct outbox_result result;
    while (sendsms_poll(client, 1000, &result, 1) == 0)
        ;
    return result;
}

static struct outbox_result send_one(struct sendsms *client, enum outbox_kind kind)
{
    struct outbox_claim one = claim(7, kind, "chao", 0);
    sendsms_submit(client, &one);
    return await(client);
}

static void test_what_kannel_gets(void **state)
{
    (void)state;
    struct sendsms *client = client_new(url, 1);
    struct outbox_claim one = claim(7, OUTBOX_REPLY, "chào bạn & 100%", 2);
    tell(ANSWERS, 202, "0: Accepted for delivery");
    int64_t segments = metric_get(METRIC_SEGMENTS_SENDSMS);
    sendsms_submit(client, &one);
    assert_int_equal(sendsms_room(client), 0);
    struct outbox_result result = await(client);
    assert_int_equal(result.result, SEND_ACCEPTED);
    assert_int_equal(result.id, 7);
    assert_int_equal(result.created_us, 99);
    const struct kannel got = seen();
    assert_string_equal(got.to, "84912345678");
    assert_string_equal(got.from, "8055");
    assert_string_equal(got.text, "chào bạn & 100%");
    assert_string_equal(got.coding, "2");
    assert_string_equal(got.priority, "1");
    assert_string_equal(got.charset, "UTF-8");
    assert_string_equal(got.username, "us er");
    assert_string_equal(got.password, "p&%");
    assert_string_equal(got.dlr_mask, "31");
    assert_string_equal(got.dlr_url, "http://127.0.0.1:8055/kannel/dlr?id=7&at=99&status=%d&secret=0123456789abcdef");
    assert_int_equal(metric_get(METRIC_SEGMENTS_SENDSMS), segments + 2);
    assert_int_equal(sendsms_room(client), 1);
    sendsms_free(&client);
}

static void test_answers(void **state)
{
    (void)state;
    static const struct {
        unsigned status;
        const char *body;
        enum send_result result;
        int64_t wait_min_us, wait_max_us; /* until it is tried again */
        int denied;
    } cases[] = {
        {202, "0: Accepted for delivery", SEND_ACCEPTED, 0, 0, 0},
        {202, "3: Queued for later delivery", SEND_ACCEPTED, 0, 0, 0},
        {503, "Temporal failure, try again later.", SEND_RETRY, 500000, 1000000, 0},
        {403, "Authorization failed for sendsms", SEND_RETRY, 30000000, 60000000, 1},
        {403, "Not routable. Do not try again.", SEND_FAILED, 0, 0, 0},
        {404, "Unknown request.", SEND_RETRY, 30000000, 60000000, 1},
        {400, "Missing receiver number, rejected", SEND_FAILED, 0, 0, 0},
        {406, "Number(s) has/have been denied by white- and/or black-lists.", SEND_FAILED, 0, 0, 0},
        {500, "", SEND_UNCERTAIN, 0, 1000000, 0},
        {200, "something else that answers at this address, at some length beyond what is kept", SEND_UNCERTAIN, 0,
         1000000, 0},
    };
    struct sendsms *client = client_new(url, 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t denied = metric_get(METRIC_SEND_DENIED);
        int64_t before_us = clock_now_us();
        tell(ANSWERS, cases[i].status, cases[i].body);
        struct outbox_result result = send_one(client, OUTBOX_ALERT);
        assert_int_equal(result.result, cases[i].result);
        assert_int_equal(metric_get(METRIC_SEND_DENIED) - denied, cases[i].denied);
        if (cases[i].wait_max_us == 0) {
            assert_int_equal(result.retry_us, 0);
        } else {
            assert_true(result.retry_us >= before_us + cases[i].wait_min_us);
            assert_true(result.retry_us <= clock_now_us() + cases[i].wait_max_us);
        }
    }
    sendsms_free(&client);
}

static void test_no_answer_is_uncertain(void **state)
{
    (void)state;
    struct sendsms *client = client_new(url, 1);
    tell(HANGS, 202, "0: Accepted for delivery");
    struct outbox_result result = send_one(client, OUTBOX_ALERT);
    assert_int_equal(result.result, SEND_UNCERTAIN);
    assert_string_equal(result.detail, "timeout");
    tell(HANGS_UP, 0, "");
    result = send_one(client, OUTBOX_ALERT);
    assert_int_equal(result.result, SEND_UNCERTAIN);
    assert_string_equal(result.detail, "connection lost");
    sendsms_free(&client);
}

/* An alert never rides on a kept-alive connection: libcurl would quietly repeat it when that turns out dead. */
static void test_alert_is_sent_once(void **state)
{
    (void)state;
    struct sendsms *client = client_new(url, 1);
    tell(ANSWERS, 202, "0: Accepted for delivery");
    assert_int_equal(send_one(client, OUTBOX_REPLY).result, SEND_ACCEPTED); /* leaves a connection */
    tell(HANGS_UP, 0, "");
    int before = seen().requests;
    assert_int_equal(send_one(client, OUTBOX_ALERT).result, SEND_UNCERTAIN);
    assert_int_equal(seen().requests, before + 1);
    sendsms_free(&client);
}

static void test_kannel_gone(void **state)
{
    struct sendsms *client = client_new(url, 1);
    stop(state);
    struct outbox_result result = send_one(client, OUTBOX_ALERT);
    assert_int_equal(result.result, SEND_RETRY);
    assert_string_equal(result.detail, "not connected");
    sendsms_free(&client);
}

static void test_window(void **state)
{
    (void)state;
    enum { WINDOW = 8, TEXTS = 100 };
    struct sendsms *client = client_new(url, WINDOW);
    struct outbox_result results[WINDOW];
    bool seen[TEXTS] = {false};
    int submitted = 0, ended = 0;
    tell(ANSWERS, 202, "0: Accepted for delivery");
    while (ended < TEXTS) {
        while (submitted < TEXTS && sendsms_room(client) > 0) {
            struct outbox_claim one = claim(submitted++, OUTBOX_REPLY, "chao", 0);
            sendsms_submit(client, &one);
        }
        assert_true(sendsms_busy(client) <= WINDOW);
        size_t n = sendsms_poll(client, 1000, results, WINDOW);
        for (size_t i = 0; i < n; i++, ended++) {
            assert_int_equal(results[i].result, SEND_ACCEPTED);
            assert_false(seen[results[i].id]);
            seen[results[i].id] = true;
        }
    }
    assert_int_equal(sendsms_busy(client), 0);
    sendsms_free(&client);
}

static void *wake(void *client)
{
    sendsms_wake(client);
    return NULL;
}

static void test_wake(void **state)
{
    (void)state;
    pthread_t thread;
    struct outbox_result result;
    struct sendsms *client = client_new(url, 1);
    int64_t before_us = clock_monotonic_us();
    pthread_create(&thread, NULL, wake, client);
    assert_int_equal(sendsms_poll(client, 20000, &result, 1), 0);
    assert_true(clock_monotonic_us() - before_us < 10 * SECOND_US);
    pthread_join(thread, NULL);
    tell(HANGS, 202, "");
    struct outbox_claim one = claim(1, OUTBOX_REPLY, "chao", 0);
    sendsms_submit(client, &one); /* freed while under way */
    sendsms_poll(client, 0, &result, 1);
    sendsms_free(&client);
    assert_null(client);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define WITH_KANNEL(test) cmocka_unit_test_setup_teardown(test, start, stop)
        WITH_KANNEL(test_what_kannel_gets),
        WITH_KANNEL(test_answers),
        WITH_KANNEL(test_no_answer_is_uncertain),
        WITH_KANNEL(test_alert_is_sent_once),
        WITH_KANNEL(test_kannel_gone),
        WITH_KANNEL(test_window),
        WITH_KANNEL(test_wake),
    };
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    curl_global_cleanup();
    return failed;
}
