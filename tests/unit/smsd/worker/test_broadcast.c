/* SPDX-License-Identifier: Apache-2.0
 *
 * Broadcasts: by LOA on a code, approved on another; who gets them, once, when, and what stops them.
 */
#include <stdio.h>
#include <string.h>

#include "db/outbox.h"
#include "smsd/broadcast/run.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define HOA "84911000001"
#define KIET "84911000002" /* coordinator */
#define HOUR_US (60 * MINUTE_US)

static struct conf *conf;

static void configure(const char *more)
{
    struct conf_error error;
    const char *text = arena_printf(story_arena,
                                    "[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n[kannel]\nlink = box\n"
                                    "[privacy]\nkey = 00112233445566778899aabbccddeeff\n%s",
                                    more);
    conf_unref(&conf);
    conf = conf_parse(slice_of(text), "test", &error);
    if (!conf)
        fail_msg("%s", error.text);
}

/* Rice growers of Cầu Kè, numbered from 1, who have been here before. */
static void growers(int n)
{
    pg_sql("WITH p AS (INSERT INTO people (msisdn, place, welcomed_at) SELECT 84920000000 + n, '845', now()"
           "             FROM generate_series(1, %d) n RETURNING id)"
           " INSERT INTO person_crops SELECT id, 'LUA.OM18' FROM p",
           n);
}

static int begin(void **state)
{
    story_noon(state);
    configure("");
    pg_sql("TRUNCATE officers, price_reports, alerts_told, broadcasts, broadcast_recipients, bulletins, audit CASCADE");
    pg_sql("INSERT INTO people (msisdn, welcomed_at) VALUES ('" HOA "', now()), ('" KIET "', now()), ('" LAN
           "', now())");
    pg_sql("INSERT INTO officers (person_id, role, areas, crops) SELECT id, 'officer', '{845,846}', '{LUA}' FROM people"
           " WHERE msisdn = '" HOA "'");
    pg_sql("INSERT INTO officers (person_id, role) SELECT id, 'coordinator' FROM people WHERE msisdn = '" KIET "'");
    pg_sql("TRUNCATE audit");
    return 0;
}

static int end(void **state)
{
    (void)state;
    conf_unref(&conf);
    return 0;
}

static const char *confirm(const char *from, const char *answer)
{
    char text[16];
    const char *at = strstr(answer, "MA ");
    if (!at || strspn(at + 3, "0123456789") != 6)
        fail_msg("there is no code in \"%s\"", answer);
    snprintf(text, sizeof text, "%.9s", at);
    return say(from, text);
}

#define LOA "LOA LUA CAU KE: Ray nau vao den 25/11, ba con tham dong"

static size_t run(void)
{
    size_t fed = 0;
    assert_int_equal(broadcasts_run(story_db, conf, story_now_us, &fed), DB_OK);
    story_now_us += SECOND_US;
    return fed;
}

/* What is in the outbox goes out. */
static int64_t send_all(void)
{
    int64_t n = pg_sql("SELECT count(*) FROM outbox WHERE state = 'queued' AND kind = 'broadcast'");
    pg_sql("UPDATE outbox SET state = 'sent' WHERE state = 'queued' AND kind = 'broadcast'");
    return n;
}

static const char *state_of(void)
{
    return pg_text("SELECT string_agg(state, ' ' ORDER BY id) FROM broadcasts");
}

/* Rows in the outbox that went out or may: one a recipient. */
static void assert_each_once(int recipients)
{
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'broadcast' AND state <> 'expired'"), recipients);
    assert_int_equal(
        pg_sql("SELECT count(DISTINCT person_id) FROM outbox WHERE kind = 'broadcast' AND state <> 'expired'"),
        recipients);
}

/* As the office makes one. */
static void broadcast(const char *columns, const char *values, int64_t expires_us)
{
    pg_sql(
        "WITH b AS (INSERT INTO broadcasts (state, source, area, commodity, role, words, people, segments, created_at,"
        "  expires_at%s) VALUES ('running', 'ctl', '845', 'LUA', '', 'Mua lon', 3, 3, moment(%lld), moment(%lld)%s)"
        "  RETURNING id)"
        " INSERT INTO broadcast_texts SELECT id, lang, 'Mua lon', 0, 1 FROM b, unnest(ARRAY['vi', 'vi-dau', 'km', 'zh',"
        "  'en']) AS lang",
        columns, (long long)story_now_us, (long long)expires_us, values);
}

static void __attribute__((unused)) unused_(void)
{
    broadcast("", "", 0);
}

static void an_officers_broadcast_goes_out_on_its_code(void **state)
{
    (void)state;
    growers(2);
    pg_sql("UPDATE people SET lang = 'en' WHERE msisdn = '84920000002'");
    const char *asked = say(HOA, LOA);
    assert_says(asked, "Ton 600d. Loa cho lua, Cau Ke: 2 nguoi, 2 tin, xong 12:00 ");
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 0);
    assert_says(confirm(HOA, asked), "Dang phat cho 2 nguoi, xong khoang 12:00");
    assert_string_equal(state_of(), "running");
    assert_int_equal(run(), 2);
    assert_each_once(2);
    assert_string_equal(pg_text("SELECT body FROM outbox WHERE kind = 'broadcast' ORDER BY person_id LIMIT 1"),
                        "Tin can bo: Ray nau vao den 25/11, ba con tham dong (Ngung: TC)");
    assert_int_equal(send_all(), 2);
    assert_int_equal(run(), 0);
    assert_string_equal(state_of(), "done");
    assert_says(say(LAN, "du bao lua cau ke"), "Ray nau vao den 25/11");
    assert_string_equal(
        pg_text("SELECT act || ' ' || (actor IS NOT NULL) || ' ' || details::text FROM audit"
                " WHERE act ~ '^broadcast' ORDER BY id LIMIT 1"),
        "broadcast.running true {\"area\": \"845\", \"people\": 2, \"source\": \"sms\", \"commodity\": \"LUA\"}");
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(an_officers_broadcast_goes_out_on_its_code),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
