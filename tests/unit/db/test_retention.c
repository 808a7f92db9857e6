/* SPDX-License-Identifier: Apache-2.0
 *
 * What goes after its days, and what stays.
 */
#include "db/retention.h"

#include "tests/unit/db/pg_fixture.h"

static size_t drop(enum kept_thing thing, int days)
{
    int keep[KEPT_THINGS] = {0};
    size_t deleted;
    struct db *owner = pg_owner();
    keep[thing] = days;
    assert_int_equal(retention_drop(owner, pg_now_us(), keep, &deleted), DB_OK);
    db_close(&owner);
    return deleted;
}

static int make(void **state)
{
    (void)state;
    pg_sql("TRUNCATE people, conversations, listings, listing_events, dead_letter, desk, codes CASCADE");
    pg_sql("INSERT INTO people (msisdn) SELECT 84911111110 + n FROM generate_series(0, 1) n");
    return 0;
}

static void each_thing_goes_after_its_days_and_no_earlier(void **state)
{
    (void)state;
    pg_sql("INSERT INTO dead_letter (at, received_at, kannel_id, msisdn, short_code, channel, text, reason)"
           " SELECT now() - days * interval '1 day', now(), 'k', '84911111111', '8055', 'sms', 't', 'r'"
           "   FROM unnest(ARRAY[89, 91]) days");
    assert_int_equal(drop(KEPT_DEAD, 0), 0);
    assert_int_equal(drop(KEPT_DEAD, 90), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM dead_letter WHERE at > now() - interval '90 days'"), 1);
    pg_sql(
        "INSERT INTO deals (code, sell_id, buy_id, quantity, base_unit, price, price_unit, sell_price, buy_price, "
        "state,"
        "  proposed_at, until, closed_at)"
        " SELECT 'D' || days, 1, days, 1, 'KG', 1, 'KG', 1, 1, 'expired', now(), now(), now() - days * interval '1 day'"
        "   FROM unnest(ARRAY[729, 731]) days");
    assert_int_equal(drop(KEPT_DEALS, 730), 1);
    pg_sql("INSERT INTO codes SELECT id, '\\x00', 'erase', '{}', now() - interval '3 days', 1, 1,"
           "  now() - (id %% 2) * interval '3 days' FROM people");
    pg_sql(
        "INSERT INTO broadcasts (id, state, source, area, commodity, role, words, people, segments, created_at, "
        "expires_at,"
        "  ended_at) SELECT days, 'done', 'ctl', '', '', '', 'w', 1, 1, now(), now(), now() - days * interval '1 day'"
        " FROM unnest(ARRAY[29, 31]) days");
    pg_sql("INSERT INTO broadcast_recipients (broadcast_id, person_id, due_at) SELECT b.id, n, now() FROM broadcasts b,"
           " generate_series(1, 3) n");
    assert_int_equal(drop(KEPT_BROADCASTS, 30), 3);
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcast_recipients WHERE broadcast_id = 29"), 3);
    assert_int_equal(drop(KEPT_CODES, 2), 1);
    pg_sql("INSERT INTO relays_sent (sender, at) SELECT id, now() - days * interval '1 day'"
           "   FROM people, unnest(ARRAY[6, 8]) days");
    assert_int_equal(drop(KEPT_RELAYS, 7), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM relays_sent"), 2);
}

static void an_open_item_of_the_desk_stays(void **state)
{
    (void)state;
    pg_sql("INSERT INTO desk (person_id, inbound_id, reason, state, created_at)"
           " SELECT (SELECT min(id) FROM people), 1, 'question', state, now() - interval '400 days'"
           "   FROM unnest(ARRAY['open', 'closed', 'answered']) state");
    assert_int_equal(drop(KEPT_DESK, 365), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM desk WHERE state = 'open'"), 1);
}

static void the_last_words_go_and_the_person_stays(void **state)
{
    (void)state;
    pg_sql("INSERT INTO conversations (person_id, question, question_at, last_hash, last_at, last_answer, hour_at)"
           " SELECT id, '{}', now(), 5, now() - row_number() OVER (ORDER BY id) * interval '20 days', 'words', now() "
           "FROM people");
    assert_int_equal(drop(KEPT_WORDS, 30), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM conversations WHERE last_answer = '' AND question IS NULL"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM conversations WHERE last_answer = 'words'"), 1);
    assert_int_equal(drop(KEPT_WORDS, 30), 0);
}

static void listing(int id, const char *state, int ended_days, int event_days)
{
    pg_sql(
        "INSERT INTO listings (id, code, person_id, side, state, commodity, base_unit, entered_quantity, entered_unit,"
        "  place, until, inbound_id, text_hash, created_at) VALUES (%d, 'C%d', (SELECT min(id) FROM people), 's', '%s',"
        "  'LUA', 'KG', 1, 'KG', '845', current_date - %d, 1, 0, now() - interval '999 days')",
        id, id, state, ended_days);
    pg_sql("INSERT INTO listing_events (listing_id, state, at) VALUES (%d, '%s', now() - %d * interval '1 day')", id,
           state, event_days);
}

static void listings_go_with_their_history_when_they_stand_no_longer(void **state)
{
    (void)state;
    listing(1, "expired", 800, 800);
    listing(2, "open", 800, 800);
    listing(3, "sold", 800, 10);
    listing(4, "cancelled", 10, 800);
    listing(5, "matched", 800, 800);
    assert_int_equal(drop(KEPT_LISTINGS, 730), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE id = 1"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_events"), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(each_thing_goes_after_its_days_and_no_earlier, make),
        cmocka_unit_test_setup(an_open_item_of_the_desk_stays, make),
        cmocka_unit_test_setup(the_last_words_go_and_the_person_stays, make),
        cmocka_unit_test_setup(listings_go_with_their_history_when_they_stand_no_longer, make),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
