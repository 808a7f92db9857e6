/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include <stdio.h>
#include <string.h>

#include "db/pg.h"

static void codes_have_their_class(void **state)
{
    (void)state;
    static const struct {
        const char *sqlstate;
        enum db_status status;
    } cases[] = {
        {"08006", DB_AWAY},    {"57P01", DB_AWAY},    {"57P03", DB_AWAY},    {"25006", DB_AWAY},
        {"40001", DB_BUSY},    {"40P01", DB_BUSY},    {"53100", DB_BUSY},    {"53300", DB_BUSY},
        {"58030", DB_BUSY},    {"XX000", DB_BUSY},    {"55P03", DB_BLOCKED}, {"57014", DB_BLOCKED},
        {"XX001", DB_REFUSED}, {"23505", DB_REFUSED}, {"22P02", DB_REFUSED}, {"42P01", DB_REFUSED},
        {"57000", DB_REFUSED}, {"", DB_REFUSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(pg_classify(cases[i].sqlstate, NULL), cases[i].status);
    assert_int_equal(pg_classify("23514", "outbox_coding_check"), DB_REFUSED);
    assert_int_equal(pg_classify("23514", NULL), DB_BUSY);
}

static void nobody_there_is_away(void **state)
{
    (void)state;
    struct db_error error;
    assert_null(db_open("host=/nowhere dbname=x", "test", DB_PLANS_ANEW, &error));
    assert_int_equal(error.status, DB_AWAY);
    assert_non_null(strstr(error.text, "/nowhere"));
}

static void a_password_is_seen_in_every_form(void **state)
{
    (void)state;
    static const char *const telling[] = {"host=h password=x", "postgresql://u:x@h/d", "postgres://h/d?password=x",
                                          "dbname=d sslpassword='x y'"};
    static const char *const silent[] = {"", "host=h user=u passfile=/password", "postgresql://u@h/password=x",
                                         "not a connection string", "postgresql://u@h:5432/d?passfile=/etc/p"};
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        assert_true(db_tells_password(telling[i]));
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        assert_false(db_tells_password(silent[i]));
}

static enum db_status ask_version(struct db *db, int64_t *version)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_LEXICON_VERSION, read_numbers, version);
    return pipe_end(db);
}

static void a_refused_statement_leaves_the_connection_usable(void **state)
{
    (void)state;
    struct db *db = pg_daemon();
    int64_t version = 0;
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_PEOPLE_LOCK, NULL, NULL, "not an array 84912345678");
    PIPE_PLAIN(db, Q_LEXICON_VERSION, read_numbers, &version);
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    assert_int_equal(pipe_end(db), DB_REFUSED);
    assert_string_equal(db_error(db)->sqlstate, "22P02");
    assert_null(strstr(db_error(db)->text, "849"));
    assert_int_equal(version, 0);
    pg_rollback(db);
    assert_int_equal(ask_version(db, &version), DB_OK);
    assert_true(version > 0);
    db_close(&db);
}

static void the_daemon_may_do_no_more_than_it_does(void **state)
{
    (void)state;
    static const char *const forbidden[] = {
        "CREATE TABLE mine (i int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE ROLE mine",
        "SET ROLE chonoi_owner",
        "DROP TABLE listings",
        "ALTER TABLE people ADD COLUMN mine int",
        "ALTER TABLE inbound DETACH PARTITION inbound_seen",
        "DROP INDEX inbound_person",
        "DELETE FROM people",
        "UPDATE consent SET granted = true",
        "UPDATE inbound SET text = ''",
        "UPDATE commodities SET name_vi = ''",
        "DELETE FROM price_reports",
        "SELECT make_month_partition('inbound', now()::timestamp)",
        "COPY people TO PROGRAM 'true'",
        "COPY people TO '/tmp/people'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
    };
    struct db *db = pg_daemon();
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        assert_int_equal(pg_script(db, forbidden[i]), DB_REFUSED);
        if (strcmp(db_error(db)->sqlstate, "42501") != 0)
            fail_msg("%s: %s", forbidden[i], db_error(db)->text);
    }
    db_close(&db);
}

/* Of all tables, those to come included: nobody grants the daemon more without saying so here. */
static void the_daemons_rights_are_these(void **state)
{
    (void)state;
    assert_string_equal(
        pg_text("SELECT t.relname || ': ' || string_agg(privilege, ' ' ORDER BY privilege)"
                "  FROM pg_class t, unnest(ARRAY['DELETE', 'INSERT', 'REFERENCES', 'TRIGGER', 'TRUNCATE',"
                "                                'UPDATE']) AS privilege"
                " WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p', 'v', 'm')"
                "   AND has_table_privilege('chonoi_smsd', t.oid, privilege)"
                " GROUP BY t.relname ORDER BY t.relname"),
        "alerts_told: DELETE INSERT UPDATE\n"
        "broadcast_recipients: INSERT UPDATE\n"
        "broadcast_texts: INSERT\n"
        "broadcasts: INSERT UPDATE\n"
        "bulletins: INSERT\n"
        "clearing_runs: UPDATE\n"
        "codes: INSERT UPDATE\n"
        "consent: INSERT\n"
        "consent_proofs: INSERT\n"
        "conversations: INSERT UPDATE\n"
        "dead_letter: DELETE INSERT\n"
        "deals: INSERT\n"
        "desk: INSERT UPDATE\n"
        "desk_answers: INSERT UPDATE\n"
        "desk_asked: INSERT\n"
        "erasures: INSERT\n"
        "inbound: INSERT\n"
        "inbound_seen: DELETE INSERT UPDATE\n"
        "listing_deals: INSERT\n"
        "listing_events: INSERT\n"
        "listing_lists: INSERT UPDATE\n"
        "listings: INSERT UPDATE\n"
        "match_feed: UPDATE\n"
        "match_pages: INSERT UPDATE\n"
        "outbox: INSERT UPDATE\n"
        "people: INSERT UPDATE\n"
        "person_crops: DELETE INSERT\n"
        "price_feed: UPDATE\n"
        "price_groups: DELETE INSERT UPDATE\n"
        "price_reports: INSERT UPDATE\n"
        "relays: INSERT UPDATE\n"
        "relays_sent: INSERT\n"
        "subscriptions: DELETE INSERT\n"
        "supply: DELETE INSERT\n"
        "supply_counted: INSERT UPDATE\n"
        "ussd_sessions: DELETE INSERT UPDATE");
    assert_int_equal(pg_sql("SELECT count(*) FROM pg_class WHERE relowner = 'chonoi_smsd'::regrole"), 0);
    assert_int_equal(
        pg_sql("SELECT count(*) FROM pg_roles WHERE rolname ~ '^chonoi_' AND (rolsuper OR rolcreaterole OR "
               "rolcreatedb OR rolreplication OR rolbypassrls)"),
        0);
}

static void a_lost_connection_is_away_until_it_is_made_again(void **state)
{
    (void)state;
    struct db *db = pg_daemon();
    int64_t version;
    assert_int_equal(ask_version(db, &version), DB_OK);
    pg_sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'chonoi_smsd'");
    assert_int_equal(ask_version(db, &version), DB_AWAY);
    assert_false(db_is_up(db));
    assert_int_equal(ask_version(db, &version), DB_AWAY);
    assert_int_equal(db_reconnect(db), DB_OK);
    assert_true(db_is_up(db));
    assert_int_equal(ask_version(db, &version), DB_OK);
    db_close(&db);
}

/* What somebody set for the role or in the connection string holds; the rest is ours. */
static void the_sessions_times_can_be_set_from_outside(void **state)
{
    (void)state;
    static const char *const role[] = {"SET lock_timeout = '700ms'", "RESET lock_timeout"};
    static const char *const times[] = {"700ms", "3s"};
    for (size_t i = 0; i < sizeof role / sizeof *role; i++) {
        pg_sql("ALTER ROLE chonoi_smsd %s", role[i]);
        struct db *db = pg_daemon();
        char statement[200];
        snprintf(statement, sizeof statement,
                 "SELECT 1 / (current_setting('lock_timeout') = '%s' AND "
                 "current_setting('statement_timeout') = '30s' AND current_setting('TimeZone') = 'UTC')::int",
                 times[i]);
        assert_int_equal(pg_script(db, statement), DB_OK);
        db_close(&db);
    }
}

static void a_forgotten_statement_is_prepared_in_a_new_session(void **state)
{
    (void)state;
    struct db *db = pg_daemon();
    int64_t version;
    assert_int_equal(ask_version(db, &version), DB_OK);
    assert_int_equal(pg_script(db, "DEALLOCATE ALL"), DB_OK);
    assert_int_equal(ask_version(db, &version), DB_AWAY);
    assert_string_equal(db_error(db)->sqlstate, "26000");
    assert_false(db_is_up(db));
    assert_int_equal(db_reconnect(db), DB_OK);
    assert_int_equal(ask_version(db, &version), DB_OK);
    db_close(&db);
}

static void what_an_abandoned_pipe_left_is_never_read_by_another(void **state)
{
    (void)state;
    struct db *db = pg_daemon();
    int64_t version = 0;
    pipe_begin(db);
    PIPE_PLAIN(db, Q_LEXICON_VERSION, NULL, NULL);
    assert_int_equal(ask_version(db, &version), DB_AWAY);
    assert_false(db_is_up(db));
    assert_int_equal(ask_version(db, &version), DB_AWAY);
    assert_int_equal(db_reconnect(db), DB_OK);
    assert_int_equal(ask_version(db, &version), DB_OK);
    assert_true(version > 0);
    db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_have_their_class),
        cmocka_unit_test(nobody_there_is_away),
        cmocka_unit_test(a_password_is_seen_in_every_form),
        cmocka_unit_test(a_refused_statement_leaves_the_connection_usable),
        cmocka_unit_test(the_daemon_may_do_no_more_than_it_does),
        cmocka_unit_test(the_daemons_rights_are_these),
        cmocka_unit_test(a_lost_connection_is_away_until_it_is_made_again),
        cmocka_unit_test(the_sessions_times_can_be_set_from_outside),
        cmocka_unit_test(a_forgotten_statement_is_prepared_in_a_new_session),
        cmocka_unit_test(what_an_abandoned_pipe_left_is_never_read_by_another),
    };
    return cmocka_run_group_tests(tests, pg_setup, pg_teardown);
}
