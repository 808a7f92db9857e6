/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include "db/alerts.h"

#define HOUR_US (3600LL * 1000000)

static struct db *db;
static int64_t now_us, lan, binh;

static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE people, conversations, listings, outbox CASCADE");
    lan = pg_sql("INSERT INTO people (msisdn) VALUES ('84912000001') RETURNING id");
    binh = pg_sql("INSERT INTO people (msisdn) VALUES ('84912000002') RETURNING id");
    db = pg_daemon();
    now_us = pg_now_us();
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(&db);
    return 0;
}

static struct alert_row row(int64_t person, const char *key)
{
    return (struct alert_row){.person_id = person,
                              .key = key,
                              .sender = "8055",
                              .body = "Có người mua",
                              .coding = 2,
                              .segments = 1,
                              .cap = 3};
}

static size_t post(struct alert_row *rows, size_t n)
{
    size_t posted = 0;
    if (alerts_post(db, rows, n, now_us) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    for (size_t i = 0; i < n; i++)
        posted += rows[i].posted;
    return posted;
}

static void an_alert_waits_in_the_outbox_until_its_time(void **state)
{
    (void)state;
    struct alert_row rows[] = {row(lan, "match:A:B"), row(binh, "match:A:B")};
    rows[1].not_before_us = now_us + HOUR_US;
    assert_int_equal(post(rows, 2), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert' AND state = 'queued' AND sender = '8055'"
                            " AND body = 'Có người mua' AND coding = 2 AND id > 0"),
                     2);
    assert_int_equal(pg_sql("SELECT micros(next_at) FROM outbox WHERE person_id = %ld", (long)lan), now_us);
    assert_int_equal(pg_sql("SELECT micros(next_at) FROM outbox WHERE person_id = %ld", (long)binh), now_us + HOUR_US);
}

static void nothing_is_told_twice(void **state)
{
    (void)state;
    struct alert_row rows[] = {row(lan, "match:A:B"), row(lan, "match:A:B"), row(lan, "match:A:C")};
    assert_int_equal(post(rows, 3), 2);
    assert_true(rows[0].posted && !rows[1].posted && rows[2].posted);
    assert_int_equal(post(rows, 3), 0);
    assert_false(rows[0].posted);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox"), 2);
}

static void whoever_said_stop_is_left_alone(void **state)
{
    (void)state;
    pg_sql("UPDATE people SET stopped_at = now() WHERE id = %ld", (long)lan);
    struct alert_row rows[] = {row(lan, "k"), row(binh, "k")};
    rows[0].cap = ALERT_NO_CAP;
    assert_int_equal(post(rows, 2), 1);
    assert_true(rows[1].posted);
    assert_int_equal(pg_sql("SELECT count(*) FROM alerts_told"), 1);
}

/* What must be told counts, and goes first, but nothing holds it back; after a day there is room again. */
static void nobody_is_told_more_than_the_cap(void **state)
{
    (void)state;
    struct alert_row rows[] = {row(lan, "1"), row(lan, "2"), row(lan, "3"), row(lan, "must"), row(binh, "1")};
    rows[3].cap = ALERT_NO_CAP;
    assert_int_equal(post(rows, 5), 4);
    assert_false(rows[2].posted);
    rows[3].key = "must too";
    assert_int_equal(post(rows, 4), 1);
    assert_true(rows[3].posted);
    now_us += 25 * HOUR_US;
    assert_int_equal(post(rows, 3), 1);
    assert_true(rows[2].posted);
    rows[0].cap = 0;
    rows[0].key = "4";
    now_us += 25 * HOUR_US;
    assert_int_equal(post(rows, 1), 0);
}

/* The day's number is of what we tell on our own; how much people write to one another is limited where they write. */
static void words_passed_on_take_nothing_of_the_cap(void **state)
{
    (void)state;
    struct alert_row rows[] = {row(lan, "relay:1"), row(lan, "relay:2"), row(lan, "relay:3"), row(lan, "match:A:B")};
    for (size_t i = 0; i < 3; i++)
        rows[i].cap = ALERT_NO_CAP;
    rows[3].cap = 1;
    assert_int_equal(post(rows, 4), 4);
    rows[0].key = "relay:4";
    assert_int_equal(post(rows, 1), 1);
    rows[3].key = "match:A:C";
    assert_int_equal(post(&rows[3], 1), 0);
    rows[3].cap = 2;
    assert_int_equal(post(&rows[3], 1), 1);
}

static void what_was_told_long_ago_is_forgotten(void **state)
{
    (void)state;
    struct alert_row rows[] = {row(lan, "k")};
    assert_int_equal(post(rows, 1), 1);
    pg_sql("UPDATE alerts_told SET at = at - interval '200 days'");
    size_t dropped;
    assert_int_equal(alerts_forget(db, 180, now_us, &dropped), DB_OK);
    assert_int_equal(dropped, 1);
    assert_int_equal(alerts_forget(db, 180, now_us, &dropped), DB_OK);
    assert_int_equal(dropped, 0);
    assert_int_equal(post(rows, 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_alert_waits_in_the_outbox_until_its_time, begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_told_twice, begin, end),
        cmocka_unit_test_setup_teardown(whoever_said_stop_is_left_alone, begin, end),
        cmocka_unit_test_setup_teardown(nobody_is_told_more_than_the_cap, begin, end),
        cmocka_unit_test_setup_teardown(words_passed_on_take_nothing_of_the_cap, begin, end),
        cmocka_unit_test_setup_teardown(what_was_told_long_ago_is_forgotten, begin, end),
    };
    return cmocka_run_group_tests(tests, pg_setup, pg_teardown);
}
