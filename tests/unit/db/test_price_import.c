/* SPDX-License-Identifier: Apache-2.0
 *
 * Bulletins (db/price_import.h): what is new, what changes, and that the same again does nothing.
 */
#include "tests/unit/db/pg_fixture.h"

#include "db/pg.h"
#include "db/price_import.h"

static struct db *db;
static struct arena *arena;
static day_t today;

static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE price_groups, price_reports CASCADE");
    today = day_of_moment(pg_now_us());
    db = pg_owner();
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

static struct price_report line(const char *commodity, const char *place, int64_t low, int64_t high)
{
    return (struct price_report){.kind = PRICE_KIND_BULLETIN,
                                 .day = today,
                                 .commodity = commodity,
                                 .place = place,
                                 .unit = "KG",
                                 .basis = "farmgate",
                                 .size = "",
                                 .grade = "",
                                 .state = "fresh",
                                 .rest = "",
                                 .low = low,
                                 .price = (low + high) / 2,
                                 .high = high,
                                 .quarantine = "",
                                 .source = "So NN"};
}

static struct price_import import(const struct price_report *rows, size_t n, bool dry)
{
    struct price_import result;
    if (price_import(db, arena, rows, n, dry, &result) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    return result;
}

static void assert_lines(struct price_import result, size_t added, size_t changed, size_t unchanged, size_t changes)
{
    assert_int_equal(result.added, added);
    assert_int_equal(result.changed, changed);
    assert_int_equal(result.unchanged, unchanged);
    assert_int_equal(result.n_changes, changes);
}

static void the_same_again_does_nothing(void **state)
{
    (void)state;
    const struct price_report rows[] = {line("LUA.OM18", "845", 8200, 8400), line("LUA.ST25", "845", 9000, 9200)};
    assert_lines(import(rows, 2, false), 2, 0, 0, 2);
    int64_t version = pg_sql("SELECT version FROM price_version");
    assert_lines(import(rows, 2, false), 0, 0, 2, 0);
    assert_int_equal(pg_sql("SELECT version FROM price_version"), version);
    assert_string_equal(pg_text("SELECT format('%%s %%s-%%s-%%s (%%s)', commodity, low, median, high, reports)"
                                "  FROM price_groups ORDER BY commodity"),
                        "LUA.OM18 8200-8300-8400 (1)\nLUA.ST25 9000-9100-9200 (1)");
}

static void another_price_takes_the_place_of_the_old_one(void **state)
{
    (void)state;
    struct price_report row = line("LUA.OM18", "845", 8200, 8400);
    import(&row, 1, false);
    row = line("LUA.OM18", "845", 8000, 8200);
    struct price_import result = import(&row, 1, false);
    assert_lines(result, 0, 1, 0, 1);
    assert_string_equal(result.changes[0].commodity, "LUA.OM18");
    assert_string_equal(result.changes[0].attrs, "state=fresh");
    assert_int_equal(result.changes[0].before.median, 8300);
    assert_int_equal(result.changes[0].after.median, 8100);
    row.source = "another";
    assert_lines(import(&row, 1, false), 1, 0, 0, 1);
    assert_int_equal(pg_sql("SELECT reports FROM price_groups"), 2);
}

static void a_dry_run_says_the_same_and_writes_nothing(void **state)
{
    (void)state;
    struct price_report row = line("LUA.OM18", "845", 8200, 8400);
    import(&row, 1, false);
    int64_t version = pg_sql("SELECT version FROM price_version");
    const struct price_report rows[] = {line("LUA.OM18", "845", 8000, 8200), line("LUA.OM18", "847", 8000, 8200)};
    struct price_import result = import(rows, 2, true);
    assert_lines(result, 1, 1, 0, 2);
    assert_int_equal(result.changes[0].before.reports, 1);
    assert_int_equal(result.changes[1].before.reports, 0);
    assert_int_equal(pg_sql("SELECT version FROM price_version"), version);
    assert_string_equal(pg_text("SELECT median FROM price_groups"), "8300");
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports"), 1);
}

static void what_fails_leaves_nothing(void **state)
{
    (void)state;
    struct price_import result;
    const struct price_report rows[] = {line("LUA.OM18", "845", 8200, 8400), line("NO.SUCH", "845", 8200, 8400)};
    assert_int_equal(price_import(db, arena, rows, 2, false, &result), DB_REFUSED);
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports"), 0);
    assert_int_equal(import(rows, 1, false).added, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_again_does_nothing),
        TEST(another_price_takes_the_place_of_the_old_one),
        TEST(a_dry_run_says_the_same_and_writes_nothing),
        TEST(what_fails_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
