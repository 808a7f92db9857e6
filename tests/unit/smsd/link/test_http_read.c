/* SPDX-License-Identifier: Apache-2.0
 *
 * What Kannel brings to the HTTP link: how it is read, and what is refused.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "smsd/metrics/metrics.h"
#include "tests/unit/smsd/link/http_fixture.h"

/* ---- what Kannel sends, as it was seen ---- */

static void test_get_is_answered(void **state)
{
    (void)state;
    struct reply *reply = http_get(MO "&text=gia+lua%20om18&coding=0&charset=UTF-8&meta=");
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body, "chao");
    assert_non_null(strstr(reply->headers, "Content-Type: text/plain; charset=UTF-8\r\n"));
    assert_non_null(strstr(reply->headers, "X-Kannel-DLR-Mask: 31\r\n"));
    assert_non_null(strstr(reply->headers, "X-Kannel-DLR-Url: http://127.0.0.1:8055/kannel/dlr?id=7&at=99&status=%d"
                                           "&secret=" SECRET "\r\n"));
    assert_null(strstr(reply->headers, "X-Kannel-Coding"));
    assert_non_null(strstr(reply->headers, "X-Kannel-Priority: 1\r\n"));
    assert_string_equal(desk.text, "gia lua om18");
    assert_string_equal(desk.msisdn, "84912345678");
    assert_string_equal(desk.id, "4f1c-1");
    assert_string_equal(desk.short_code, "8055");
}

static void test_unicode_answer(void **state)
{
    (void)state;
    desk.answer = (struct answer){.kind = ANSWER_TEXT, .text = "chào bạn", .coding = 2};
    struct reply *reply = http_post(MO "&coding=0&charset=UTF-8", "text/plain; charset=\"UTF-8\"", "bán lúa", 9);
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body, "chào bạn");
    assert_non_null(strstr(reply->headers, "X-Kannel-Coding: 2\r\n"));
    assert_null(strstr(reply->headers, "X-Kannel-DLR-Url")); /* no outbox row, no report */
    assert_string_equal(desk.text, "bán lúa");
}

static void test_same_text_same_hash(void **state)
{
    (void)state;
    http_get(MO "&text=Gia%20%20L%C3%BAa");
    uint64_t hash = desk.hash;
    assert_int_not_equal(hash, 0);
    http_get(MO "&text=gia+lua");
    assert_true(desk.hash == hash);
    http_get(MO "&text=gia+bap");
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
        {MO "&coding=2&charset=UTF-8", "application/octet-stream", "\x53\x56\0 \x69\x30\x5b\x50", 8, "卖 椰子", 1},
        {MO "&coding=2", "text/plain", "\x53\x56\x69\x30\x5b\x50", 6, "卖椰子", 1},
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
        assert_int_equal(http_post(cases[i].query, cases[i].type, cases[i].body, cases[i].n)->status, 200);
        assert_string_equal(desk.text, cases[i].text);
        assert_int_equal(metric_get(METRIC_MO_MENDED) - mended, cases[i].mended);
    }
}

static void test_headers_stand_in(void **state)
{
    (void)state;
    static struct reply reply;
    CURL *curl = http_client("/kannel/mo?id=1&secret=" SECRET, &reply);
    struct curl_slist *headers = curl_slist_append(NULL, "X-Kannel-From: 0912345678");
    headers = curl_slist_append(headers, "X-Kannel-To: 8055");
    headers = curl_slist_append(headers, "X-Kannel-Coding: 2");
    headers = curl_slist_append(headers, "Content-Type: text/plain; charset=\"UTF-16BE\"");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, 2L);
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, "\x1e\xa1");
    http_finish(curl, &reply);
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
        {MO "&meta=%3Fsmpp%3Fussd_service_op%3D%2503%26&text=a", 200, METRIC_REFUSED_CHANNEL},
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
        struct reply *reply = http_get(cases[i].url);
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
    assert_int_equal(http_post("/metrics", "text/plain", "a", 1)->status, 405);
    assert_int_equal(http_post("/kannel/dlr?id=1", "text/plain", "a", 1)->status, 405);
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
    assert_int_equal(http_post(MO, "text/plain", body, 2048)->status, 200);
    int64_t before = metric_get(METRIC_HTTP_TOO_BIG);
    assert_int_equal(http_post(MO, "text/plain", body, 2049)->status, 413);
    /* and in chunks, that announce nothing: a little too much is read on and refused, far too much cut off */
    static const struct {
        size_t bytes;
        long status;
    } cases[] = {{2048, 200}, {4096, 413}, {1000000, 0}};
    for (size_t i = 0; i < 3; i++) {
        size_t left = cases[i].bytes;
        CURL *curl = http_client(MO, &reply);
        struct curl_slist *headers =
            curl_slist_append(curl_slist_append(NULL, "Transfer-Encoding: chunked"), "Expect:");
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
        curl_easy_setopt(curl, CURLOPT_READDATA, &left);
        http_finish(curl, &reply);
        curl_slist_free_all(headers);
        assert_int_equal(reply.status, cases[i].status);
    }
    assert_int_equal(metric_get(METRIC_HTTP_TOO_BIG), before + 3);
}

static void test_malformed(void **state)
{
    (void)state;
    static char longest[100000];
    int64_t before = metric_get(METRIC_HTTP_MALFORMED);
    memset(longest, 'a', sizeof longest);
    longest[snprintf(longest, sizeof longest, "GET /")] = 'a';
    assert_int_equal(raw_status(raw_say("GET /healthz HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 45)), 400);
    assert_int_equal(metric_get(METRIC_HTTP_MALFORMED), before + 1);
    raw_status(raw_say(longest, sizeof longest)); /* 414, unless the reset overtakes it */
    assert_int_equal(metric_get(METRIC_HTTP_MALFORMED), before + 2);
    assert_int_equal(http_get("/healthz")->status, 200); /* and it goes on */
}

/* Connections that end without an answer, and how many they count for. The link notices an end when it likes, but what
 * ended before a request was made is seen before that request's answer: the gauge says when. */
static void test_unfinished(void **state)
{
    (void)state;
#define HALF "POST /kannel/mo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"
#define BAD_CHUNK "POST /kannel/mo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
#define WHOLE "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    static const struct {
        const char *bytes;
        size_t n;
        int count;
    } cases[] = {
        {"", 0, 0}, /* a health checker's connect */
        {WHOLE, sizeof WHOLE - 1, 0},
        {"\0\xff\r\n\r\n", 6, 1},
        {"\r\n\r\n", 4, 1},
        {"GET\r\n\r\n", 7, 1},
        {"GET /heal", 9, 1},
        {HALF, sizeof HALF - 1, 1},
        {BAD_CHUNK, sizeof BAD_CHUNK - 1, 1}, /* libmicrohttpd answers it */
        {WHOLE HALF, sizeof WHOLE + sizeof HALF - 2, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t before = metric_get(METRIC_HTTP_UNFINISHED) + metric_get(METRIC_HTTP_MALFORMED);
        raw_end(raw_say(cases[i].bytes, cases[i].n));
        int64_t counted = metric_get(METRIC_HTTP_UNFINISHED) + metric_get(METRIC_HTTP_MALFORMED) - before;
        if (counted != cases[i].count)
            fail_msg("case %zu counted %d", i, (int)counted);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        HTTP_TEST(test_get_is_answered), HTTP_TEST(test_unicode_answer),   HTTP_TEST(test_same_text_same_hash),
        HTTP_TEST(test_encodings),       HTTP_TEST(test_headers_stand_in), HTTP_TEST(test_refusals),
        HTTP_TEST(test_wrong_method),    HTTP_TEST(test_body_too_big),     HTTP_TEST(test_malformed),
        HTTP_TEST(test_unfinished),
    };
    return cmocka_run_group_tests(tests, http_group_setup, http_group_teardown);
}
