/* SPDX-License-Identifier: Apache-2.0
 *
 * Listings whose time runs out: who hears of it, and when they stand no longer.
 */
#include "smsd/job/expiry.h"

#include <string.h>

#include "db/listing_end.h"
#include "parsers/text/sms.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

static struct conf *conf;
static size_t expired, told;

/* Noon of today in the province. */
static int64_t noon(void)
{
    return (day_of_moment(pg_now_us()) * 24LL + 12 - 7) * HOUR_US;
}

static int begin(void **state)
{
    struct conf_error error;
    story_noon(state);
    pg_sql("TRUNCATE alerts_told");
    if (!conf)
        conf = conf_parse(slice_of("[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n"
                                   "[kannel]\nlink = box\n[privacy]\nkey = "
                                   "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"),
                          "test", &error);
    if (!conf)
        fail_msg("%s", error.text);
    return 0;
}

/* The jobs, so many hours after noon of today. */
static void run(int hours)
{
    struct arena *arena = arena_new(64 * 1024);
    int64_t now_us = noon() + hours * HOUR_US;
    expired = 0;
    for (size_t n = 1; n; expired += n)
        assert_int_equal(listings_expire(story_db, day_of_moment(now_us), now_us, &n), DB_OK);
    assert_int_equal(expiry_tell(story_db, arena, conf, now_us, &told), DB_OK);
    arena_free(&arena);
}

static const char *sent_to(const char *msisdn)
{
    return pg_text(
        "SELECT body FROM outbox o JOIN people p ON p.id = person_id WHERE p.msisdn = '%s' AND kind = 'alert'"
        " ORDER BY o.id",
        msisdn);
}

static const char *states(void)
{
    return pg_text("SELECT string_agg(state, ' ' ORDER BY id) FROM listings");
}

static void a_listing_expires_when_its_last_day_is_over(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    say(LAN, "ban rau muong 100kg 8k cau ke");
    run(3 * 24 + 11); /* the last day of the vegetables, 23:00 */
    assert_string_equal(states(), "open open");
    run(3 * 24 + 13);
    assert_int_equal(expired, 1);
    assert_string_equal(states(), "open expired");
    run(14 * 24 + 13);
    assert_string_equal(states(), "expired expired");
    assert_string_equal(
        pg_text("SELECT string_agg(state, ' ' ORDER BY id) FROM listing_events WHERE inbound_id IS NULL"),
        "expired expired");
    run(14 * 24 + 14);
    assert_int_equal(expired, 0);
}

static void what_somebody_is_changing_is_left_to_the_next_time(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    pg_sql("BEGIN");
    pg_sql("SELECT id FROM listings FOR UPDATE");
    run(20 * 24);
    pg_sql("ROLLBACK");
    assert_int_equal(expired, 0);
    run(20 * 24);
    assert_int_equal(expired, 1);
}

static void its_owner_is_told_the_day_before_and_once(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    run(12 * 24);
    assert_int_equal(told, 0);
    run(13 * 24);
    assert_int_equal(told, 1);
    assert_says(sent_to(LAN), "lua OM18 2 tan het han");
    assert_says(sent_to(LAN), pg_text("SELECT 'GIA HAN ' || code FROM listings"));
    assert_int_equal(sms_size(slice_of(sent_to(LAN))).segments, 1);
    run(13 * 24 + 1);
    assert_int_equal(told, 0);
}

/* By morning it may be cancelled. */
static void nobody_is_told_at_night(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    run(12 * 24 + 13);
    assert_int_equal(told, 0);
    run(12 * 24 + 20);
    assert_int_equal(told, 1);
}

static void several_are_told_in_one_text(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    say(LAN, "ban dua kho 1200 trai 9k cau ke");
    say(BINH, "mua lua 20 tan tra cu");
    run(13 * 24);
    assert_int_equal(told, 2);
    assert_says(sent_to(LAN), "2 tin het han");
    assert_says(sent_to(LAN), "dua kho");
    assert_says(sent_to(BINH), "20 tan");
}

static void who_said_stop_is_not_told(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    say(LAN, "TC");
    run(13 * 24);
    assert_int_equal(told, 0);
}

static void what_is_renewed_is_told_of_again_when_it_ends_again(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    run(13 * 24);
    pg_sql("UPDATE listings SET until = until + 14");
    run(15 * 24);
    assert_int_equal(expired + told, 0);
    run(27 * 24);
    assert_int_equal(told, 1);
}

static void many_are_served_at_once(void **state)
{
    (void)state;
    pg_sql("INSERT INTO people (msisdn) SELECT 84910000000 + n FROM generate_series(1, 1100) n");
    pg_sql("INSERT INTO listings (id, code, person_id, side, commodity, quantity, base_unit, entered_quantity, "
           "entered_unit,"
           " place, province, until, inbound_id, text_hash, created_at)"
           " SELECT row_number() OVER (), 'C' || id, id, 's', 'LUA', 1, 'KG', 1, 'KG', '845', '86N', province_today() "
           "+ 14,"
           " 1, 1, now() FROM people");
    run(13 * 24);
    assert_int_equal(told, 1100);
    pg_sql("UPDATE listings SET until = province_today() - 1");
    assert_int_equal(listings_expire(story_db, day_of_moment(noon()), noon(), &expired), DB_OK);
    assert_int_equal(expired, 500); /* a slice: who waits for the job behind it waits for no more */
    run(0);
    assert_int_equal(expired, 600);
}

static void it_is_told_in_the_owners_language(void **state)
{
    (void)state;
    static const char *const langs[][2] = {
        {"nn vi dau", "hết hạn"}, {"nn km", "ផុតកំណត់"}, {"nn zh", "到期"}, {"nn en", "ends"}};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        begin(NULL);
        say(LAN, langs[i][0]);
        say(LAN, "ban lua om18 2 tan 8500 cau ke");
        run(13 * 24);
        assert_says(sent_to(LAN), langs[i][1]);
        assert_true(sms_size(slice_of(sent_to(LAN))).segments <= 2);
    }
}

#define STORY(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_listing_expires_when_its_last_day_is_over),
        STORY(what_somebody_is_changing_is_left_to_the_next_time),
        STORY(its_owner_is_told_the_day_before_and_once),
        STORY(nobody_is_told_at_night),
        STORY(several_are_told_in_one_text),
        STORY(who_said_stop_is_not_told),
        STORY(what_is_renewed_is_told_of_again_when_it_ends_again),
        STORY(many_are_served_at_once),
        STORY(it_is_told_in_the_owners_language),
    };
    return cmocka_run_group_tests_name("smsd/worker/expiry", tests, story_setup, story_teardown);
}
