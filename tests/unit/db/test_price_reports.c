/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of reports (db/price_reports.h): who counts how much, what is not believed, and that nothing is counted
 * twice. All of it is about paddy OM18 in Trà Vinh: 845 is a district, 29308 a commune of it, 84 the province on the
 * old map and 86N on the new.
 */
#include "tests/unit/db/pg_fixture.h"

#include "db/pg.h"
#include "db/price_reports.h"
#include "db/prices.h"

static struct db *db;
static int64_t first; /* person */
static day_t today;

static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE price_groups, price_reports CASCADE; UPDATE price_feed SET counted_at = 'epoch'");
    today = day_of_moment(pg_now_us());
    db = pg_daemon();
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(&db);
    return 0;
}

static int make_people(void **state)
{
    pg_setup_seeded(state);
    pg_sql("INSERT INTO people (msisdn) SELECT 84900000000 + n FROM generate_series(1, 200) n");
    first = pg_sql("SELECT min(id) FROM people");
    return 0;
}

static void report(const struct price_report *row)
{
    pipe_begin(db);
    prices_report(db, row, 1);
    if (pipe_end(db) != DB_OK)
        fail_msg("%s", db_error(db)->text);
}

static struct price_report said(enum price_kind kind, int person, const char *place, int64_t price)
{
    return (struct price_report){.kind = kind,
                                 .person_id = first + person,
                                 .day = today,
                                 .commodity = "LUA.OM18",
                                 .place = place,
                                 .unit = "KG",
                                 .basis = "farmgate",
                                 .size = "",
                                 .grade = "",
                                 .state = "",
                                 .rest = "",
                                 .low = price,
                                 .price = price,
                                 .high = price,
                                 .quarantine = "",
                                 .source = ""};
}

/* The ask of a listing of its own. */
static void ask(int person, const char *place, int64_t price)
{
    static int64_t listing;
    struct price_report row = said(PRICE_KIND_ASK, person, place, price);
    row.origin = ++listing;
    report(&row);
}

static void officer(int person, const char *place, int64_t price)
{
    struct price_report row = said(PRICE_KIND_OFFICER, person, place, price);
    report(&row);
}

static size_t count(void)
{
    size_t counted;
    if (prices_count(db, pg_now_us(), 0, &counted) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    return counted;
}

/* "8200 8300 8400 (3)" of today's group, "" when there is none. */
static const char *group(const char *place)
{
    return pg_text("SELECT format('%%s %%s %%s (%%s)', low, median, high, reports) FROM price_groups"
                   " WHERE commodity = 'LUA.OM18' AND place = '%s' AND day = province_today()",
                   place);
}

static void three_people_make_a_price_and_two_do_not(void **state)
{
    (void)state;
    ask(1, "29308", 8200);
    ask(2, "29308", 8300);
    count();
    assert_string_equal(group("29308"), "");
    ask(3, "29308", 8400);
    count();
    assert_string_equal(group("29308"), "8200 8300 8400 (3)");
}

/* "here" grows around the person until there is a price: commune, district, province on the old map and the new. */
static void asks_also_count_in_the_areas_around(void **state)
{
    (void)state;
    ask(1, "29308", 8200);
    ask(2, "845", 8300);
    ask(3, "847", 8400);
    count();
    assert_string_equal(group("29308"), "");
    assert_string_equal(group("845"), "");
    assert_string_equal(group("84"), "8200 8300 8400 (3)");
    assert_string_equal(group("86N"), "8200 8300 8400 (3)");
    assert_string_equal(group("MKD"), "");
}

static void an_officer_speaks_for_the_place_that_was_named(void **state)
{
    (void)state;
    officer(1, "845", 8300);
    count();
    assert_string_equal(group("845"), "8300 8300 8300 (1)");
    assert_string_equal(group("84"), "");
}

static void one_person_with_a_hundred_asks_moves_nothing(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++)
        ask(i, "29308", 8200 + 50 * i);
    count();
    assert_string_equal(group("29308"), "8300 8350 8400 (5)");
    for (int i = 0; i < 100; i++)
        ask(6, i % 2 ? "29308" : "847", 9900 + i);
    count();
    assert_string_equal(group("29308"), "8300 8350 8450 (6)");
    assert_string_equal(group("84"), "8300 8350 8450 (6)");
    assert_string_equal(group("847"), "");
}

static void officers_and_deals_weigh_more_than_asks(void **state)
{
    (void)state;
    struct price_report deal = said(PRICE_KIND_DEAL, 10, "845", 8500);
    deal.origin = 1;
    for (int i = 1; i <= 4; i++)
        ask(i, "845", 9000);
    count();
    assert_string_equal(group("845"), "9000 9000 9000 (4)");
    officer(5, "845", 8400);
    count();
    assert_string_equal(group("845"), "8400 8400 9000 (5)");
    report(&deal);
    count();
    assert_string_equal(group("845"), "8400 8500 9000 (6)");
}

/* What somebody got counts in place of what they asked. */
static void a_deal_takes_the_place_of_its_own_ask(void **state)
{
    (void)state;
    struct price_report deal = said(PRICE_KIND_DEAL, 3, "845", 8100);
    deal.origin = 7;
    for (int i = 1; i <= 3; i++)
        ask(i, "845", 8600);
    report(&deal);
    count();
    assert_string_equal(group("845"), "8100 8100 8600 (3)");
}

static void the_same_ask_again_changes_nothing_and_another_price_does(void **state)
{
    (void)state;
    struct price_report row = said(PRICE_KIND_ASK, 1, "845", 8200);
    row.origin = 100;
    ask(2, "845", 8200);
    ask(3, "845", 8200);
    report(&row);
    count();
    report(&row);
    assert_int_equal(count(), 0);
    assert_string_equal(group("845"), "8200 8200 8200 (3)");
    row.low = row.price = row.high = 8300;
    report(&row);
    assert_int_equal(count(), 1);
    assert_string_equal(group("845"), "8200 8200 8300 (3)");
    row.quarantine = "withdrawn";
    report(&row);
    count();
    assert_string_equal(group("845"), "");
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports"), 3);
}

/* ---- quarantine ---- */

static struct price_quarantined quarantined(size_t expected)
{
    static struct arena *arena;
    struct price_quarantined rows[8];
    size_t n;
    arena_free(&arena);
    arena = arena_new(4096);
    assert_int_equal(prices_quarantined(db, arena, 0, 8, rows, &n), DB_OK);
    assert_int_equal(n, expected);
    return rows[0];
}

static void what_is_far_from_the_others_waits_for_an_officer(void **state)
{
    (void)state;
    bool found;
    for (int i = 1; i <= 5; i++)
        ask(i, "845", 8200 + 50 * i);
    count();
    ask(6, "845", 11500);
    ask(7, "845", 10500);
    ask(8, "847", 5000);
    count();
    assert_string_equal(group("845"), "8300 8350 8450 (6)");
    struct price_quarantined far = quarantined(2);
    assert_string_equal(far.reason, "far");
    assert_int_equal(far.price, 11500);
    assert_int_equal(far.person_id, first + 6);
    assert_string_equal(far.place, "845");
    assert_int_equal(price_review(db, far.id, true, pg_now_us(), &found), DB_OK);
    assert_true(found);
    count();
    assert_string_equal(group("845"), "8300 8400 10500 (7)");
    assert_int_equal(price_review(db, far.id, false, pg_now_us(), &found), DB_OK);
    assert_false(found);
    far = quarantined(1);
    assert_int_equal(far.price, 5000);
    assert_int_equal(price_review(db, far.id, false, pg_now_us(), &found), DB_OK);
    assert_true(found);
    quarantined(0);
    assert_int_equal(count(), 0);
    assert_string_equal(group("847"), "");
}

static void too_few_are_no_measure_of_others(void **state)
{
    (void)state;
    ask(1, "845", 8000);
    ask(2, "845", 8100);
    ask(3, "845", 8200);
    count();
    ask(4, "845", 11500);
    count();
    quarantined(0);
    assert_string_equal(group("845"), "8000 8100 8200 (4)");
}

/* Otherwise a price that really doubles would never be told. */
static void officers_are_believed_however_far(void **state)
{
    (void)state;
    for (int i = 1; i <= 6; i++)
        ask(i, "845", 6000);
    count();
    officer(7, "845", 11000);
    count();
    quarantined(0);
    assert_string_equal(group("845"), "6000 6000 11000 (7)");
}

static void what_cannot_be_is_kept_with_its_reason(void **state)
{
    (void)state;
    struct price_report row = said(PRICE_KIND_OFFICER, 1, "845", 83000);
    row.quarantine = "implausible";
    report(&row);
    count();
    assert_string_equal(group("845"), "");
    assert_string_equal(quarantined(1).reason, "implausible");
}

/* ---- the version, and several at once ---- */

static int64_t version(void)
{
    return pg_sql("SELECT version FROM price_version");
}

static void the_version_grows_once_a_minute_and_only_with_a_price(void **state)
{
    (void)state;
    size_t counted;
    const int64_t minute = 60 * INT64_C(1000000), now = pg_now_us();
    int64_t before = version();
    ask(1, "845", 8000);
    count();
    assert_int_equal(version(), before);
    ask(2, "845", 8000);
    ask(3, "845", 8000);
    assert_int_equal(prices_count(db, now, minute, &counted), DB_OK);
    assert_int_equal(counted, 0);
    assert_int_equal(version(), before);
    assert_int_equal(prices_count(db, now + minute + 5000000, minute, &counted), DB_OK);
    assert_int_equal(counted, 1);
    assert_int_equal(version(), before + 1);
}

static void while_one_counts_the_others_leave_it(void **state)
{
    (void)state;
    struct db *other = pg_owner();
    officer(1, "845", 8000);
    assert_int_equal(pg_script(other, "BEGIN; SELECT FROM price_feed FOR UPDATE"), DB_OK);
    assert_int_equal(count(), 0);
    assert_int_equal(pg_script(other, "ROLLBACK"), DB_OK);
    assert_int_equal(count(), 1);
    db_close(&other);
}

static void more_than_a_slice_is_counted_in_one_call(void **state)
{
    (void)state;
    pg_sql("INSERT INTO price_reports (kind, day, commodity, place, price, unit, counted)"
           " SELECT 'officer', province_today() - n, 'LUA', '845', 8000, 'KG', false FROM generate_series(1, 130) n");
    assert_int_equal(count(), 130);
    assert_int_equal(pg_sql("SELECT count(*) FROM price_groups"), 130);
    assert_int_equal(count(), 0);
}

/* Who goes takes their asks out of the next count, and leaves what they closed as a price of nobody's. */
static void who_is_erased_leaves_no_trace_in_a_report(void **state)
{
    (void)state;
    pg_sql("INSERT INTO people (msisdn) VALUES (84911111111)");
    int gone = (int)(pg_sql("SELECT max(id) FROM people") - first);
    struct price_report deal = said(PRICE_KIND_DEAL, gone, "845", 8000);
    deal.origin = 9;
    report(&deal);
    ask(gone, "847", 8000);
    pg_sql("DELETE FROM people WHERE msisdn = '84911111111'");
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports WHERE person_id IS NULL"), 2);
    ask(1, "845", 8000);
    ask(1, "847", 8000);
    ask(2, "847", 8000);
    count();
    assert_string_equal(group("845"), "8000 8000 8000 (2)");
    assert_string_equal(group("847"), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(three_people_make_a_price_and_two_do_not),
        TEST(asks_also_count_in_the_areas_around),
        TEST(an_officer_speaks_for_the_place_that_was_named),
        TEST(one_person_with_a_hundred_asks_moves_nothing),
        TEST(officers_and_deals_weigh_more_than_asks),
        TEST(a_deal_takes_the_place_of_its_own_ask),
        TEST(the_same_ask_again_changes_nothing_and_another_price_does),
        TEST(what_is_far_from_the_others_waits_for_an_officer),
        TEST(too_few_are_no_measure_of_others),
        TEST(officers_are_believed_however_far),
        TEST(what_cannot_be_is_kept_with_its_reason),
        TEST(the_version_grows_once_a_minute_and_only_with_a_price),
        TEST(while_one_counts_the_others_leave_it),
        TEST(more_than_a_slice_is_counted_in_one_call),
        TEST(who_is_erased_leaves_no_trace_in_a_report),
    };
    return cmocka_run_group_tests(tests, make_people, pg_teardown);
}
