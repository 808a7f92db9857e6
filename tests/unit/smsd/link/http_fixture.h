/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP link between libcurl and a desk. Each test gets a fresh link on a free port of 127.0.0.1. The desk stands
 * for the daemon behind it: it notes what it is given and answers later, on a thread of its own, as workers do.
 *
 *     static void test_text_is_answered(void **state)
 *     {
 *         desk.answer = (struct answer){.kind = ANSWER_TEXT, .text = "chao"};
 *         assert_string_equal(http_get(MO "&text=gia+lua")->body, "chao");
 *         assert_string_equal(desk.text, "gia lua");
 *     }
 *
 *     int main(void)
 *     {
 *         static const struct CMUnitTest tests[] = {HTTP_TEST(test_text_is_answered)};
 *         return cmocka_run_group_tests(tests, http_group_setup, http_group_teardown);
 *     }
 *
 * The desk's members are free to read and write while no request is under way; with one held there, only through the
 * functions.
 */
#ifndef TESTS_UNIT_SMSD_LINK_HTTP_FIXTURE_H
#define TESTS_UNIT_SMSD_LINK_HTTP_FIXTURE_H

#include <curl/curl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "smsd/link/http.h"

#define SECRET "0123456789abcdef"
#define USSD_SECRET "fedcba9876543210"

/* What Kannel asks for a text: parameters are appended. */
#define MO "/kannel/mo?secret=" SECRET "&id=4f1c-1&from=84912345678&to=8055"

/* ---- the desk ---- */

extern struct desk {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t worker;
    struct envelope *first;
    bool full, held, stop;
    bool echo;            /* each text is its own answer */
    struct answer answer; /* to every text; a test may put another */
    int taken;            /* envelopes since the test began */
    /* what the last envelope held */
    enum envelope_kind kind;
    char text[200], msisdn[32], id[80], short_code[40];
    uint64_t hash;
    enum ussd_sign sign;
    char session[80], pressed[80];
    struct dlr dlr;
} desk;

/* Full: it takes nothing more and is not healthy. Held: what it takes is not answered until it is let go. */
void desk_set(bool full, bool held);

/* Waits until it has taken n envelopes. */
void desk_await(int n);

/* ---- the link, around each test ---- */

/* Bodies up to 2048 bytes, 64 connections, 2 callbacks, reports to http://127.0.0.1:8055. A test may stop it. */
extern struct http_link *link_under_test;

int http_setup(void **state);
int http_teardown(void **state);
int http_group_setup(void **state);
int http_group_teardown(void **state);

#define HTTP_TEST(test) cmocka_unit_test_setup_teardown(test, http_setup, http_teardown)

/* ---- clients ---- */

struct reply {
    long status; /* 0: there was none */
    char body[65536];
    size_t body_n;
    char headers[2000];
    size_t headers_n;
};

/* The reply is valid until the next call of the same function. */
struct reply *http_get(const char *path_and_query);
struct reply *http_post(const char *path_and_query, const char *content_type, const void *body, size_t n);

/* The same in two steps, for requests of another kind: the handle fills *reply, http_finish performs and frees it. */
CURL *http_client(const char *path_and_query, struct reply *reply);
struct reply *http_finish(CURL *curl, struct reply *reply);

/* For what libcurl would not say: a connection over which these bytes were sent, */
int raw_say(const char *bytes, size_t n);

/* and the status of what is answered to it, 0 when there is none; closes it. */
int raw_status(int fd);

/* Says that no more comes, and waits until the link has closed it too and forgotten it. */
void raw_end(int fd);

#endif
