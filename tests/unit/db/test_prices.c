/* SPDX-License-Identifier: Apache-2.0
 *
 * Which price is given (db/prices.h). The reports are made up around two goods that nobody reports in the seed data's
 * region today; days count back from the province's today.
 */
#include "tests/unit/db/pg_fixture.h"

#include "db/batch.h"

static struct db *db;
static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE price_groups");
    db = pg_daemon();
    arena = arena_new(64 * 1024);
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

static void group(const char *commodity, const char *place, int days_ago, const char *basis, const char *variant,
                  int median)
{
    pg_sql("INSERT INTO price_groups (commodity, place, day, unit, basis, size, grade, state, rest, low, median, high,"
           " reports) VALUES ('%s', '%s', province_today() - %d, 'KG', '%s', attr_size('%s'), '', attr_value('%s', "
           "'state'),"
           " attr_rest('%s'), %d - 100, %d, %d + 100, 3)",
           commodity, place, days_ago, basis, variant, variant, variant, median, median, median);
}

static struct found ask(const char *commodity, const char *place, const char *size)
{
    const struct mo mo = {.kannel_id = "k",
                          .msisdn = "84912000001",
                          .short_code = "8055",
                          .text = "gia",
                          .received_us = 1,
                          .text_hash = 1};
    const struct lookup lookup = {.commodity = commodity, .place = place, .size = size};
    struct sender sender;
    struct found found;
    if (batch_open(db, arena, "84", &mo, 1, &lookup, 1, &sender, &found) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    batch_rollback(db);
    return found;
}

static void assert_price(struct found found, enum price_match match, const char *place, int64_t median)
{
    assert_int_equal(found.match, match);
    assert_true(found.n_groups > 0);
    assert_string_equal(found.groups[0].place, place);
    assert_int_equal(found.groups[0].median, median);
}

static void nobody_reported_anything(void **state)
{
    (void)state;
    struct found found = ask("LUA.OM18", "845", NULL);
    assert_int_equal(found.match, PRICE_NONE);
    assert_int_equal(found.n_groups, 0);
    assert_int_equal(ask("NO.SUCH", "NOWHERE", NULL).match, PRICE_NONE);
}

static void here_comes_before_near_and_near_before_the_region(void **state)
{
    (void)state;
    group("LUA.OM18", "91N", 1, "farmgate", "", 1000);
    assert_price(ask("LUA.OM18", "845", NULL), PRICE_REGION, "91N", 1000);
    group("LUA.OM18", "86", 9, "farmgate", "", 2000); /* another old province, the same new one */
    assert_price(ask("LUA.OM18", "845", NULL), PRICE_NEAR, "86", 2000);
    group("LUA.OM18", "847", 10, "farmgate", "", 3000); /* the next district */
    assert_price(ask("LUA.OM18", "845", NULL), PRICE_NEAR, "847", 3000);
    group("LUA.OM18", "845", 13, "farmgate", "", 4000);
    assert_price(ask("LUA.OM18", "845", NULL), PRICE_HERE, "845", 4000);
    assert_price(ask("LUA.OM18", "29308", NULL), PRICE_NEAR, "845", 4000);
}

static void what_lies_inside_is_here(void **state)
{
    (void)state;
    group("LUA.OM18", "29308", 3, "farmgate", "", 1000);
    assert_price(ask("LUA.OM18", "845", NULL), PRICE_HERE, "29308", 1000);
    assert_price(ask("LUA.OM18", "29308N", NULL), PRICE_HERE, "29308", 1000);
    assert_price(ask("LUA.OM18", "86N", NULL), PRICE_HERE, "29308", 1000);
}

static void older_than_14_days_the_newest_of_the_region_is_given(void **state)
{
    (void)state;
    group("LUA.OM18", "845", 14, "farmgate", "", 1000);
    group("LUA.OM18", "91N", 200, "farmgate", "", 2000);
    group("LUA.OM18", "01", 1, "farmgate", "", 3000); /* Hà Nội is not in the region */
    assert_price(ask("LUA.OM18", "847", NULL), PRICE_NEAR, "845", 1000);
    assert_price(ask("LUA.OM18", "845", NULL), PRICE_HERE, "845", 1000);
    assert_price(ask("LUA.OM18", "80", NULL), PRICE_REGION, "845", 1000);
    assert_price(ask("LUA.OM18", "01", NULL), PRICE_HERE, "01", 3000);
    group("LUA.OM18", "91N", 13, "farmgate", "", 4000);
    assert_price(ask("LUA.OM18", "845", NULL), PRICE_REGION, "91N", 4000);
}

static void a_day_that_has_not_come_is_no_price(void **state)
{
    (void)state;
    group("LUA.OM18", "845", -1, "farmgate", "", 1000);
    assert_int_equal(ask("LUA.OM18", "845", NULL).match, PRICE_NONE);
}

/* price_newest is kept by what changed; price_newest_in looks at everything. */
static void the_newest_of_an_area_is_kept_through_all_changes(void **state)
{
    (void)state;
    pg_sql("SELECT setseed(0.5)");
    for (int round = 0; round < 12; round++) {
        pg_sql(
            "INSERT INTO price_groups (commodity, place, day, unit, basis, size, grade, state, rest, low, median, "
            "high, reports)"
            " SELECT (ARRAY['LUA.OM18', 'LUA.ST25'])[1 + n %% 2], p.code, province_today() - (random() * 6)::int, 'KG',"
            "        (ARRAY['farmgate', 'retail'])[1 + n %% 3 %% 2], (ARRAY['', '30'])[1 + (random() < 0.3)::int], '', "
            "'', 'r' || %d || '.' || n,"
            "        1, 2, 3, 1 + n %% 4"
            "   FROM (SELECT code, row_number() OVER (ORDER BY random()) AS n FROM places WHERE code ~ '^(84|86|91)') "
            "AS p"
            "  WHERE n <= 9 ON CONFLICT DO NOTHING;"
            "UPDATE price_groups SET day = day - 1 WHERE random() < 0.1;"
            "UPDATE price_groups SET reports = reports + 1, basis = 'wholesale' WHERE random() < 0.1;"
            "DELETE FROM price_groups WHERE day > province_today() - 2 AND random() < 0.6",
            round);
        assert_int_equal(
            pg_sql("WITH now AS (SELECT now.* FROM (SELECT DISTINCT g.commodity, a.area, s.size FROM price_groups g"
                   "  JOIN place_areas a USING (place) CROSS JOIN (VALUES (''), ('30')) AS s(size)) AS k"
                   "  CROSS JOIN LATERAL price_newest_in(k.commodity, k.area, k.size) AS now)"
                   "SELECT count(*) FROM now FULL JOIN price_newest n USING (commodity, area, size)"
                   " WHERE (n.day, n.place, n.steps, n.rank, n.reports) IS DISTINCT FROM"
                   "       (now.day, now.place, now.steps, now.rank, now.reports)"),
            0);
    }
    assert_true(pg_sql("SELECT count(*) FROM price_newest WHERE size = '30'") > 10);
}

static void a_kind_stands_in_for_its_whole_and_the_whole_for_a_kind(void **state)
{
    (void)state;
    group("LUA.OM18", "845", 2, "farmgate", "", 1000);
    group("LUA.ST25", "845", 2, "farmgate", "", 2000);
    group("LUA.ST25", "845", 3, "farmgate", "", 3000);
    struct found found = ask("LUA", "845", NULL);
    assert_price(found, PRICE_HERE, "845", 1000);
    assert_int_equal(found.n_groups, 2);
    assert_string_equal(found.groups[1].commodity, "LUA.ST25");
    assert_int_equal(found.groups[1].median, 2000);
    group("LUA", "845", 300, "farmgate", "", 4000);
    assert_price(ask("LUA", "845", NULL), PRICE_HERE, "845", 4000);
    assert_price(ask("LUA.OM5451", "845", NULL), PRICE_HERE, "845", 4000);
}

static void groups_are_of_one_place_and_day_farmers_first(void **state)
{
    (void)state;
    group("LUA.OM18", "845", 2, "retail", "", 9000);
    group("LUA.OM18", "845", 2, "trader_buy", "", 2000);
    group("LUA.OM18", "845", 2, "farmgate", "state=fresh", 1000);
    group("LUA.OM18", "845", 2, "farmgate", "state=fresh;organic", 1500);
    group("LUA.OM18", "845", 3, "farmgate", "state=dry", 3000);
    group("LUA.OM18", "847", 2, "farmgate", "state=dry", 3000);
    struct found found = ask("LUA.OM18", "845", NULL);
    assert_price(found, PRICE_HERE, "845", 1000);
    assert_int_equal(found.n_groups, 3);
    assert_string_equal(found.groups[0].state, "fresh");
    assert_int_equal(found.groups[0].low, 900);
    assert_int_equal(found.groups[0].high, 1100);
    assert_int_equal(found.groups[0].reports, 3);
    assert_string_equal(found.groups[1].basis, "trader_buy");
    assert_string_equal(found.groups[2].basis, "retail");
}

static void no_more_than_fit(void **state)
{
    (void)state;
    static const char *const sizes[] = {"size=20", "size=30", "size=40", "size=50", "size=60", "size=70"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        group("TOM.THE", "845", 1, "farmgate", sizes[i], 1000);
    assert_int_equal(ask("TOM.THE", "845", NULL).n_groups, PRICE_GROUPS_MAX);
}

static void an_asked_size_is_alone_or_nowhere(void **state)
{
    (void)state;
    group("TOM.THE", "845", 1, "farmgate", "size=50", 1000);
    group("TOM.THE", "845", 1, "farmgate", "size=100", 2000);
    group("TOM.THE", "91N", 40, "farmgate", "size=30", 3000);
    struct found found = ask("TOM.THE", "845", "100");
    assert_price(found, PRICE_HERE, "845", 2000);
    assert_int_equal(found.n_groups, 1);
    assert_price(ask("TOM.THE", "845", "30"), PRICE_REGION, "91N", 3000);
    assert_int_equal(ask("TOM.THE", "845", "7").n_groups, 2);
}

static void last_week_is_the_same_group(void **state)
{
    (void)state;
    group("LUA.OM18", "845", 1, "farmgate", "", 1000);
    group("LUA.OM18", "845", 11, "farmgate", "", 700);
    group("LUA.OM18", "845", 9, "farmgate", "", 800);
    group("LUA.OM18", "845", 8, "retail", "", 5000);
    assert_int_equal(ask("LUA.OM18", "845", NULL).groups[0].week_before, 800);
    pg_sql("DELETE FROM price_groups WHERE median = 800");
    assert_int_equal(ask("LUA.OM18", "845", NULL).groups[0].week_before, 700);
    pg_sql("UPDATE price_groups SET day = day - 1 WHERE median = 700");
    assert_int_equal(ask("LUA.OM18", "845", NULL).groups[0].week_before, 0);
}

static void who_names_no_place_is_at_home(void **state)
{
    (void)state;
    group("LUA.OM18", "84", 1, "farmgate", "", 1000);
    group("LUA.OM18", "847", 1, "farmgate", "", 2000);
    assert_price(ask("LUA.OM18", NULL, NULL), PRICE_HERE, "84", 1000);
    pg_sql("UPDATE people SET place = '847' WHERE msisdn = '84912000001'");
    assert_price(ask("LUA.OM18", NULL, NULL), PRICE_HERE, "847", 2000);
    pg_sql("DELETE FROM people");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_reported_anything),
        TEST(here_comes_before_near_and_near_before_the_region),
        TEST(what_lies_inside_is_here),
        TEST(older_than_14_days_the_newest_of_the_region_is_given),
        TEST(a_day_that_has_not_come_is_no_price),
        TEST(the_newest_of_an_area_is_kept_through_all_changes),
        TEST(a_kind_stands_in_for_its_whole_and_the_whole_for_a_kind),
        TEST(groups_are_of_one_place_and_day_farmers_first),
        TEST(no_more_than_fit),
        TEST(an_asked_size_is_alone_or_nowhere),
        TEST(last_week_is_the_same_group),
        TEST(who_names_no_place_is_at_home),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
