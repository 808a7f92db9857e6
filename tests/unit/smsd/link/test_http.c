/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP link as a server: the answers other than a text, clients that leave, many at once, and the end. How texts
 * are read is in test_http_read.c.
 */
#include <stdio.h>
#include <string.h>

#include "smsd/metrics/metrics.h"
#include "tests/unit/smsd/link/http_fixture.h"

/* ---- the other answers ---- */

static void test_nothing_and_later(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_NOTHING};
    struct reply *reply = http_get(MO "&text=a");
    assert_int_equal(reply->status, 200);
    assert_int_equal(reply->body_n, 0);
    desk.answer = (struct answer){.kind = ANSWER_LATER};
    reply = http_get(MO "&text=a");
    assert_int_equal(reply->status, 503);
    assert_non_null(strstr(reply->headers, "Retry-After: "));
}

static void test_full_inbox(void **state)
{
    (void)state;
    desk_set(true, false);
    int64_t before = metric_get(METRIC_REFUSED_INBOX_FULL);
    struct reply *reply = http_get(MO "&text=a");
    assert_int_equal(reply->status, 503);
    assert_non_null(strstr(reply->headers, "Retry-After: "));
    assert_int_equal(metric_get(METRIC_REFUSED_INBOX_FULL), before + 1);
    assert_int_equal(http_get("/healthz")->status, 503);
    assert_int_equal(http_link_open(link_under_test), 0);
}

static void test_delivery_report(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_NOTHING};
    int64_t before = metric_get(METRIC_DLR_DELIVERED);
    assert_int_equal(http_get("/kannel/dlr?id=7&at=99&status=1&secret=" SECRET)->status, 200);
    assert_int_equal(desk.kind, ENVELOPE_DLR);
    assert_int_equal(desk.dlr.id, 7);
    assert_int_equal(desk.dlr.created_us, 99);
    assert_int_equal(desk.dlr.dlr, 1);
    assert_true(desk.dlr.at_us > 1700000000000000);
    assert_int_equal(metric_get(METRIC_DLR_DELIVERED), before + 1);
}

/* One that Kannel is told to bring again is counted when it is done, not each time it comes. */
static void test_delivery_report_counts_once(void **state)
{
    (void)state;
    static const char url[] = "/kannel/dlr?id=7&at=99&status=2&secret=" SECRET;
    int64_t before = metric_get(METRIC_DLR_FAILED);
    desk_set(true, false);
    assert_int_equal(http_get(url)->status, 503);
    desk_set(false, false);
    desk.answer = (struct answer){.kind = ANSWER_LATER};
    assert_int_equal(http_get(url)->status, 503);
    assert_int_equal(metric_get(METRIC_DLR_FAILED), before);
    desk.answer = (struct answer){.kind = ANSWER_NOTHING};
    assert_int_equal(http_get(url)->status, 200);
    assert_int_equal(metric_get(METRIC_DLR_FAILED), before + 1);
    http_link_drain(link_under_test);
    assert_int_equal(http_get(url)->status, 503);
    assert_int_equal(metric_get(METRIC_DLR_FAILED), before + 1);
}

static void test_health_and_metrics(void **state)
{
    (void)state;
    struct reply *reply = http_get("/healthz");
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body, "ok\n");
    reply = http_get("/metrics");
    assert_int_equal(reply->status, 200);
    assert_non_null(strstr(reply->body, "# TYPE smsd_mo_received_total counter\n"));
    http_link_drain(link_under_test);
    assert_int_equal(http_get("/healthz")->status, 503);
    assert_int_equal(http_get(MO "&text=a")->status, 503);
}

/* ---- clients that leave, and the end ---- */

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
        curl_multi_add_handle(multi, clients[i] = http_client(MO "&text=a", &replies[i]));
    while (http_link_open(link_under_test) < CLIENTS) {
        curl_multi_perform(multi, &running);
        curl_multi_poll(multi, NULL, 0, 10, NULL);
    }
    for (int i = 0; i < CLIENTS; i++) {
        curl_multi_remove_handle(multi, clients[i]);
        curl_easy_cleanup(clients[i]);
    }
    curl_multi_cleanup(multi); /* all sockets are closed now */
    desk_set(false, false);
    assert_int_equal(http_get(MO "&text=b")->status, 200);
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
        curl_multi_add_handle(multi, clients[i] = http_client(url, &replies[i]));
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
    http_link_stop(&link_under_test);
    return NULL;
}

static void *get_late(void *ctx)
{
    struct reply *reply = ctx;
    return http_finish(http_client(MO "&text=late", reply), reply);
}

/* A text that is with the worker when the link is told to stop still gets its answer. */
static void test_stop_waits(void **state)
{
    (void)state;
    static struct reply reply;
    pthread_t caller, stopper;
    desk_set(false, true);
    pthread_create(&caller, NULL, get_late, &reply);
    desk_await(1);
    pthread_create(&stopper, NULL, stop_link, NULL);
    desk_set(false, false);
    pthread_join(stopper, NULL);
    pthread_join(caller, NULL);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "chao");
    assert_null(link_under_test);
}

static void test_bad_address(void **state)
{
    (void)state;
    const char *error = NULL;
    assert_null(http_link_start(&(struct http_settings){.listen = "localhost", .port = 0}, &error));
    assert_string_equal(error, "http.listen is not a numeric address");
    struct http_settings taken = {.listen = "127.0.0.1",
                                  .port = http_link_port(link_under_test),
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
        HTTP_TEST(test_nothing_and_later),  HTTP_TEST(test_full_inbox),    HTTP_TEST(test_delivery_report),
        HTTP_TEST(test_health_and_metrics), HTTP_TEST(test_client_leaves), HTTP_TEST(test_everyone_gets_their_own),
        HTTP_TEST(test_stop_waits),         HTTP_TEST(test_bad_address),   HTTP_TEST(test_delivery_report_counts_once),
    };
    return cmocka_run_group_tests(tests, http_group_setup, http_group_teardown);
}
