/* SPDX-License-Identifier: Apache-2.0
 *
 * USSD over HTTP: Kannel's, told by its metadata, and an aggregator's callbacks.
 */
#include <stdio.h>
#include <string.h>

#include "smsd/metrics/metrics.h"
#include "tests/unit/smsd/link/http_fixture.h"

/* ---- Kannel ---- */

#define META(operation) "&meta=%3Fsmpp%3Fussd_service_op%3D%25" operation "%26its_session_info%3D%250035"

static void a_dial_is_answered_in_its_session(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_TEXT, .text = "1 Ban", .outbox_id = 7, .created_us = 99};
    struct reply *reply = http_get(MO META("01") "&service=USSD&text=*8055*1%23");
    assert_string_equal(reply->body, "1 Ban");
    assert_non_null(strstr(reply->headers, "X-Kannel-Meta-Data: ?smpp?ussd_service_op=%02&its_session_info=%0035\r\n"));
    assert_non_null(strstr(reply->headers, "X-Kannel-BInfo: USSD\r\n"));
    assert_non_null(strstr(reply->headers, "X-Kannel-Priority: 2\r\n"));
    assert_null(strstr(reply->headers, "X-Kannel-DLR"));
    assert_int_equal(desk.sign, USSD_DIALS);
    assert_string_equal(desk.session, "00");
    assert_string_equal(desk.text, "*8055*1#");
}

static void the_last_screen_ends_the_session(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_TEXT, .text = "Da luu", .ends = true};
    struct reply *reply = http_get(MO META("12") "&text=1");
    assert_non_null(strstr(reply->headers, "X-Kannel-Meta-Data: ?smpp?ussd_service_op=%11&its_session_info=%0035\r\n"));
    assert_null(strstr(reply->headers, "X-Kannel-BInfo"));
    assert_int_equal(desk.sign, USSD_ANSWERS);
}

static void what_was_dialled_may_be_the_receiver(void **state)
{
    (void)state;
    http_get("/kannel/mo?secret=" SECRET "&id=1&from=84912345678&to=*8055%23" META("01") "&text=x");
    assert_string_equal(desk.text, "*8055#");
}

static void a_gateway_has_its_own_profile(void **state)
{
    (void)state;
    http_get(MO META("12") "%26user_message_reference%3D17&smsc=vnp&text=1");
    assert_string_equal(desk.session, "3137");
    http_get(MO META("12") "%26user_message_reference%3D17&smsc=mobi&text=1");
    assert_string_equal(desk.session, "00");
}

/* ---- an aggregator ---- */

#define CALLBACK "/ussd?secret=" USSD_SECRET
#define FORM "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=partpart"
#define NAMED(name, value) "--partpart\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"

static struct reply *call(const char *body)
{
    return http_post(CALLBACK, FORM, body, strlen(body));
}

static void a_callback_is_answered_with_con_or_end(void **state)
{
    (void)state;
    struct reply *reply = call("sessionId=AT_1&serviceCode=*384%23&phoneNumber=%2B84912345678&text=&networkCode=1");
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body, "CON chao");
    assert_non_null(strstr(reply->headers, "Content-Type: text/plain; charset=UTF-8\r\n"));
    assert_int_equal(desk.sign, USSD_DIALS);
    assert_string_equal(desk.session, "AT_1");
    assert_string_equal(desk.msisdn, "84912345678");
    assert_int_equal(strncmp(desk.id, "AT_1:0:", 7), 0);
    desk.answer.ends = true;
    assert_string_equal(call("text=1*c%C3%A1+tra*3&sessionId=AT_1&serviceCode=*384%23&phoneNumber=+84912345678")->body,
                        "END chao");
    assert_int_equal(desk.sign, USSD_ANSWERS);
    assert_string_equal(desk.text, "3");
    assert_string_equal(desk.pressed, "1*cá tra*3");
}

static void each_keypress_has_an_id_of_its_own(void **state)
{
    (void)state;
    call("sessionId=a&phoneNumber=84912345678&text=1");
    char id[sizeof desk.id];
    memcpy(id, desk.id, sizeof id);
    call("sessionId=a&phoneNumber=84912345678&text=1*1");
    assert_string_not_equal(desk.id, id);
    call("sessionId=a&phoneNumber=84912345678&text=2"); /* as long, of a session whose name is used again */
    assert_string_not_equal(desk.id, id);
    call("sessionId=a&phoneNumber=84912345678&text=1");
    assert_string_equal(desk.id, id);
}

static void what_cannot_be_done_now_ends_kindly(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_LATER};
    assert_string_equal(call("sessionId=a&phoneNumber=84912345678&text=1")->body, "END goi lai sau");
    desk_set(true, false);
    assert_string_equal(call("sessionId=a&phoneNumber=84912345678&text=1")->body, "END goi lai sau");
}

static void no_more_callbacks_than_the_window(void **state)
{
    (void)state;
    static const char request[] = "POST " CALLBACK " HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM
                                  "\r\nContent-Length: 41\r\n\r\nsessionId=a&phoneNumber=84912345678&text=";
    desk_set(false, true);
    int first = raw_say(request, sizeof request - 1), second = raw_say(request, sizeof request - 1);
    desk_await(2);
    assert_string_equal(call("sessionId=b&phoneNumber=84912345678&text=")->body, "END goi lai sau");
    desk_set(false, false);
    assert_int_equal(raw_status(first), 200);
    assert_int_equal(raw_status(second), 200);
    assert_string_equal(call("sessionId=b&phoneNumber=84912345678&text=")->body, "CON chao");
}

static void what_is_refused(void **state)
{
    (void)state;
    static char long_body[5000];
    memset(long_body, 'x', sizeof long_body - 1);
    static const struct {
        const char *url, *type, *body;
        long status;
        enum metric metric;
    } cases[] = {
        {"/ussd", FORM, "sessionId=a&phoneNumber=84912345678&text=", 403, METRIC_HTTP_SECRET},
        {"/ussd?secret=" SECRET, FORM, "sessionId=a&phoneNumber=84912345678&text=", 403, METRIC_HTTP_SECRET},
        {CALLBACK, "application/json", "{}", 400, METRIC_HTTP_BAD_REQUEST},
        {CALLBACK, MULTIPART, "--partpart\r\nContent-Disposition: form-data\r\n\r\n1\r\n--partpart--\r\n", 400,
         METRIC_HTTP_BAD_REQUEST},
        {CALLBACK, MULTIPART,
         NAMED("sessionId", "a") NAMED("phoneNumber", "84912345678") NAMED("text", "1") "--partpart--\r\n", 400,
         METRIC_HTTP_BAD_REQUEST},
        {CALLBACK, FORM, "phoneNumber=84912345678&text=", 400, METRIC_REFUSED_NO_ID},
        {CALLBACK, FORM, "sessionId=a%20b&phoneNumber=84912345678&text=", 400, METRIC_REFUSED_NO_ID},
        {CALLBACK, FORM, "sessionId=a&phoneNumber=195&text=", 200, METRIC_REFUSED_SENDER_SHORT_CODE},
        {CALLBACK, FORM, long_body, 413, METRIC_HTTP_TOO_BIG},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t before = metric_get(cases[i].metric);
        struct reply *reply = http_post(cases[i].url, cases[i].type, cases[i].body, strlen(cases[i].body));
        if (reply->status != cases[i].status || metric_get(cases[i].metric) != before + 1)
            fail_msg("%zu: status %ld", i, reply->status);
    }
    assert_int_equal(desk.taken, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        HTTP_TEST(a_dial_is_answered_in_its_session),
        HTTP_TEST(the_last_screen_ends_the_session),
        HTTP_TEST(what_was_dialled_may_be_the_receiver),
        HTTP_TEST(a_gateway_has_its_own_profile),
        HTTP_TEST(a_callback_is_answered_with_con_or_end),
        HTTP_TEST(each_keypress_has_an_id_of_its_own),
        HTTP_TEST(what_cannot_be_done_now_ends_kindly),
        HTTP_TEST(no_more_callbacks_than_the_window),
        HTTP_TEST(what_is_refused),
    };
    return cmocka_run_group_tests(tests, http_group_setup, http_group_teardown);
}
