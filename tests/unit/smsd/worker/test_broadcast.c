/* SPDX-License-Identifier: Apache-2.0
 *
 * Broadcasts: by LOA on a code, approved on another; who gets them, once, when, and what stops them.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "db/broadcasts.h"
#include "db/do_not_call.h"
#include "db/outbox.h"
#include "db/subscribers.h"
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

/* As the office makes one, to the rice growers of Cầu Kè unless more columns say otherwise. */
static int64_t office(const char *columns, const char *values)
{
    return pg_sql(
        "WITH b AS (INSERT INTO broadcasts (state, source, area, commodity, role, words, people, segments, created_at,"
        "  expires_at%s) VALUES ('running', 'ctl', '845', 'LUA', '', 'Mua lon', 3, 3, moment(%lld), moment(%lld)%s)"
        "  RETURNING id), t AS (INSERT INTO broadcast_texts SELECT id, lang, 'Mua lon', 0, 1"
        "  FROM b, unnest(ARRAY['vi', 'vi-dau', 'km', 'zh', 'en']) AS lang) SELECT id FROM b",
        columns, (long long)story_now_us, (long long)(story_now_us + 30 * HOUR_US), values);
}

static int64_t queued(void)
{
    return pg_sql("SELECT count(*) FROM outbox WHERE state = 'queued' AND kind = 'broadcast'");
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

/* Who forges a LOA just after a real one gets it no further: the code that comes last says what it is for. */
static void the_code_says_what_it_is_for(void **state)
{
    (void)state;
    growers(2);
    assert_says(say(HOA, LOA), "Noi dung: Ray nau vao den 25/11, ba con tham dong");
    assert_says(say(HOA, "LOA LUA CAU KE: Ban het lua cho thuong lai A ngay hom nay, gia se giam"),
                "Noi dung: Ban het lua cho thuong lai A ngay hom...");
}

static void people_get_the_words_of_their_language(void **state)
{
    (void)state;
    growers(4);
    pg_sql(
        "UPDATE people SET lang = (ARRAY['vi', 'vi-dau', 'km', 'en'])[right(msisdn, 1)::int] WHERE msisdn ~ '^8492'");
    assert_says(confirm(HOA, say(HOA, "LOA LUA CAU KE: Mưa lớn ngày 25/11")),
                "Loa cho 4 nguoi can dieu phoi vien duyet");
    pg_sql("UPDATE broadcasts SET state = 'running'");
    run();
    assert_string_equal(
        pg_text("SELECT o.body FROM outbox o JOIN people p ON p.id = o.person_id WHERE o.kind = 'broadcast'"
                " ORDER BY p.msisdn"),
        "Tin can bo: Mua lon ngay 25/11 (Ngung: TC)\nTin cán bộ: Mưa lớn ngày 25/11 (Ngưng: TC)\n"
        "Tin can bo: Mua lon ngay 25/11 (Ngung: TC)\nTin can bo: Mua lon ngay 25/11 (Ngung: TC)");
}

static void officers_are_answered_in_their_language(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *confirm, *begins, *outside, *nobody;
    } says[] = {
        {"vi-dau", "Tốn 600đ. Loa cho lúa, Cầu Kè: 2 người, 2 tin, xong", "Đang phát cho 2 người", "không thuộc vùng",
         "Chưa có ai"},
        {"km", "ផ្សាយទៅ", "កំពុងផ្សាយទៅ 2", "ក្រៅតំបន់", "គ្មានអ្នកទទួល"},
        {"zh", "广播给", "正在向2人发送", "不属于您负责", "没有接收人"},
        {"en", "It costs 600d. Broadcast to", "Going out to 2 people", "is not your area", "Nobody to send it to"}};
    growers(2);
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        pg_sql("UPDATE people SET lang = '%s', lang_chosen = true WHERE msisdn = '" HOA "'", says[i].lang);
        const char *asked = say(HOA, LOA);
        assert_says(asked, says[i].confirm);
        assert_says(confirm(HOA, asked), says[i].begins);
        assert_says(say(HOA, "LOA TOM CAU NGANG: do man 18 phan ngan"), says[i].outside);
        assert_says(say(HOA, "LOA LUA TIEU CAN: mua lon 25/11"), says[i].nobody);
        story_now_us += story_policy.dedupe_window_us;
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 4);
}

static void what_is_no_broadcast_is_said(void **state)
{
    (void)state;
    growers(2);
    assert_says(say(LAN, LOA), "LOA chi danh cho can bo");
    assert_says(say(HOA, "LOA LUA CAU KE:"), "dau hai cham");
    assert_says(
        say(HOA, LOA
            ", nho giu bo bao, khong bon them phan dam, theo doi sau cuon la va dao on co bong tren tung thua ruong"),
        "dai qua 134 ky tu");
    assert_says(say(LAN, "DUYET 1"), "Khong co loa so 1");
    const char *asked = say(HOA, LOA);
    pg_sql("UPDATE officers SET areas = '{848}' WHERE role = 'officer'"); /* before the code came */
    assert_says(confirm(HOA, asked), "khong thuoc vung");
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 0);
    assert_int_equal(
        pg_sql("SELECT count(*) FROM codes WHERE person_id <> (SELECT id FROM people WHERE msisdn = '" HOA "')"), 0);
}

static void who_lives_there_on_either_map_gets_it(void **state)
{
    (void)state;
    pg_sql("WITH p AS (INSERT INTO people (msisdn, place, welcomed_at) SELECT 84930000000 + row_number() OVER (), "
           "place, now()"
           "  FROM (SELECT place FROM place_areas WHERE area = '845' AND place <> area ORDER BY place LIMIT 3) AS a "
           "RETURNING id)"
           " INSERT INTO person_crops SELECT id, 'LUA' FROM p");
    pg_sql("WITH p AS (INSERT INTO people (msisdn, place) VALUES (84930000009, '848') RETURNING id)"
           " INSERT INTO person_crops SELECT id, 'LUA' FROM p");
    assert_says(say(HOA, LOA), ": 3 nguoi");
}

static void who_names_neither_means_his_own(void **state)
{
    (void)state;
    growers(2);
    assert_says(say(HOA, "LOA: mai co mua lon, ba con gat som"), "Loa cho lua, Cau Ke: 2 nguoi");
    assert_says(say(KIET, "LOA TAT CA: mai cup dien tu 8h den 16h"), "Loa cho tat ca moi nguoi: 5 nguoi");
}

static void a_large_one_waits_for_a_coordinator_and_his_code(void **state)
{
    (void)state;
    growers(4);
    pg_sql("UPDATE people SET lang = 'en', lang_chosen = true WHERE msisdn = '" KIET "'");
    assert_says(confirm(HOA, say(HOA, LOA)), "Loa cho 4 nguoi can dieu phoi vien duyet");
    assert_string_equal(state_of(), "awaiting_approval");
    assert_int_equal(run(), 0);
    int id = (int)pg_sql("SELECT id FROM broadcasts");
    for (int i = 0; i < 2; i++)
        assert_int_equal(broadcasts_ask(story_db, story_arena, conf, story_now_us), DB_OK);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert'"), 1);
    assert_says(pg_text("SELECT body FROM outbox WHERE kind = 'alert'"), "(paddy rice, Cau Ke, 4 people): Ray nau");
    char duyet[32], none[32];
    snprintf(duyet, sizeof duyet, "DUYET %d", id);
    snprintf(none, sizeof none, "DUYET %d", id + 1);
    assert_says(say(HOA, duyet), "Khong co loa so");
    assert_says(say(KIET, none), "No broadcast");
    const char *asked = say(KIET, duyet);
    assert_says(asked, "4 people, 4 texts. If right, send MA ");
    assert_string_equal(state_of(), "awaiting_approval");
    assert_says(confirm(KIET, asked), "is approved and goes out");
    assert_int_equal(run(), 4);
    assert_each_once(4);
    assert_string_equal(pg_text("SELECT p.msisdn FROM audit a JOIN people p ON p.id = a.actor"
                                " WHERE a.act ~ '^broadcast' ORDER BY a.id"),
                        HOA "\n" KIET);
}

static void what_waits_no_more_is_not_said_to_go_out(void **state)
{
    (void)state;
    char duyet[32];
    growers(4);
    confirm(HOA, say(HOA, LOA));
    snprintf(duyet, sizeof duyet, "DUYET %lld", (long long)pg_sql("SELECT id FROM broadcasts"));
    const char *asked = say(KIET, duyet);
    pg_sql("UPDATE broadcasts SET state = 'cancelled'"); /* before the code came */
    assert_says(confirm(KIET, asked), "Khong co loa so");
    assert_string_equal(state_of(), "cancelled");
}

static void nobody_approves_his_own(void **state)
{
    (void)state;
    char duyet[32];
    growers(4);
    confirm(KIET, say(KIET, LOA));
    assert_string_equal(state_of(), "awaiting_approval");
    snprintf(duyet, sizeof duyet, "DUYET %lld", (long long)pg_sql("SELECT id FROM broadcasts"));
    assert_says(say(KIET, duyet), "Khong co loa so");
}

/* Whoever sends from an officer's number without having his handset. */
static void forged_texts_broadcast_nothing(void **state)
{
    (void)state;
    growers(2);
    for (int i = 0; i < 100; i++) {
        char guess[16];
        snprintf(guess, sizeof guess, "MA %06d", 100000 + i * 7);
        say(HOA, i % 2 ? LOA : "LOA LUA CAU KE: ban het lua di");
        say(HOA, guess);
        story_now_us += MINUTE_US;
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'broadcast'"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM desk WHERE reason = 'code_locked'"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM audit WHERE act = 'code.locked'"), 1);
    story_now_us += HOUR_US; /* and answers are given again */
    assert_says(say(HOA, LOA), "khoa");
}

/* Slices of ids: whoever plans on after a crash begins where the rows end. */
static void recipients_are_found_once_in_slices(void **state)
{
    (void)state;
    growers(25);
    int64_t id = office("", "");
    struct broadcast_running running[BROADCASTS_RUNNING_MAX];
    size_t n, withdrawn;
    bool more = true;
    assert_int_equal(broadcasts_turn(story_db, "84", story_now_us, running, &n, &withdrawn), DB_OK);
    assert_int_equal(n, 1);
    growers(0);
    pg_sql("WITH p AS (INSERT INTO people (msisdn, place) VALUES (84930000001, '845') RETURNING id)"
           " INSERT INTO person_crops SELECT id, 'LUA' FROM p"); /* who came later is not among them */
    pg_sql("UPDATE broadcasts SET planned_to = (SELECT min(id) - 1 FROM people)");
    for (int i = 0; more; i++) {
        struct db *another = pg_daemon();
        assert_int_equal(broadcast_plan(another, id, 10, story_now_us, &more), DB_OK);
        db_close(&another);
        assert_true(i < 4);
    }
    assert_int_equal(pg_sql("SELECT recipients FROM broadcasts"), 25);
    pg_sql("UPDATE broadcasts SET planned_to = 0, planned_at = NULL"); /* as no crash leaves it */
    assert_int_equal(run(), 25);
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcast_recipients"), 25);
    assert_each_once(25);
}

static void the_outbox_holds_some_seconds_of_it_and_no_more(void **state)
{
    (void)state;
    growers(450);
    office("", "");
    assert_int_equal(run(), 200); /* ten seconds at 20 a second */
    assert_int_equal(run(), 0);
    pg_sql("UPDATE outbox SET state = 'sent' WHERE id IN (SELECT id FROM outbox WHERE kind = 'broadcast' ORDER BY id "
           "LIMIT 101)");
    assert_int_equal(run(), 101);
    for (int i = 0; i < 4; i++) {
        send_all();
        run();
    }
    assert_each_once(450);
    assert_string_equal(state_of(), "done");
}

static void a_stop_stops_what_was_not_handed_over(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    size_t n;
    growers(250);
    story_now_us = clock_now_us();
    office(", disaster", ", 'the test runs at any hour'");
    assert_int_equal(run(), 200);
    say("84920000001", "TC");   /* waits in the outbox */
    say("84920000250", "STOP"); /* waits for room there */
    assert_int_equal(outbox_claim(story_db, story_arena, 1, 60, claims, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_string_not_equal(claims[0].msisdn, "84920000001");
    for (int i = 0; i < 3; i++) {
        run();
        send_all();
    }
    pg_sql("UPDATE outbox SET state = 'sent' WHERE state = 'sending'");
    run();
    assert_each_once(248);
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcast_recipients WHERE dropped"), 2);
    assert_string_equal(state_of(), "done");
}

static void it_pauses_at_night_and_goes_on_in_the_morning(void **state)
{
    (void)state;
    growers(250);
    story_now_us += 10 * HOUR_US - 5 * MINUTE_US; /* 21:55 */
    office("", "");
    assert_int_equal(run(), 200);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'broadcast' AND"
                            "  to_char(until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI') = '22:00'"),
                     200);
    pg_sql("UPDATE outbox SET state = 'sent' WHERE id IN (SELECT id FROM outbox WHERE kind = 'broadcast' ORDER BY id "
           "LIMIT 120)");
    story_now_us += 5 * MINUTE_US;
    assert_int_equal(run(), 0);
    assert_int_equal(queued(), 0);
    story_now_us += 9 * HOUR_US - MINUTE_US; /* 06:59 */
    assert_int_equal(run(), 0);
    assert_string_equal(state_of(), "running");
    story_now_us += MINUTE_US;
    assert_int_equal(run(), 130);
    send_all();
    run();
    assert_each_once(250);
    assert_string_equal(state_of(), "done");
}

static void nobody_gets_more_than_three_a_day(void **state)
{
    (void)state;
    growers(1);
    for (int i = 0; i < 3; i++) {
        office("", "");
        assert_int_equal(run(), 1);
        send_all();
        story_now_us += MINUTE_US;
    }
    office("", "");
    assert_int_equal(run(), 0);
    story_now_us += 23 * HOUR_US;
    assert_int_equal(run(), 0);
    story_now_us += HOUR_US - 3 * MINUTE_US;
    assert_int_equal(run(), 1);
    send_all();
    run();
    assert_string_equal(state_of(), "done done done done");
}

static void what_is_past_its_time_is_not_sent(void **state)
{
    (void)state;
    growers(2);
    office("", "");
    assert_int_equal(run(), 2);
    pg_sql("UPDATE outbox SET state = 'sent' WHERE id = (SELECT min(id) FROM outbox WHERE kind = 'broadcast')");
    story_now_us += 30 * HOUR_US;
    assert_int_equal(run(), 0);
    assert_string_equal(state_of(), "expired");
    assert_each_once(1);
    run();
    assert_int_equal(queued(), 0);
}

static void a_warning_of_a_disaster_passes_the_hours_and_the_audit_says_why(void **state)
{
    (void)state;
    growers(2);
    story_now_us += 12 * HOUR_US; /* midnight */
    office("", "");
    office(", disaster", ", 'bao so 5'");
    assert_int_equal(run(), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE broadcast_id = (SELECT max(id) FROM broadcasts)"), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM audit WHERE details ->> 'disaster' = 'bao so 5' AND role <> ''"), 1);
}

static void advertisements_go_to_who_agreed(void **state)
{
    (void)state;
    growers(3);
    pg_sql("INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)"
           " SELECT id, 'alerts', g.granted, '2', 1, moment(%lld) + g.after FROM people,"
           "  (VALUES ('84920000001', true, interval '0'), ('84920000002', true, '0'), ('84920000002', false, '1 s'))"
           "  AS g(msisdn, granted, after) WHERE g.msisdn = people.msisdn",
           (long long)story_now_us);
    office(", commercial", ", true");
    assert_int_equal(run(), 1);
    assert_string_equal(
        pg_text("SELECT msisdn FROM outbox o JOIN people p ON p.id = o.person_id WHERE o.kind = 'broadcast'"),
        "84920000001");
    char numbers[][MSISDN_MAX] = {"84920000001", "84999999999", "84920000001"};
    struct db *owner = pg_owner();
    int64_t count;
    assert_int_equal(do_not_call_begin(owner), DB_OK);
    assert_int_equal(do_not_call_add(owner, numbers, 3), DB_OK);
    assert_int_equal(do_not_call_end(owner, &count), DB_OK);
    db_close(&owner);
    assert_int_equal(count, 2);
    send_all();
    office(", commercial", ", true");
    assert_int_equal(run(), 0);
    office("", "");
    assert_int_equal(run(), 3);
}

static void it_is_paused_and_cancelled_by_hand(void **state)
{
    (void)state;
    bool done;
    growers(250);
    int64_t id = office("", "");
    assert_int_equal(run(), 200);
    assert_int_equal(broadcast_move(story_db, id, "running", "paused", story_now_us, &done), DB_OK);
    assert_true(done);
    assert_int_equal(run(), 0);
    assert_int_equal(queued(), 0);
    assert_int_equal(broadcast_move(story_db, id, "paused", "running", story_now_us, &done), DB_OK);
    assert_int_equal(run(), 200);
    send_all();
    assert_int_equal(broadcast_move(story_db, id, "draft running paused", "cancelled", story_now_us, &done), DB_OK);
    assert_true(done);
    assert_int_equal(broadcast_move(story_db, id, "paused", "running", story_now_us, &done), DB_OK);
    assert_false(done);
    assert_int_equal(run(), 0);
    assert_each_once(200);
    struct broadcast_progress progress;
    assert_int_equal(broadcast_progress(story_db, id, &progress), DB_OK);
    assert_int_equal(progress.sent, 200);
    assert_int_equal(progress.waiting, 50);
    assert_int_equal(pg_sql("SELECT count(*) FROM audit WHERE act ~ '^broadcast'"), 4);
}

/* In the middle of everything the process is killed: another one, which knows only rows, goes on. */
static void another_goes_on_after_a_crash(void **state)
{
    (void)state;
    growers(450);
    office("", "");
    for (int i = 0; i < 30 && strcmp(state_of(), "done") != 0; i++) {
        size_t fed;
        struct db *another = pg_daemon();
        assert_int_equal(broadcasts_run(another, conf, story_now_us, &fed), DB_OK);
        db_close(&another);
        pg_sql("UPDATE outbox SET state = (ARRAY['sent', 'uncertain', 'failed'])[1 + id %% 3] WHERE id IN"
               " (SELECT id FROM outbox WHERE state = 'queued' AND kind = 'broadcast' ORDER BY id LIMIT 60)");
        story_now_us += SECOND_US;
    }
    assert_string_equal(state_of(), "done");
    assert_each_once(450);
    struct broadcast_progress progress;
    assert_int_equal(broadcast_progress(story_db, pg_sql("SELECT id FROM broadcasts"), &progress), DB_OK);
    assert_int_equal(progress.sent + progress.uncertain + progress.failed, 450);
    assert_int_equal(progress.uncertain, pg_sql("SELECT count(*) FROM outbox WHERE state = 'uncertain'"));
}

static void what_it_says_is_answered_until_it_ends_and_told_to_subscribers_once(void **state)
{
    (void)state;
    growers(1);
    confirm(HOA, say(HOA, "LOA LUA CAU KE: Do man 4 phan ngan, ba con dong cong"));
    run();
    assert_says(say(LAN, "do man cau ke"), "4 phan ngan");
    assert_says(say(LAN, "du bao lua cau ke"), "4 phan ngan");
    assert_int_equal(pg_sql("SELECT count(*) FROM bulletins WHERE kind = 'weather'"), 0);
    struct subscribers_after after = {0};
    struct subscriber *rows;
    size_t n;
    say(LAN, "dk lua cau ke");
    arena_reset(story_arena);
    assert_int_equal(subscribers_page(story_db, story_arena, &after, story_now_us, &rows, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_null(rows[0].bulletin_key);
    pg_sql("UPDATE bulletins SET valid_from = current_date - 9, valid_until = current_date - 5");
    assert_says(say(LAN, "do man cau ke nay"), "Chua co so do man moi");
}

/* Somebody else's words, or a mistake: who asks is not told them any more. */
static void what_was_cancelled_is_not_answered(void **state)
{
    (void)state;
    bool done;
    growers(1);
    confirm(HOA, say(HOA, "LOA LUA CAU KE: Do man 4 phan ngan, ba con dong cong"));
    run();
    int64_t id = pg_sql("SELECT id FROM broadcasts");
    assert_says(say(LAN, "do man cau ke"), "4 phan ngan");
    assert_int_equal(broadcast_move(story_db, id, "running", "cancelled", story_now_us, &done), DB_OK);
    assert_true(done);
    assert_says(say(LAN, "do man o cau ke"), "Chua co so do man moi");
    pg_sql("UPDATE broadcasts SET state = 'done', expires_at = now() - interval '1 minute'");
    assert_says(say(LAN, "do man cau ke nay"), "Chua co so do man moi");
}

static void a_warning_of_a_disaster_passes_the_days_number(void **state)
{
    (void)state;
    growers(1);
    for (int i = 0; i < 3; i++) {
        office("", "");
        assert_int_equal(run(), 1);
        send_all();
    }
    office("", "");
    assert_int_equal(run(), 0);
    office(", disaster", ", 'bao so 5'");
    assert_int_equal(run(), 1);
}

static void who_becomes_coordinator_later_is_asked_then(void **state)
{
    (void)state;
    growers(4);
    pg_sql("UPDATE officers SET areas = '{848}' WHERE role = 'coordinator'");
    confirm(HOA, say(HOA, LOA));
    assert_int_equal(broadcasts_ask(story_db, story_arena, conf, story_now_us), DB_OK);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert'"), 0);
    pg_sql("UPDATE officers SET areas = '{}' WHERE role = 'coordinator'");
    for (int i = 0; i < 2; i++)
        assert_int_equal(broadcasts_ask(story_db, story_arena, conf, story_now_us), DB_OK);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert'"), 1);
}

struct instance {
    pthread_t thread;
    pthread_barrier_t *start;
    struct db *db;
    int64_t id;
    size_t fed;
    enum db_status status;
};

static void *feed_all(void *context)
{
    struct instance *is = context;
    const struct broadcast_feed feed = {.id = is->id,
                                        .n = BROADCAST_FEED_MAX,
                                        .sender = "8055",
                                        .until_us = story_now_us + HOUR_US,
                                        .per_day = 1};
    size_t looked;
    pthread_barrier_wait(is->start);
    is->status = broadcast_feed(is->db, &feed, story_now_us, &looked, &is->fed);
    return NULL;
}

/* Each with a broadcast of its own to the same people. */
static void two_instances_do_not_pass_the_days_number(void **state)
{
    (void)state;
    struct instance instances[2] = {0};
    struct broadcast_running running[BROADCASTS_RUNNING_MAX];
    size_t n, withdrawn;
    bool more;
    pthread_barrier_t start;
    growers(400);
    pthread_barrier_init(&start, NULL, 2);
    for (int i = 0; i < 2; i++)
        instances[i] = (struct instance){.start = &start, .db = pg_daemon(), .id = office("", "")};
    assert_int_equal(broadcasts_turn(story_db, "84", story_now_us, running, &n, &withdrawn), DB_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(broadcast_plan(story_db, instances[i].id, 100000000, story_now_us, &more), DB_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&instances[i].thread, NULL, feed_all, &instances[i]), 0);
    for (int i = 0; i < 2; i++) {
        pthread_join(instances[i].thread, NULL);
        assert_int_equal(instances[i].status, DB_OK);
        db_close(&instances[i].db);
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(instances[0].fed + instances[1].fed, 400);
    assert_each_once(400);
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(an_officers_broadcast_goes_out_on_its_code),
        STORY(the_code_says_what_it_is_for),
        STORY(people_get_the_words_of_their_language),
        STORY(officers_are_answered_in_their_language),
        STORY(what_is_no_broadcast_is_said),
        STORY(who_lives_there_on_either_map_gets_it),
        STORY(who_names_neither_means_his_own),
        STORY(a_large_one_waits_for_a_coordinator_and_his_code),
        STORY(what_waits_no_more_is_not_said_to_go_out),
        STORY(nobody_approves_his_own),
        STORY(forged_texts_broadcast_nothing),
        STORY(recipients_are_found_once_in_slices),
        STORY(the_outbox_holds_some_seconds_of_it_and_no_more),
        STORY(a_stop_stops_what_was_not_handed_over),
        STORY(it_pauses_at_night_and_goes_on_in_the_morning),
        STORY(nobody_gets_more_than_three_a_day),
        STORY(what_is_past_its_time_is_not_sent),
        STORY(a_warning_of_a_disaster_passes_the_hours_and_the_audit_says_why),
        STORY(advertisements_go_to_who_agreed),
        STORY(it_is_paused_and_cancelled_by_hand),
        STORY(another_goes_on_after_a_crash),
        STORY(what_it_says_is_answered_until_it_ends_and_told_to_subscribers_once),
        STORY(what_was_cancelled_is_not_answered),
        STORY(a_warning_of_a_disaster_passes_the_days_number),
        STORY(who_becomes_coordinator_later_is_asked_then),
        STORY(two_instances_do_not_pass_the_days_number),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
