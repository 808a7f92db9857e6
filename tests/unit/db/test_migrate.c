/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include <string.h>

#include "db/migrate.h"
#include "db/retention.h"
#include "parsers/base/day.h"

static struct db *db;

static int open_owner(void **state)
{
    (void)state;
    db = pg_owner();
    return 0;
}

static int close_owner(void **state)
{
    (void)state;
    db_close(&db);
    return 0;
}

static void running_again_does_nothing(void **state)
{
    (void)state;
    size_t applied, known;
    int version;
    const struct migration *all = migrations(&known);
    assert_int_equal(migrate(db, &applied), DB_OK);
    assert_int_equal(applied, 0);
    assert_int_equal(migrate_version(db, &version), DB_OK);
    assert_int_equal(version, all[known - 1].version);
}

/* Two branches took numbers, and the higher one was there first. 9 does no harm twice. */
static void one_that_is_missing_below_the_newest_is_applied(void **state)
{
    (void)state;
    size_t applied, known;
    int version;
    const struct migration *all = migrations(&known);
    pg_sql("DELETE FROM schema_migrations WHERE version = 9");
    assert_int_equal(migrate_version(db, &version), DB_OK);
    assert_int_equal(version, 8);
    assert_int_equal(migrate(db, &applied), DB_OK);
    assert_int_equal(applied, 1);
    assert_int_equal(migrate_version(db, &version), DB_OK);
    assert_int_equal(version, all[known - 1].version);
}

static void an_edited_migration_is_noticed(void **state)
{
    (void)state;
    size_t applied;
    pg_sql("UPDATE schema_migrations SET sha256 = 'x' || sha256 WHERE version = 2");
    assert_int_equal(migrate(db, &applied), DB_REFUSED);
    assert_string_equal(db_error(db)->text, "migration 2 was edited after it had been applied");
    pg_sql("UPDATE schema_migrations SET sha256 = substr(sha256, 2) WHERE version = 2");
    assert_int_equal(migrate(db, &applied), DB_OK);
}

static void a_database_that_is_ahead_is_left_alone(void **state)
{
    (void)state;
    size_t applied;
    pg_sql("INSERT INTO schema_migrations (version, name, sha256) VALUES (999, 'later', '')");
    assert_int_equal(migrate(db, &applied), DB_REFUSED);
    assert_non_null(strstr(db_error(db)->text, "the database is at migration 999"));
    pg_sql("DELETE FROM schema_migrations WHERE version = 999");
}

static void an_empty_database_is_at_version_0(void **state)
{
    (void)state;
    int version = -1;
    pg_sql("ALTER TABLE schema_migrations RENAME TO hidden");
    assert_int_equal(migrate_version(db, &version), DB_OK);
    pg_sql("ALTER TABLE hidden RENAME TO schema_migrations");
    assert_int_equal(version, 0);
}

/* 2027-12-31 23:00 UTC is already January in the province; months are UTC's. */
static void months_are_made_over_the_years_end(void **state)
{
    (void)state;
    const int64_t at_us = ((int64_t)day_from_ymd(2027, 12, 31) * 24 + 23) * 3600 * 1000000;
    size_t made;
    int missing;
    assert_int_equal(partitions_missing(db, at_us, &missing), DB_OK);
    assert_int_equal(missing, 4);
    assert_int_equal(maintain_partitions(db, at_us, &made), DB_OK);
    assert_int_equal(made, 10);
    assert_int_equal(maintain_partitions(db, at_us, &made), DB_OK);
    assert_int_equal(made, 0);
    assert_int_equal(partitions_missing(db, at_us, &missing), DB_OK);
    assert_int_equal(missing, 0);
    assert_string_equal(
        pg_text("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'inbound_2028_03'"),
        "FOR VALUES FROM ('2028-03-01 00:00:00+00') TO ('2028-04-01 00:00:00+00')");
}

/* Two full months and the present one are kept, what somebody detached stays, and what was about to go when an earlier
 * call ended goes. */
static void old_months_are_dropped(void **state)
{
    (void)state;
    const int64_t at_us = (int64_t)day_from_ymd(2028, 3, 31) * 24 * 3600 * 1000000;
    size_t made, dropped;
    assert_int_equal(maintain_partitions(db, at_us, &made), DB_OK);
    pg_sql("SELECT make_month_partition(p, '2027-12-01') FROM unnest(ARRAY['inbound', 'outbox']) AS p");
    pg_sql("SELECT make_month_partition(p, '2028-01-01') FROM unnest(ARRAY['inbound', 'outbox']) AS p");
    pg_sql("ALTER TABLE outbox DETACH PARTITION outbox_2027_12");
    assert_int_equal(months_drop(db, at_us, 2, &dropped), DB_OK);
    assert_true(dropped > 0);
    static const char oldest[] =
        "SELECT string_agg(name, ' ') FROM (SELECT min(relname) AS name FROM pg_class WHERE relname "
        "~ '^(inbound|outbox)_[0-9]{4}_[0-9]{2}$' GROUP BY relname ~ '^in' ORDER BY 1) AS m";
    assert_string_equal(pg_text(oldest), "inbound_2028_01 outbox_2027_12");
    assert_int_equal(months_drop(db, at_us, 2, &dropped), DB_OK);
    assert_int_equal(dropped, 0);
    pg_sql("COMMENT ON TABLE outbox_2027_12 IS 'past its time'");
    assert_int_equal(months_drop(db, at_us, 2, &dropped), DB_OK);
    assert_int_equal(dropped, 1);
    assert_string_equal(pg_text(oldest), "inbound_2028_01 outbox_2028_01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(running_again_does_nothing, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(one_that_is_missing_below_the_newest_is_applied, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(an_edited_migration_is_noticed, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(a_database_that_is_ahead_is_left_alone, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(an_empty_database_is_at_version_0, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(months_are_made_over_the_years_end, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(old_months_are_dropped, open_owner, close_owner),
    };
    return cmocka_run_group_tests(tests, pg_setup, pg_teardown);
}
