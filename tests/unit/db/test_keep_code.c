/* SPDX-License-Identifier: Apache-2.0
 *
 * The triggers keep_code and person_goes, which stand in for foreign keys of listings and conversations.
 */
#include "tests/unit/db/pg_fixture.h"

/* An offer of OM18 at 845. */
static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE people, listings, conversations CASCADE");
    pg_sql("INSERT INTO people (id, msisdn) OVERRIDING SYSTEM VALUE VALUES (1, '84912000001')");
    pg_sql("INSERT INTO listings (id, code, person_id, side, commodity, base_unit, entered_quantity, entered_unit,"
           " place, until, inbound_id, text_hash, created_at)"
           " VALUES (1, 'b7k2', 1, 's', 'LUA.OM18', 'KG', 2, 'TAN', '845', current_date, 1, 1, now())");
    return 0;
}

static void assert_forbidden(const char *change)
{
    assert_string_equal(pg_text("DO $$ BEGIN %s; RAISE 'changed'; EXCEPTION WHEN foreign_key_violation THEN END $$;"
                                " SELECT 'kept'",
                                change),
                        "kept");
}

static void goods_and_places_that_listings_name_stay(void **state)
{
    (void)state;
    assert_forbidden("DELETE FROM commodities WHERE code = 'LUA.OM18'");
    assert_forbidden("DELETE FROM places WHERE code = '845'");
    assert_forbidden("UPDATE commodities SET code = 'other' WHERE code = 'LUA.OM18'");
    assert_forbidden("UPDATE places SET code = 'other' WHERE code = '845'");
}

static void all_else_of_them_may_change(void **state)
{
    (void)state;
    pg_sql("UPDATE places SET code = code, notes = 'c' WHERE code = '845'");
    assert_int_equal(pg_sql("SELECT count(*) FROM places WHERE code = '845' AND notes = 'c'"), 1);
}

static void others_are_free(void **state)
{
    (void)state;
    pg_sql("INSERT INTO places (code, level, name_vi) VALUES ('new', 'market', 'a')");
    pg_sql("UPDATE places SET code = 'newer', name_vi = 'b' WHERE code = 'new'");
    assert_int_equal(pg_sql("SELECT count(*) FROM places WHERE code = 'newer' AND name_vi = 'b'"), 1);
    pg_sql("DELETE FROM places WHERE code = 'newer'");
    assert_int_equal(pg_sql("SELECT count(*) FROM places WHERE code = 'newer'"), 0);
}

static void people_go_with_their_conversation_but_not_from_their_listings(void **state)
{
    (void)state;
    pg_sql("INSERT INTO people (id, msisdn) OVERRIDING SYSTEM VALUE VALUES (2, '84912000002')");
    pg_sql("INSERT INTO conversations (person_id, last_at, hour_at) VALUES (1, now(), now()), (2, now(), now())");
    assert_forbidden("DELETE FROM people WHERE id = 1");
    pg_sql("DELETE FROM people WHERE id = 2");
    assert_string_equal(pg_text("SELECT person_id FROM conversations"), "1");
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(goods_and_places_that_listings_name_stay),
        TEST(all_else_of_them_may_change),
        TEST(others_are_free),
        TEST(people_go_with_their_conversation_but_not_from_their_listings),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
