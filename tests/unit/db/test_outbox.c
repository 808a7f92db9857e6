/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include <stdio.h>
#include <string.h>

#include "db/outbox.h"

static struct db *db;
static struct arena *arena;
static int64_t now_us, person;

#define SECOND 1000000

static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE people, conversations, listings, outbox CASCADE");
    person = pg_sql("INSERT INTO people (msisdn) VALUES ('84912000001') RETURNING id");
    db = pg_daemon();
    arena = arena_new(64 * 1024);
    now_us = pg_now_us();
    return 0;
}

static int end(void **state)
{
    (void)state;
    batch_rollback(db);
    db_close(&db);
    arena_free(&arena);
    return 0;
}

static struct outbox_row text_of(int64_t id, enum outbox_kind kind)
{
    return (struct outbox_row){
        .id = id, .person_id = person, .kind = kind, .body = "thân", .coding = 2, .segments = 1, .sender = "8055"};
}

static void put(struct outbox_row row)
{
    const struct mo mo = {
        .kannel_id = "k", .msisdn = "84912000001", .short_code = "8055", .text = "t", .received_us = 1, .text_hash = 1};
    struct sender sender;
    assert_int_equal(batch_open(db, arena, "84", &mo, 1, NULL, 0, &sender, NULL), DB_OK);
    assert_int_equal(batch_commit(db, &mo, &(struct effects){.n_outbox = 1, .outbox = &row}, now_us), DB_OK);
}

static size_t claim(struct outbox_claim *claims)
{
    size_t n;
    if (outbox_claim(db, arena, 8, 60, claims, &n) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    return n;
}

static void settle(int64_t id, enum send_result result, int64_t retry_us)
{
    const struct outbox_result row = {id, now_us, result, retry_us, "why"};
    if (outbox_settle(db, &row, 1) != DB_OK)
        fail_msg("%s", db_error(db)->text);
}

static size_t report(int64_t id, int dlr)
{
    size_t matched;
    assert_int_equal(outbox_dlr(db, &(struct dlr){id, now_us, dlr, now_us + 5}, 1, &matched), DB_OK);
    return matched;
}

static void assert_state(int64_t id, const char *state)
{
    assert_string_equal(pg_text("SELECT state FROM outbox WHERE id = %d", (int)id), state);
}

static void replies_go_first_and_once(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    put(text_of(1, OUTBOX_BROADCAST));
    put(text_of(2, OUTBOX_ALERT));
    put(text_of(3, OUTBOX_REPLY));
    assert_int_equal(claim(claims), 3);
    assert_int_equal(claims[0].id * 100 + claims[1].id * 10 + claims[2].id, 321);
    assert_int_equal(claims[0].created_us, now_us);
    assert_string_equal(claims[0].msisdn, "84912000001");
    assert_string_equal(claims[0].body, "thân");
    assert_string_equal(claims[0].sender, "8055");
    assert_int_equal(claims[0].coding, 2);
    assert_int_equal(claims[0].attempts, 1);
    assert_int_equal(claims[0].kind, OUTBOX_REPLY);
    assert_int_equal(claim(claims), 0);
}

static void what_is_handed_back_or_not_yet_due_is_not_claimed(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    struct outbox_row handed = text_of(1, OUTBOX_REPLY), later = text_of(2, OUTBOX_REPLY);
    handed.handed = true;
    later.not_before_us = now_us + 3600LL * SECOND;
    put(handed);
    put(later);
    assert_int_equal(claim(claims), 0);
    assert_state(1, "handed");
    assert_state(2, "queued");
}

static void two_senders_never_hold_the_same_text(void **state)
{
    (void)state;
    struct outbox_claim claims[9];
    struct db *other = pg_daemon();
    size_t n;
    put(text_of(1, OUTBOX_REPLY));
    put(text_of(2, OUTBOX_REPLY));
    assert_int_equal(outbox_claim(other, arena, 1, 60, claims, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_int_equal(claim(claims + 1), 1);
    assert_int_not_equal(claims[0].id, claims[1].id);
    db_close(&other);
}

static void a_claim_is_settled(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    for (int i = 1; i <= 5; i++)
        put(text_of(i, i == 5 ? OUTBOX_ALERT : OUTBOX_REPLY));
    assert_int_equal(claim(claims), 5);
    settle(1, SEND_ACCEPTED, 0);
    settle(2, SEND_RETRY, now_us + 3600LL * SECOND);
    settle(3, SEND_FAILED, 0);
    settle(4, SEND_UNCERTAIN, 0);
    settle(5, SEND_UNCERTAIN, 0);
    assert_string_equal(pg_text("SELECT state FROM outbox ORDER BY id"), "sent\nqueued\nfailed\nqueued\nuncertain");
    assert_int_equal(claim(claims), 1);
    assert_int_equal(claims[0].id, 4);
    assert_int_equal(claims[0].attempts, 2);
    settle(1, SEND_FAILED, 0); /* no longer claimed */
    assert_state(1, "sent");
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL AND detail = 'why'"), 1);
}

/* Over the box link Kannel says of each answer whether it took it. */
static void an_answer_handed_back_is_settled(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    for (int i = 1; i <= 4; i++) {
        struct outbox_row row = text_of(i, OUTBOX_REPLY);
        row.handed = true;
        put(row);
    }
    settle(1, SEND_ACCEPTED, 0);
    settle(2, SEND_FAILED, 0);
    settle(3, SEND_RETRY, 0);
    assert_string_equal(pg_text("SELECT state FROM outbox ORDER BY id"), "sent\nfailed\nqueued\nhanded");
    assert_int_equal(claim(claims), 1);
    assert_int_equal(claims[0].id, 3);
}

static void a_report_never_takes_back_the_end(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    put(text_of(1, OUTBOX_REPLY));
    claim(claims);
    settle(1, SEND_ACCEPTED, 0);
    assert_int_equal(report(1, 4), 1);
    assert_int_equal(report(1, 8), 1);
    assert_state(1, "sent");
    assert_int_equal(report(1, 1), 1);
    assert_state(1, "delivered");
    assert_int_equal(report(1, 2), 1);
    assert_int_equal(report(1, 8), 1);
    assert_state(1, "delivered");
    assert_int_equal(pg_sql("SELECT dlr FROM outbox"), 1);
    assert_int_equal(report(99, 1), 0);
}

static void a_report_settles_what_was_uncertain_or_handed(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    struct outbox_row handed = text_of(3, OUTBOX_REPLY);
    handed.handed = true;
    put(text_of(1, OUTBOX_ALERT));
    put(text_of(2, OUTBOX_ALERT));
    put(handed);
    claim(claims);
    settle(1, SEND_UNCERTAIN, 0);
    report(1, 8);
    assert_state(1, "sent");
    report(2, 1); /* before the sender could settle */
    settle(2, SEND_RETRY, 0);
    assert_state(2, "delivered");
    report(3, 16);
    assert_state(3, "failed");
}

static void of_several_reports_the_final_one_counts(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    size_t matched;
    put(text_of(1, OUTBOX_REPLY));
    claim(claims);
    const struct dlr reports[] = {{1, now_us, 1, now_us + 2}, {1, now_us, 8, now_us + 1}, {7, now_us, 1, now_us}};
    assert_int_equal(outbox_dlr(db, reports, 3, &matched), DB_OK);
    assert_int_equal(matched, 2);
    assert_state(1, "delivered");
}

static void a_dead_senders_claims_are_taken_back(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    size_t requeued, uncertain, expired;
    put(text_of(1, OUTBOX_REPLY));
    put(text_of(2, OUTBOX_BROADCAST));
    claim(claims);
    assert_int_equal(outbox_reclaim(db, &requeued, &uncertain, &expired), DB_OK);
    assert_int_equal(requeued + uncertain + expired, 0);
    pg_sql("UPDATE outbox SET next_at = now() - interval '1 second'");
    assert_int_equal(outbox_reclaim(db, &requeued, &uncertain, &expired), DB_OK);
    assert_int_equal(requeued, 1);
    assert_int_equal(uncertain, 1);
    assert_int_equal(expired, 0);
    assert_int_equal(claim(claims), 1);
    assert_state(2, "uncertain");
}

/* Each time it may have arrived. */
static void a_reply_is_tried_three_times_when_nobody_answers(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    size_t requeued, uncertain, expired;
    put(text_of(1, OUTBOX_REPLY));
    put(text_of(2, OUTBOX_REPLY));
    for (int i = 1; i <= 3; i++) {
        assert_int_equal(claim(claims), 2);
        assert_int_equal(claims[0].attempts, i);
        settle(1, SEND_UNCERTAIN, 0);
        pg_sql("UPDATE outbox SET next_at = now() - interval '1 second'");
        assert_int_equal(outbox_reclaim(db, &requeued, &uncertain, &expired), DB_OK);
        assert_int_equal(requeued, i < 3);
        assert_int_equal(uncertain, i == 3);
    }
    assert_int_equal(claim(claims), 0);
    assert_state(1, "uncertain");
    assert_state(2, "uncertain");
}

static void a_reply_of_yesterday_is_no_longer_sent(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    size_t requeued, uncertain, expired;
    put(text_of(1, OUTBOX_REPLY));
    put(text_of(2, OUTBOX_ALERT));
    now_us -= 24 * 3600LL * SECOND - 60LL * SECOND;
    put(text_of(3, OUTBOX_REPLY));
    now_us -= 120LL * SECOND;
    put(text_of(4, OUTBOX_REPLY));
    put(text_of(5, OUTBOX_REPLY));
    put(text_of(6, OUTBOX_ALERT));
    pg_sql("UPDATE outbox SET state = 'sent' WHERE id = 5");
    assert_int_equal(outbox_reclaim(db, &requeued, &uncertain, &expired), DB_OK);
    assert_int_equal(expired, 1);
    assert_state(4, "expired");
    assert_state(5, "sent");
    assert_int_equal(claim(claims), 4);
    report(4, 1); /* an end is never taken back */
    assert_state(4, "expired");
}

static void what_was_accepted_is_not_sent_again(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    put(text_of(1, OUTBOX_REPLY));
    claim(claims);
    settle(1, SEND_UNCERTAIN, 0);
    put(text_of(2, OUTBOX_REPLY));
    report(1, 8);
    report(2, 8); /* of a text never tried: whatever it means, it still waits */
    assert_state(1, "sent");
    assert_state(2, "queued");
    assert_int_equal(claim(claims), 1);
    assert_int_equal(claims[0].id, 2);
}

static void the_backlog_is_counted(void **state)
{
    (void)state;
    struct outbox_claim claims[8];
    int64_t waiting, oldest;
    assert_int_equal(outbox_backlog(db, &waiting, &oldest), DB_OK);
    assert_int_equal(waiting + oldest, 0);
    put(text_of(1, OUTBOX_REPLY));
    claim(claims);
    put(text_of(2, OUTBOX_REPLY));
    pg_sql("UPDATE outbox SET next_at = now() - interval '90 seconds' WHERE id = 2");
    assert_int_equal(outbox_backlog(db, &waiting, &oldest), DB_OK);
    assert_int_equal(waiting, 2);
    assert_in_range(oldest, 90, 100);
}

/* smsctl offers them. */
static void the_states_are_those_of_the_table(void **state)
{
    (void)state;
    char states[200] = "";
    for (const char *const *known = outbox_states; *known; known++)
        snprintf(states + strlen(states), sizeof states - strlen(states), "%s%s", *states ? "\n" : "", *known);
    assert_string_equal(
        pg_text("SELECT w[1] FROM pg_constraint, regexp_matches(pg_get_constraintdef(oid), $$'([a-z]+)'$$,"
                " 'g') AS w WHERE conrelid = 'outbox'::regclass AND conname = 'outbox_state_check'"),
        states);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(replies_go_first_and_once),
        TEST(what_is_handed_back_or_not_yet_due_is_not_claimed),
        TEST(two_senders_never_hold_the_same_text),
        TEST(a_claim_is_settled),
        TEST(an_answer_handed_back_is_settled),
        TEST(a_report_never_takes_back_the_end),
        TEST(a_report_settles_what_was_uncertain_or_handed),
        TEST(of_several_reports_the_final_one_counts),
        TEST(a_dead_senders_claims_are_taken_back),
        TEST(a_reply_is_tried_three_times_when_nobody_answers),
        TEST(a_reply_of_yesterday_is_no_longer_sent),
        TEST(what_was_accepted_is_not_sent_again),
        TEST(the_backlog_is_counted),
        TEST(the_states_are_those_of_the_table),
    };
    return cmocka_run_group_tests(tests, pg_setup, pg_teardown);
}
