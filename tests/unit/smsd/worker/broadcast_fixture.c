/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/smsd/worker/broadcast_fixture.h"

#include <stdio.h>
#include <string.h>

#include "smsd/broadcast/run.h"

struct conf *broadcast_conf;

void broadcast_configure(const char *more)
{
    struct conf_error error;
    const char *text = arena_printf(story_arena,
                                    "[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n[kannel]\nlink = box\n"
                                    "[privacy]\nkey = 00112233445566778899aabbccddeeff\n%s",
                                    more);
    conf_unref(&broadcast_conf);
    broadcast_conf = conf_parse(slice_of(text), "test", &error);
    if (!broadcast_conf)
        fail_msg("%s", error.text);
}

/* Rice growers of Cầu Kè, numbered from 1, who have been here before. */
void broadcast_growers(int n)
{
    pg_sql("WITH p AS (INSERT INTO people (msisdn, place, welcomed_at) SELECT 84920000000 + n, '845', now()"
           "             FROM generate_series(1, %d) n RETURNING id)"
           " INSERT INTO person_crops SELECT id, 'LUA.OM18' FROM p",
           n);
}

int broadcast_begin(void **state)
{
    story_noon(state);
    broadcast_configure("");
    pg_sql("TRUNCATE officers, price_reports, alerts_told, broadcasts, broadcast_recipients, bulletins, audit CASCADE");
    pg_sql("INSERT INTO people (msisdn, welcomed_at) VALUES ('" HOA "', now()), ('" KIET "', now()), ('" LAN
           "', now())");
    pg_sql("INSERT INTO officers (person_id, role, areas, crops) SELECT id, 'officer', '{845,846}', '{LUA}' FROM people"
           " WHERE msisdn = '" HOA "'");
    pg_sql("INSERT INTO officers (person_id, role) SELECT id, 'coordinator' FROM people WHERE msisdn = '" KIET "'");
    pg_sql("TRUNCATE audit");
    return 0;
}

int broadcast_end(void **state)
{
    (void)state;
    conf_unref(&broadcast_conf);
    return 0;
}

const char *broadcast_confirm(const char *from, const char *answer)
{
    char text[16];
    const char *at = strstr(answer, "MA ");
    if (!at || strspn(at + 3, "0123456789") != 6)
        fail_msg("there is no code in \"%s\"", answer);
    snprintf(text, sizeof text, "%.9s", at);
    return say(from, text);
}

size_t broadcast_run_once(void)
{
    size_t fed = 0;
    assert_int_equal(broadcasts_run(story_db, broadcast_conf, story_now_us, &fed), DB_OK);
    story_now_us += SECOND_US;
    return fed;
}

/* What is in the outbox goes out. */
int64_t broadcast_send_all(void)
{
    int64_t n = pg_sql("SELECT count(*) FROM outbox WHERE state = 'queued' AND kind = 'broadcast'");
    pg_sql("UPDATE outbox SET state = 'sent' WHERE state = 'queued' AND kind = 'broadcast'");
    return n;
}

const char *broadcast_states(void)
{
    return pg_text("SELECT string_agg(state, ' ' ORDER BY id) FROM broadcasts");
}

/* Rows in the outbox that went out or may: one a recipient. */
void assert_each_once(int recipients)
{
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'broadcast' AND state <> 'expired'"), recipients);
    assert_int_equal(
        pg_sql("SELECT count(DISTINCT person_id) FROM outbox WHERE kind = 'broadcast' AND state <> 'expired'"),
        recipients);
}

/* As the office makes one, to the rice growers of Cầu Kè unless more columns say otherwise. */
int64_t broadcast_office(const char *columns, const char *values)
{
    return pg_sql(
        "WITH b AS (INSERT INTO broadcasts (state, source, area, commodity, role, words, people, segments, created_at,"
        "  expires_at%s) VALUES ('running', 'ctl', '845', 'LUA', '', 'Mua lon', 3, 3, moment(%lld), moment(%lld)%s)"
        "  RETURNING id), t AS (INSERT INTO broadcast_texts SELECT id, lang, 'Mua lon', 0, 1"
        "  FROM b, unnest(ARRAY['vi', 'vi-dau', 'km', 'zh', 'en']) AS lang) SELECT id FROM b",
        columns, (long long)story_now_us, (long long)(story_now_us + 30 * HOUR_US), values);
}

int64_t broadcast_queued(void)
{
    return pg_sql("SELECT count(*) FROM outbox WHERE state = 'queued' AND kind = 'broadcast'");
}
