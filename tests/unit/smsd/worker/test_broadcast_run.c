/* SPDX-License-Identifier: Apache-2.0
 *
 * Broadcasts that run: who gets them, once, when, and what stops them.
 */
#include "tests/unit/smsd/worker/broadcast_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "db/broadcasts.h"
#include "db/do_not_call.h"
#include "db/outbox.h"
#include "db/subscribers.h"
#include "smsd/broadcast/run.h"

static void recipients_are_found_once_in_slices(void **state)
{
    (void)state;
    broadcast_growers(25);
    int64_t id = broadcast_office("", "");
    struct broadcast_running running[BROADCASTS_RUNNING_MAX];
    size_t n, withdrawn;
    bool more = true;
    assert_int_equal(broadcasts_turn(story_db, "84", story_now_us, running, &n, &withdrawn), DB_OK);
    assert_int_equal(n, 1);
    broadcast_growers(0);
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
    assert_int_equal(broadcast_run_once(), 25);
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcast_recipients"), 25);
    assert_each_once(25);
}

static void the_outbox_holds_some_seconds_of_it_and_no_more(void **state)
{
    (void)state;
    broadcast_growers(450);
    broadcast_office("", "");
    assert_int_equal(broadcast_run_once(), 200); /* ten seconds at 20 a second */
    assert_int_equal(broadcast_run_once(), 0);
    pg_sql("UPDATE outbox SET state = 'sent' WHERE id IN (SELECT id FROM outbox WHERE kind = 'broadcast' ORDER BY id "
           "LIMIT 101)");
    assert_int_equal(broadcast_run_once(), 101);
    for (int i = 0; i < 4; i++) {
        broadcast_send_all();
        broadcast_run_once();
    }
    assert_each_once(450);
    assert_string_equal(broadcast_states(), "done");
}

static void a_stop_stops_what_was_not_handed_over(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    size_t n;
    broadcast_growers(250);
    story_now_us = clock_now_us();
    broadcast_office(", disaster", ", 'the test runs at any hour'");
    assert_int_equal(broadcast_run_once(), 200);
    say("84920000001", "TC");   /* waits in the outbox */
    say("84920000250", "STOP"); /* waits for room there */
    assert_int_equal(outbox_claim(story_db, story_arena, 1, 60, claims, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_string_not_equal(claims[0].msisdn, "84920000001");
    for (int i = 0; i < 3; i++) {
        broadcast_run_once();
        broadcast_send_all();
    }
    pg_sql("UPDATE outbox SET state = 'sent' WHERE state = 'sending'");
    broadcast_run_once();
    assert_each_once(248);
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcast_recipients WHERE dropped"), 2);
    assert_string_equal(broadcast_states(), "done");
}

static void it_pauses_at_night_and_goes_on_in_the_morning(void **state)
{
    (void)state;
    broadcast_growers(250);
    story_now_us += 10 * HOUR_US - 5 * MINUTE_US; /* 21:55 */
    broadcast_office("", "");
    assert_int_equal(broadcast_run_once(), 200);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'broadcast' AND"
                            "  to_char(until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI') = '22:00'"),
                     200);
    pg_sql("UPDATE outbox SET state = 'sent' WHERE id IN (SELECT id FROM outbox WHERE kind = 'broadcast' ORDER BY id "
           "LIMIT 120)");
    story_now_us += 5 * MINUTE_US;
    assert_int_equal(broadcast_run_once(), 0);
    assert_int_equal(broadcast_queued(), 0);
    story_now_us += 9 * HOUR_US - MINUTE_US; /* 06:59 */
    assert_int_equal(broadcast_run_once(), 0);
    assert_string_equal(broadcast_states(), "running");
    story_now_us += MINUTE_US;
    assert_int_equal(broadcast_run_once(), 130);
    broadcast_send_all();
    broadcast_run_once();
    assert_each_once(250);
    assert_string_equal(broadcast_states(), "done");
}

static void nobody_gets_more_than_three_a_day(void **state)
{
    (void)state;
    broadcast_growers(1);
    for (int i = 0; i < 3; i++) {
        broadcast_office("", "");
        assert_int_equal(broadcast_run_once(), 1);
        broadcast_send_all();
        story_now_us += MINUTE_US;
    }
    broadcast_office("", "");
    assert_int_equal(broadcast_run_once(), 0);
    story_now_us += 23 * HOUR_US;
    assert_int_equal(broadcast_run_once(), 0);
    story_now_us += HOUR_US - 3 * MINUTE_US;
    assert_int_equal(broadcast_run_once(), 1);
    broadcast_send_all();
    broadcast_run_once();
    assert_string_equal(broadcast_states(), "done done done done");
}

static void what_is_past_its_time_is_not_sent(void **state)
{
    (void)state;
    broadcast_growers(2);
    broadcast_office("", "");
    assert_int_equal(broadcast_run_once(), 2);
    pg_sql("UPDATE outbox SET state = 'sent' WHERE id = (SELECT min(id) FROM outbox WHERE kind = 'broadcast')");
    story_now_us += 30 * HOUR_US;
    assert_int_equal(broadcast_run_once(), 0);
    assert_string_equal(broadcast_states(), "expired");
    assert_each_once(1);
    broadcast_run_once();
    assert_int_equal(broadcast_queued(), 0);
}

static void a_warning_of_a_disaster_passes_the_hours_and_the_audit_says_why(void **state)
{
    (void)state;
    broadcast_growers(2);
    story_now_us += 12 * HOUR_US; /* midnight */
    broadcast_office("", "");
    broadcast_office(", disaster", ", 'bao so 5'");
    assert_int_equal(broadcast_run_once(), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE broadcast_id = (SELECT max(id) FROM broadcasts)"), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM audit WHERE details ->> 'disaster' = 'bao so 5' AND role <> ''"), 1);
}

static void advertisements_go_to_who_agreed(void **state)
{
    (void)state;
    broadcast_growers(3);
    pg_sql("INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)"
           " SELECT id, 'alerts', g.granted, '2', 1, moment(%lld) + g.after FROM people,"
           "  (VALUES ('84920000001', true, interval '0'), ('84920000002', true, '0'), ('84920000002', false, '1 s'))"
           "  AS g(msisdn, granted, after) WHERE g.msisdn = people.msisdn",
           (long long)story_now_us);
    broadcast_office(", commercial", ", true");
    assert_int_equal(broadcast_run_once(), 1);
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
    broadcast_send_all();
    broadcast_office(", commercial", ", true");
    assert_int_equal(broadcast_run_once(), 0);
    broadcast_office("", "");
    assert_int_equal(broadcast_run_once(), 3);
}

static void it_is_paused_and_cancelled_by_hand(void **state)
{
    (void)state;
    bool done;
    broadcast_growers(250);
    int64_t id = broadcast_office("", "");
    assert_int_equal(broadcast_run_once(), 200);
    assert_int_equal(broadcast_move(story_db, id, "running", "paused", story_now_us, &done), DB_OK);
    assert_true(done);
    assert_int_equal(broadcast_run_once(), 0);
    assert_int_equal(broadcast_queued(), 0);
    assert_int_equal(broadcast_move(story_db, id, "paused", "running", story_now_us, &done), DB_OK);
    assert_int_equal(broadcast_run_once(), 200);
    broadcast_send_all();
    assert_int_equal(broadcast_move(story_db, id, "draft running paused", "cancelled", story_now_us, &done), DB_OK);
    assert_true(done);
    assert_int_equal(broadcast_move(story_db, id, "paused", "running", story_now_us, &done), DB_OK);
    assert_false(done);
    assert_int_equal(broadcast_run_once(), 0);
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
    broadcast_growers(450);
    broadcast_office("", "");
    for (int i = 0; i < 30 && strcmp(broadcast_states(), "done") != 0; i++) {
        size_t fed;
        struct db *another = pg_daemon();
        assert_int_equal(broadcasts_run(another, broadcast_conf, story_now_us, &fed), DB_OK);
        db_close(&another);
        pg_sql("UPDATE outbox SET state = (ARRAY['sent', 'uncertain', 'failed'])[1 + id %% 3] WHERE id IN"
               " (SELECT id FROM outbox WHERE state = 'queued' AND kind = 'broadcast' ORDER BY id LIMIT 60)");
        story_now_us += SECOND_US;
    }
    assert_string_equal(broadcast_states(), "done");
    assert_each_once(450);
    struct broadcast_progress progress;
    assert_int_equal(broadcast_progress(story_db, pg_sql("SELECT id FROM broadcasts"), &progress), DB_OK);
    assert_int_equal(progress.sent + progress.uncertain + progress.failed, 450);
    assert_int_equal(progress.uncertain, pg_sql("SELECT count(*) FROM outbox WHERE state = 'uncertain'"));
}

static void what_it_says_is_answered_until_it_ends_and_told_to_subscribers_once(void **state)
{
    (void)state;
    broadcast_growers(1);
    broadcast_confirm(HOA, say(HOA, "LOA LUA CAU KE: Do man 4 phan ngan, ba con dong cong"));
    broadcast_run_once();
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
    broadcast_growers(1);
    broadcast_confirm(HOA, say(HOA, "LOA LUA CAU KE: Do man 4 phan ngan, ba con dong cong"));
    broadcast_run_once();
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
    broadcast_growers(1);
    for (int i = 0; i < 3; i++) {
        broadcast_office("", "");
        assert_int_equal(broadcast_run_once(), 1);
        broadcast_send_all();
    }
    broadcast_office("", "");
    assert_int_equal(broadcast_run_once(), 0);
    broadcast_office(", disaster", ", 'bao so 5'");
    assert_int_equal(broadcast_run_once(), 1);
}

static void who_becomes_coordinator_later_is_asked_then(void **state)
{
    (void)state;
    broadcast_growers(4);
    pg_sql("UPDATE officers SET areas = '{848}' WHERE role = 'coordinator'");
    broadcast_confirm(HOA, say(HOA, LOA));
    assert_int_equal(broadcasts_ask(story_db, story_arena, broadcast_conf, story_now_us), DB_OK);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert'"), 0);
    pg_sql("UPDATE officers SET areas = '{}' WHERE role = 'coordinator'");
    for (int i = 0; i < 2; i++)
        assert_int_equal(broadcasts_ask(story_db, story_arena, broadcast_conf, story_now_us), DB_OK);
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
    const struct broadcast_feed feed = {
        .id = is->id, .n = BROADCAST_FEED_MAX, .sender = "8055", .until_us = story_now_us + HOUR_US, .per_day = 1};
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
    broadcast_growers(400);
    pthread_barrier_init(&start, NULL, 2);
    for (int i = 0; i < 2; i++)
        instances[i] = (struct instance){.start = &start, .db = pg_daemon(), .id = broadcast_office("", "")};
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

#define STORY(test) cmocka_unit_test_setup_teardown(test, broadcast_begin, broadcast_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
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
