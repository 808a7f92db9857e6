/* SPDX-License-Identifier: Apache-2.0
 *
 * That no table holds anything of a person which erasing forgets, those to come included. What erasing does after a
 * whole life is in tests/unit/smsd/worker/test_erase.c.
 */
#include "db/erase.h"

#include <string.h>

#include "db/pg.h"
#include "tests/unit/db/pg_fixture.h"

/* Rows that name a person go with the person, lose the name, or have their statement in erase.sql. */
static void every_row_goes_with_its_person(void **state)
{
    (void)state;
    assert_string_equal(pg_text("SELECT conrelid::regclass FROM pg_constraint"
                                " WHERE contype = 'f' AND confdeltype NOT IN ('c', 'n')"
                                "   AND confrelid IN ('people'::regclass, 'listings'::regclass, 'desk'::regclass,"
                                "                     'officers'::regclass)"
                                " ORDER BY 1"),
                        "");
}

/* Columns that name a person or a number without a foreign key. */
static void every_column_without_a_key_is_known(void **state)
{
    (void)state;
    assert_string_equal(
        pg_text("SELECT DISTINCT c.relname || '.' || a.attname"
                "  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
                "   AND a.attname ~ 'person|msisdn|number|officer|owner|sender_id|phone|stopped_by|^(seller|buyer|asker|actor)$' AND a.attnum > 0"
                "   AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = a.attrelid"
                "                      AND a.attnum = ANY (f.conkey))"
                " ORDER BY 1"),
        "broadcast_recipients.person_id\n" /* erase_recipients */
        "conversations.person_id\n" /* goes by the trigger person_goes */
        "dead_letter.msisdn\n"
        "dead_letter.person_id\n"
        "do_not_call.msisdn\n" /* the authority's register: it is not ours to change */
        "erasures.msisdn\n"
        "inbound.person_id\n"
        "inbound_seen.msisdn\n"
        "listing_events.person_id\n" /* the mere number of a row that is gone */
        "listings.person_id\n"
        "outbox.person_id\n"
        "people.msisdn\n"
        "relays.stopped_by"); /* one of the two with whom the row goes */
}

/* And what belongs to a person is also handed out. */
static void every_table_of_a_person_is_exported(void **state)
{
    (void)state;
    const char *sql = query_texts[Q_PERSON_EXPORT].sql;
    char tables[4096], *rest = tables;
    snprintf(tables, sizeof tables, "%s",
             pg_text("SELECT DISTINCT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                     " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
                     "   AND NOT c.relispartition AND a.attname IN ('person_id', 'msisdn') AND a.attnum > 0"
                     "   AND c.relname NOT IN ('erasures')"
                     " ORDER BY 1"));
    for (char *table = strtok_r(rest, "\n", &rest); table; table = strtok_r(NULL, "\n", &rest))
        if (!strstr(sql, table))
            fail_msg("%s is not exported: person_export in db/queries/erase.sql", table);
}

static void a_number_is_found_however_it_is_written(void **state)
{
    (void)state;
    static const char *const written[] = {"84912345678",  "+84912345678",   "0912345678",    "0912 345 678",
                                          "0912.345.678", "84 912-345-678", "LH:0912345678,"};
    static const char *const others[] = {"0912345679", "912345678", "8500", "091234567"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        assert_int_equal(pg_sql("SELECT ('%s' ~ number_pattern('84912345678'))::int", written[i]), 1);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(pg_sql("SELECT ('%s' ~ number_pattern('84912345678'))::int", others[i]), 0);
}

static void who_is_not_known_is_neither_exported_nor_erased(void **state)
{
    (void)state;
    struct db *owner = pg_owner();
    struct arena *arena = arena_new(1024);
    const char *json;
    bool found;
    size_t erased;
    assert_int_equal(person_export(owner, arena, "84911111111", &json), DB_OK);
    assert_null(json);
    assert_int_equal(erase_begin(owner, "84911111111", "00", "k", pg_now_us(), &found), DB_OK);
    assert_false(found);
    assert_int_equal(erase_finish(owner, &erased), DB_OK);
    assert_int_equal(erased, 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM consent_proofs"), 0);
    arena_free(&arena);
    db_close(&owner);
}

static void what_is_exported_is_what_is_stored(void **state)
{
    (void)state;
    struct db *owner = pg_owner();
    struct arena *arena = arena_new(1024);
    const char *json;
    pg_sql("INSERT INTO people (msisdn, place) VALUES ('84912345678', '845')");
    pg_sql("INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)"
           " SELECT id, 'alerts', true, '1', 7, now() FROM people");
    pg_sql("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)"
           " SELECT 8, now(), id, 'reply', 'sent', '8055', 'Gia o day 8.200', 0, 1, now() FROM people");
    assert_int_equal(person_export(owner, arena, "84912345678", &json), DB_OK);
    assert_non_null(strstr(json, "\"84912345678\""));
    assert_non_null(strstr(json, "Gia o day 8.200"));
    assert_non_null(strstr(json, "\"alerts\""));
    bool found;
    size_t erased;
    assert_int_equal(erase_begin(owner, "84912345678", "00", "k", pg_now_us(), &found), DB_OK);
    assert_true(found);
    assert_int_equal(erase_finish(owner, &erased), DB_OK);
    assert_int_equal(erased, 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM people"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM consent_proofs WHERE digest = '\\x00' AND key_id = 'k'"), 2);
    arena_free(&arena);
    db_close(&owner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_goes_with_its_person),
        cmocka_unit_test(every_column_without_a_key_is_known),
        cmocka_unit_test(every_table_of_a_person_is_exported),
        cmocka_unit_test(a_number_is_found_however_it_is_written),
        cmocka_unit_test(who_is_not_known_is_neither_exported_nor_erased),
        cmocka_unit_test(what_is_exported_is_what_is_stored),
    };
    return cmocka_run_group_tests(tests, pg_setup, pg_teardown);
}
