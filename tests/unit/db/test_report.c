/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include <string.h>

#include "db/report.h"
#include "db/retention.h"

static struct db *db;
static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE people, conversations, listings, inbound, inbound_seen, outbox, dead_letter CASCADE");
    int64_t person = pg_sql("INSERT INTO people (msisdn) VALUES ('84912000001') RETURNING id");
    pg_sql(
        "INSERT INTO inbound (id, received_at, kannel_id, person_id, short_code, channel, text, intent, outcome,"
        " answered_at) VALUES (1, now() - interval '1 second', 'k', %d, '8055', 'sms', 'bán', 'sell', 'sure', now())",
        (int)person);
    pg_sql("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)"
           " VALUES (2, now(), %d, 'reply', 'handed', '8055', 'Da luu', 0, 1, now()),"
           " (3, now() - interval '2 seconds', 0, 'alert', 'failed', '8055', 'Bao', 0, 1, now())",
           (int)person);
    pg_sql("INSERT INTO listings (id, code, person_id, side, commodity, quantity, base_unit, entered_quantity,"
           " entered_unit, price_high, price_unit, place, until, inbound_id, text_hash, created_at)"
           " VALUES (4, 'B7K2', %d, 'b', 'LUA.OM18', 20000.5, 'KG', 20.0005, 'TAN', 8500, 'KG', '845',"
           " '2026-12-01', 1, 1, now())",
           (int)person);
    db = pg_daemon();
    arena = arena_new(64 * 1024);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(&db);
    arena_free(&arena);
    return 0;
}

static void texts_in_and_out_come_newest_first(void **state)
{
    (void)state;
    struct report_message *rows;
    size_t n;
    assert_int_equal(report_messages(db, arena, "", 10, &rows, &n), DB_OK);
    assert_int_equal(n, 3);
    assert_false(rows[0].incoming);
    assert_string_equal(rows[0].text, "Da luu");
    assert_string_equal(rows[0].state, "handed");
    assert_true(rows[1].incoming);
    assert_string_equal(rows[1].kind, "sell");
    assert_string_equal(rows[1].msisdn, "84912000001");
    assert_string_equal(rows[2].msisdn, "");
    assert_true(rows[0].at_us > rows[1].at_us && rows[1].at_us > rows[2].at_us);
    assert_int_equal(report_messages(db, arena, "84912000001", 1, &rows, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_int_equal(report_messages(db, arena, "84912000002", 10, &rows, &n), DB_OK);
    assert_int_equal(n, 0);
}

static void a_listing_has_its_names_and_both_quantities(void **state)
{
    (void)state;
    struct report_listing *rows;
    size_t n;
    assert_int_equal(report_listings(db, arena, "B7K2", 10, &rows, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_string_equal(rows->commodity_name, "Lúa OM18");
    assert_string_equal(rows->place_name, "Cầu Kè");
    assert_int_equal(rows->quantity_milli, 20000500);
    assert_int_equal(rows->entered_milli, 20001); /* numeric(18,3) rounds */
    assert_int_equal(rows->price_low, 0);
    assert_int_equal(rows->price_high, 8500);
    assert_string_equal(rows->ready, "");
    assert_string_equal(rows->until, "2026-12-01");
    assert_int_equal(report_listings(db, arena, "NONE", 10, &rows, &n), DB_OK);
    assert_int_equal(n, 0);
}

static void the_outbox_by_state(void **state)
{
    (void)state;
    struct report_outbox *rows;
    size_t n;
    assert_int_equal(report_outbox(db, arena, "failed", 10, &rows, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_int_equal(rows->id, 3);
    assert_int_equal(rows->sent_us, 0);
    assert_int_equal(report_outbox(db, arena, "", 10, &rows, &n), DB_OK);
    assert_int_equal(n, 2);
}

static void the_figures_have_names(void **state)
{
    (void)state;
    struct report_figure *rows;
    size_t n, found = 0;
    assert_int_equal(report_status(db, arena, &rows, &n), DB_OK);
    for (size_t i = 0; i < n; i++)
        found += (strcmp(rows[i].name, "people") == 0 && rows[i].value == 1) ||
                 (strcmp(rows[i].name, "outbox_24h_failed") == 0 && rows[i].value == 1) ||
                 (strcmp(rows[i].name, "months_ahead") == 0 && rows[i].value == 3);
    assert_int_equal(found, 3);
}

static void the_dead_are_shown(void **state)
{
    (void)state;
    struct report_dead *rows;
    size_t n;
    pg_sql("INSERT INTO dead_letter (at, received_at, kannel_id, msisdn, short_code, channel, text, reason)"
           " VALUES (now(), now(), 'k', '84912000001', '8055', 'sms', 't', 'refused')");
    assert_int_equal(report_dead(db, arena, 10, &rows, &n), DB_OK);
    assert_int_equal(n, 1);
    assert_string_equal(rows->reason, "refused");
}

static void open_items_of_the_desk_come_with_their_texts(void **state)
{
    (void)state;
    struct report_desk *rows;
    size_t n;
    pg_sql("INSERT INTO desk (person_id, inbound_id, reason, created_at, state)"
           " SELECT id, 1, 'question', now() - interval '1 minute', 'closed' FROM people"
           " UNION ALL SELECT id, 1, 'not_understood', now(), 'open' FROM people"
           " UNION ALL SELECT id, 99, 'question', now() - interval '90 seconds', 'open' FROM people");
    assert_int_equal(report_desk(db, arena, 10, &rows, &n), DB_OK);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].reason, "not_understood");
    assert_string_equal(rows[0].msisdn, "84912000001");
    assert_string_equal(rows[0].text, "bán");
    assert_string_equal(rows[0].intent, "sell");
    assert_in_range(rows[1].age_s, 90, 100);
    assert_string_equal(rows[1].text, "");
    assert_int_equal(report_desk(db, arena, 1, &rows, &n), DB_OK);
    assert_int_equal(n, 1);
}

static void old_ids_are_forgotten(void **state)
{
    (void)state;
    size_t dropped;
    pg_sql("INSERT INTO inbound_seen (msisdn, kannel_id, received_at) SELECT 84912000000 + n, 'k', now() - n * interval"
           " '1 day' FROM generate_series(1, 20) n");
    assert_int_equal(retention_seen(db, 14, &dropped), DB_OK);
    assert_int_equal(dropped, 7); /* the fourteenth is past its days by now */
    assert_int_equal(retention_seen(db, 14, &dropped), DB_OK);
    assert_int_equal(dropped, 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound_seen"), 13);
}

/* More than one short transaction deletes. */
static void all_old_ids_are_forgotten_in_one_call(void **state)
{
    (void)state;
    size_t dropped;
    pg_sql("INSERT INTO inbound_seen (msisdn, kannel_id, received_at) SELECT 84912000000 + n, 'k', now() -"
           " interval '15 days' FROM generate_series(1, 20001) n");
    assert_int_equal(retention_seen(db, 14, &dropped), DB_OK);
    assert_int_equal(dropped, 20001);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound_seen"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_in_and_out_come_newest_first),
        TEST(a_listing_has_its_names_and_both_quantities),
        TEST(the_outbox_by_state),
        TEST(the_figures_have_names),
        TEST(the_dead_are_shown),
        TEST(open_items_of_the_desk_come_with_their_texts),
        TEST(old_ids_are_forgotten),
        TEST(all_old_ids_are_forgotten_in_one_call),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
