/* SPDX-License-Identifier: Apache-2.0
 *
 * From what people text to the price others are told (smsd/job/prices.h): whole batches and the clock job, on a real
 * database. Cầu Kè (845) is a district of Trà Vinh.
 */
#include <stdio.h>

#include "db/pg.h"
#include "smsd/job/prices.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static int begin(void **state)
{
    story_begin(state);
    pg_sql("TRUNCATE price_reports CASCADE; DELETE FROM price_groups WHERE commodity = 'LUA.OM18';"
           "UPDATE price_feed SET counted_at = 'epoch'");
    return 0;
}

/* The job, as long after the last one as it waits; how many reports it read. */
static size_t run_job(void)
{
    size_t read, counted;
    const struct knowledge *knowledge = knowledge_acquire();
    pg_sql("UPDATE price_feed SET counted_at = 'epoch'");
    assert_int_equal(prices_run(story_db, knowledge->lexicon, story_now_us, &read, &counted), DB_OK);
    knowledge_release(knowledge);
    return read;
}

static const char *say_from(int person, const char *text)
{
    char number[16];
    snprintf(number, sizeof number, "849330000%02d", person);
    return say(number, text);
}

static void offers_become_a_price_that_others_are_told(void **state)
{
    (void)state;
    assert_says(say_from(1, "ban lua om18 2 tan 8500 cau ke"), "OM18");
    say_from(2, "ban lua om18 1 tan 8,4tr/tan cau ke");
    run_job();
    assert_int_equal(pg_sql("SELECT count(*) FROM price_groups WHERE commodity = 'LUA.OM18'"), 0);
    say_from(3, "ban lua om18 5 tan 8600 cau ke");
    run_job();
    const char *answer = say_from(4, "gia lua om18 cau ke");
    assert_says(answer, "8.400-8.600d/kg");
    assert_says(answer, "3 tin");
    assert_says(say_from(5, "gia lua om18 tra vinh"), "8.400-8.600d/kg");
}

static void one_person_with_many_offers_is_one(void **state)
{
    (void)state;
    char text[64];
    say_from(1, "ban lua om18 2 tan 8400 cau ke");
    say_from(2, "ban lua om18 3 tan 8500 cau ke");
    say_from(3, "ban lua om18 4 tan 8600 cau ke");
    run_job();
    for (int i = 0; i < 20; i++) {
        snprintf(text, sizeof text, "ban lua om18 %d tan %d cau ke", 2 + i, 9500 + i);
        say_from(4, text);
        story_now_us += 30 * MINUTE_US;
    }
    run_job();
    assert_says(say_from(5, "gia lua om18 cau ke"), "8.400-8.600d/kg");
}

/* From a hundred numbers it would be a hundred people to us; from one it is one, and so are its deals. */
static void a_hundred_asks_of_one_person_move_nothing(void **state)
{
    (void)state;
    say_from(1, "ban lua om18 2 tan 8400 cau ke");
    say_from(2, "ban lua om18 3 tan 8500 cau ke");
    say_from(3, "ban lua om18 4 tan 8600 cau ke");
    say_from(4, "ban lua om18 1 tan 9500 cau ke");
    pg_sql("INSERT INTO price_reports (day, commodity, place, price, low, high, unit, kind, person_id, origin, counted)"
           " SELECT province_today(), 'LUA.OM18', '845', 9000 + n, 9000 + n, 9000 + n, 'KG', 'ask', p.id, -n, false"
           "   FROM people p, generate_series(1, 100) n WHERE p.msisdn = '84933000004'");
    run_job();
    assert_int_equal(pg_sql("SELECT reports FROM price_groups WHERE commodity = 'LUA.OM18' AND place = '845'"), 4);
    assert_says(say_from(5, "gia lua om18 cau ke"), "8.400-8.600d/kg");
}

static void what_was_cancelled_the_same_day_was_no_offer(void **state)
{
    (void)state;
    say_from(1, "ban lua om18 2 tan 8400 cau ke");
    say_from(2, "ban lua om18 3 tan 8500 cau ke");
    say_from(3, "ban lua om18 4 tan 8600 cau ke");
    run_job();
    assert_int_equal(pg_sql("SELECT count(*) FROM price_groups WHERE commodity = 'LUA.OM18' AND place = '845'"), 1);
    say_from(3, "huy 1");
    run_job();
    assert_int_equal(pg_sql("SELECT count(*) FROM price_groups WHERE commodity = 'LUA.OM18' AND place = '845'"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports WHERE quarantine = 'withdrawn'"), 1);
}

static void requests_and_offers_without_a_price_say_nothing_of_prices(void **state)
{
    (void)state;
    say_from(1, "mua lua om18 2 tan 8400 cau ke");
    say_from(2, "ban lua om18 3 tan cau ke");
    run_job();
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports WHERE kind <> 'seed'"), 0);
}

/* Its owner says so, and may take it back. */
static void what_was_paid_counts_more_than_what_was_asked(void **state)
{
    (void)state;
    say_from(1, "ban lua om18 2 tan 8600 cau ke");
    say_from(2, "ban lua om18 2 tan 8600 cau ke");
    say_from(3, "ban lua om18 2 tan 8600 cau ke");
    run_job();
    assert_says(say_from(5, "gia lua om18 cau ke"), "8.600d/kg");
    pg_sql("INSERT INTO listing_deals (listing_id, quantity, unit, price, price_unit, inbound_id, at)"
           " SELECT id, 1, 'TAN', 8200000, 'TAN', 1, created_at FROM listings;"
           " INSERT INTO listing_events (listing_id, state, at) SELECT id, 'open', created_at FROM listings");
    run_job();
    assert_says(say_from(6, "gia lua om18 cau ke"), "8.200d/kg");
    pg_sql("UPDATE listing_deals SET withdrawn_at = now();"
           " INSERT INTO listing_events (listing_id, state, at) SELECT id, 'open', created_at FROM listings");
    run_job();
    assert_says(say_from(7, "gia lua om18 cau ke"), "8.600d/kg");
}

/* In a unit that the goods' range does not know it is stored as said; turned into kilos it is ten times too much. */
static void what_cannot_be_a_price_waits_for_an_officer(void **state)
{
    (void)state;
    say_from(1, "ban lua om18 2 tan 8500 cau ke");
    pg_sql("UPDATE listings SET price_low = 85000, price_high = 85000");
    run_job();
    assert_string_equal(pg_text("SELECT quarantine FROM price_reports WHERE kind = 'ask'"), "implausible");
}

/* ---- where it reads on ---- */

static int64_t settled(void)
{
    return pg_sql("SELECT settled FROM price_feed");
}

static void it_reads_on_from_what_is_settled_and_a_little_before(void **state)
{
    (void)state;
    while (run_job()) /* what the other tests left */
        ;
    say_from(1, "ban lua om18 2 tan 8500 cau ke");
    assert_int_equal(run_job(), 1);
    int64_t before = settled();
    assert_int_equal(run_job(), 1);
    assert_true(settled() > before);
    assert_int_equal(run_job(), 0);
}

/* Ids of events are given before they are seen: a transaction that ends late is not passed over. */
static void what_was_under_way_is_not_passed_over(void **state)
{
    (void)state;
    struct db *late = pg_owner();
    say_from(1, "ban lua om18 2 tan 8500 cau ke");
    pg_sql("DELETE FROM listing_events");
    assert_int_equal(pg_script(late, "BEGIN; INSERT INTO listing_events (listing_id, state, at)"
                                     " SELECT id, 'open', now() FROM listings"),
                     DB_OK);
    say_from(2, "ban lua om18 2 tan 8600 cau ke");
    for (int i = 0; i < 3; i++)
        run_job();
    int64_t before = settled();
    assert_int_equal(pg_script(late, "COMMIT"), DB_OK);
    assert_true(pg_sql("SELECT max(id) FROM listing_events") > before);
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports WHERE kind = 'ask'"), 1);
    run_job();
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports WHERE kind = 'ask'"), 2);
    db_close(&late);
}

static void it_runs_no_more_than_once_a_minute_for_all_instances(void **state)
{
    (void)state;
    size_t read, counted;
    const struct knowledge *knowledge = knowledge_acquire();
    run_job();
    say_from(1, "ban lua om18 2 tan 8500 cau ke");
    assert_int_equal(prices_run(story_db, knowledge->lexicon, story_now_us, &read, &counted), DB_OK);
    assert_int_equal(read + counted, 0);
    story_now_us += MINUTE_US;
    assert_int_equal(prices_run(story_db, knowledge->lexicon, story_now_us, &read, &counted), DB_OK);
    assert_int_equal(counted, 1);
    knowledge_release(knowledge);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(offers_become_a_price_that_others_are_told),
        TEST(one_person_with_many_offers_is_one),
        TEST(a_hundred_asks_of_one_person_move_nothing),
        TEST(what_was_cancelled_the_same_day_was_no_offer),
        TEST(requests_and_offers_without_a_price_say_nothing_of_prices),
        TEST(what_was_paid_counts_more_than_what_was_asked),
        TEST(what_cannot_be_a_price_waits_for_an_officer),
        TEST(it_reads_on_from_what_is_settled_and_a_little_before),
        TEST(what_was_under_way_is_not_passed_over),
        TEST(it_runs_no_more_than_once_a_minute_for_all_instances),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
