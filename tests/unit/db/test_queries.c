/* SPDX-License-Identifier: Apache-2.0
 *
 * Every named statement is prepared on a real server, and the ones that texts and clock jobs wait for are explained on
 * large tables: they must look up what they want by the first key of an index, and every index must be of use to one.
 */
#include "tests/unit/db/pg_fixture.h"

#include <stdio.h>
#include <string.h>

#include "db/pg.h"

static void every_statement_can_be_prepared(void **state)
{
    (void)state;
    for (int i = 0; i < QUERY_COUNT; i++) {
        const char *sql = query_texts[i].sql;
        if (strncmp(sql, "SELECT", 6) && strncmp(sql, "WITH", 4) && strncmp(sql, "INSERT", 6) &&
            strncmp(sql, "UPDATE", 6) && strncmp(sql, "DELETE", 6))
            continue; /* SQL's PREPARE takes no BEGIN, COMMIT or CREATE; the other tests run those */
        pg_sql("DEALLOCATE ALL");
        pg_sql("PREPARE q AS %s", sql);
    }
}

static void fill_large_tables(void)
{
    pg_sql("SET session_replication_role = replica"); /* foreign keys unchecked: the rows are right, and many */
    pg_sql("CREATE TEMP TABLE goods AS SELECT row_number() OVER (ORDER BY code) - 1 AS i, code FROM commodities");
    pg_sql("CREATE TEMP TABLE spots AS SELECT row_number() OVER (ORDER BY code) - 1 AS i, code FROM places");
    pg_sql("INSERT INTO people (msisdn, place) SELECT 84900000000 + n, '845' FROM generate_series(1, 50000) n");
    pg_sql("INSERT INTO conversations (person_id, last_at, hour_at) SELECT id, now(), now() FROM people");
    pg_sql("INSERT INTO codes SELECT id, '\\x00', 'erase', '{}', now(), 0, 0, now() FROM people");
    pg_sql("INSERT INTO ussd_sessions SELECT id, 'smsc', '12', 'open', '{}', now() FROM people");
    pg_sql("INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)"
           " SELECT id, 'alerts', true, '1', id, now() FROM people");
    pg_sql("INSERT INTO consent_proofs (digest, key_id, kind, granted, text_version, at)"
           " SELECT sha256(msisdn::bytea), '', 'erased', true, '', now() FROM people");
    pg_sql("INSERT INTO listings (id, code, person_id, side, state, commodity, quantity, base_unit, entered_quantity,"
           "  entered_unit, place, province, near, until, inbound_id, text_hash, created_at)"
           " SELECT n, 'C' || n, (SELECT min(id) FROM people) + n %% 50000, CASE n %% 2 WHEN 0 THEN 's' ELSE 'b' END,"
           "  CASE WHEN n %% 10 = 0 THEN 'open' ELSE 'expired' END,"
           "  goods.code, 1, 'KG', 1, 'KG',"
           "  spots.code, '86N', spots.code, current_date + 10, n, n, now()"
           " FROM generate_series(1, 100000) n JOIN goods ON goods.i = n %% 170 JOIN spots ON spots.i = n %% 275");
    pg_sql(
        "INSERT INTO subscriptions SELECT id, goods.code, '845', '1', 1, now() FROM people JOIN goods ON goods.i < 4");
    pg_sql(
        "INSERT INTO bulletins (kind, area, body, valid_from, valid_until, published_by) SELECT 'weather', spots.code,"
        " 'b', current_date, current_date, 't' FROM spots, generate_series(1, 100)");
    pg_sql("INSERT INTO supply SELECT goods.code, spots.code, 'KG', 1, 1, '{}', '{}', '{}' FROM goods, spots");
    pg_sql("INSERT INTO person_crops SELECT id, goods.code FROM people JOIN goods ON goods.i < 2");
    pg_sql("INSERT INTO alerts_told SELECT id, 'k' || n, now() FROM people, generate_series(1, 4) n");
    pg_sql("INSERT INTO listing_deals (listing_id, quantity, unit, inbound_id, at)"
           " SELECT n, 1, 'KG', n, now() FROM generate_series(1, 50000) n");
    pg_sql("INSERT INTO listing_lists SELECT id, ARRAY[id], now() FROM people");
    pg_sql("INSERT INTO inbound (id, received_at, kannel_id, person_id, short_code, channel, text, intent, outcome,"
           "  answered_at) SELECT n, now() - (n %% 20) * interval '1 minute', 'k' || n, n, '8055', 'sms', 't', 'sell',"
           "  'sure', now() FROM generate_series(1, 100000) n");
    pg_sql("INSERT INTO inbound_seen (msisdn, kannel_id, received_at, answer_id, answer_created_at)"
           " SELECT 84900000000 + n, 'k' || n, now(), n, now() FROM generate_series(1, 100000) n");
    pg_sql(
        "INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)"
        " SELECT n, now(), (SELECT min(id) FROM people) + n %% 50000, 'reply',"
        "  CASE WHEN n %% 1000 = 0 THEN 'queued' WHEN n %% 1000 = 1 THEN 'sending' ELSE 'sent' END, '8055', 'b', 0, 1,"
        "  now() FROM generate_series(1, 100000) n");
    pg_sql(
        "INSERT INTO price_groups SELECT c.code, current_date - n / 4, p.code, 'KG', 'farmgate', '', '', '', 'r' || n,"
        "  1, 1, 1, 1 FROM goods c CROSS JOIN generate_series(1, 600) n JOIN spots p ON p.i = n %% 200");
    pg_sql("INSERT INTO price_reports (day, commodity, place, price, unit, basis, kind)"
           " SELECT current_date - n / 16, goods.code, '84',"
           "  1000 + n, 'KG', 'farmgate', 'officer' FROM generate_series(1, 20000) n JOIN goods ON goods.i = n %% 170");
    pg_sql(
        "INSERT INTO deals (code, sell_id, buy_id, seller, buyer, quantity, base_unit, price, price_unit, sell_price,"
        "  buy_price, state, proposed_at, until, closed_at)"
        " SELECT 'D' || n, 2 * n, 2 * n + 1, p.id + n, p.id + n + 1, 1, 'KG', 1, 'KG', n, n, s.state, now(), now(),"
        "  CASE WHEN s.state <> 'proposed' THEN now() END"
        " FROM generate_series(1, 40000) n, (SELECT min(id) AS id FROM people) p,"
        "  LATERAL (SELECT CASE WHEN n %% 4 = 0 THEN 'proposed' ELSE 'expired' END AS state) s");
    pg_sql("INSERT INTO desk (person_id, inbound_id, reason, state, created_at)"
           " SELECT (SELECT min(id) FROM people) + n %% 50000, n, 'question',"
           "  CASE WHEN n %% 1000 = 0 THEN 'open' ELSE 'answered' END, now() FROM generate_series(1, 100000) n");
    pg_sql("INSERT INTO desk_answers (desk_id, words, at, told_at) SELECT id, 'w', now(), now() FROM desk");
    pg_sql("INSERT INTO broadcasts (id, state, source, area, commodity, role, words, people, segments, created_at, "
           "expires_at)"
           " VALUES (1, 'running', 'ctl', '', '', '', 'w', 1, 1, now(), now())");
    pg_sql("INSERT INTO broadcast_recipients (broadcast_id, person_id, due_at, outbox_id)"
           " SELECT 1, id, now(), CASE WHEN id %% 2 = 0 THEN id END FROM people");
    pg_sql("ANALYZE");
}

/* ---- the plans ---- */

/* Tables that grow without end; of those by month the present one, as the others are empty here. */
static const char *const big[] = {"alerts_told",   "broadcast_recipients",
                                  "bulletins",     "codes",
                                  "consent",       "consent_proofs",
                                  "conversations", "deals",
                                  "desk",          "desk_answers",
                                  "inbound_%s",    "inbound_seen",
                                  "listing_deals", "listing_lists",
                                  "listings",      "outbox_%s",
                                  "people",        "person_crops",
                                  "price_groups",  "price_reports",
                                  "subscriptions", "supply",
                                  "ussd_sessions"};

#define WAITING "of what waits only, which is what is asked for"

/* Indexes that a statement may read from end to end, and why that is no harm. */
static const struct excuse {
    enum query query;
    const char *index, *why;
} excuses[] = {
    {Q_ERASE_BEGIN, "desk_open", WAITING},
    {Q_ERASE_BEGIN, "outbox_%s_priority_next_at_idx", WAITING},
    {Q_OUTBOX_CLAIM, "outbox_%s_priority_next_at_idx", "in its order, so many of them as there is room for"},
    {Q_OUTBOX_BACKLOG, "outbox_%s_priority_next_at_idx", WAITING},
    {Q_OUTBOX_BACKLOG, "outbox_%s_next_at_idx", WAITING},
    {Q_CLEARING_OVER, "deals_buy", WAITING},
    {Q_CLEARING_OVER, "deals_sell", WAITING},
    {Q_CLEARING_OVER, "deals_due", WAITING},
    {Q_CLEARING_FREE, "deals_due", WAITING},
    {Q_BROADCASTS_END, "broadcast_recipients_waiting", WAITING},
    {Q_BROADCASTS_END, "outbox_%s_broadcast_id_idx", "of broadcasts only"},
    {Q_PRICE_REPORTS_WAITING, "price_reports_waiting", WAITING},
    {Q_PRICE_REPORTS_JUDGE, "price_reports_waiting", WAITING},
    {Q_PRICE_REPORTS_MARK, "price_reports_waiting", WAITING},
    {Q_DESK_ASSIGN, "desk_open", WAITING},
    {Q_DESK_ASSIGN, "desk_due", WAITING},
    {Q_DESK_BACKLOG, "desk_open", WAITING},
    {Q_DESK_TELL, "desk_answers_untold", WAITING},
    {Q_DESK_JUDGED, "desk_answers_untold", WAITING},
    {Q_DESK_JUDGED, "desk_price", "of prices in quarantine only"},
    {Q_DESK_TAKE_PRICES, "desk_price", "of prices in quarantine only"},
    {Q_DESK_TAKE_PRICES, "price_reports_quarantine", WAITING},
};

/* Indexes that no statement below goes by, and what they are for. */
static const struct elsewhere {
    const char *index, *what;
} elsewhere[] = {
    {"alerts_told_age", "what is forgotten after some time"},
    {"inbound_seen_age", "what is forgotten after some time"},
    {"desk_answers_item", "answers that go with their item, or are shown with it"},
    {"desk_answers_officer", "what a person leaves who is erased"},
    {"desk_person", "what a person leaves who is erased"},
    {"price_reports_person", "what a person leaves who is erased"},
    {"desk_due", "desk_assign, where more is open than here: then the other index is the larger"},
    {"broadcast_recipients_dropped", "what became of a broadcast"},
    {"outbox_%s_broadcast_id_idx", "what became of a broadcast"},
    {"subscriptions_goods", "whom a broadcast goes to"},
};

static bool large; /* are they by now? */

static void watch_plans(void)
{
    pg_sql("CREATE FUNCTION pg_temp.scans(statement text) RETURNS TABLE (rel text, index text, cond text)"
           " LANGUAGE plpgsql AS $$ DECLARE plan jsonb; BEGIN"
           "  EXECUTE 'EXPLAIN (FORMAT JSON) ' || statement INTO plan;"
           "  RETURN QUERY SELECT n ->> 'Relation Name', n ->> 'Index Name', n ->> 'Index Cond'"
           "    FROM jsonb_path_query(plan, 'strict $.** ? (exists (@.\"Node Type\"))') AS n"
           "   WHERE n ? 'Index Name' OR n ->> 'Node Type' = 'Seq Scan'; END $$");
    pg_sql("CREATE TEMP TABLE big (rel text); CREATE TEMP TABLE excuses (query text, index text, why text);"
           "CREATE TEMP TABLE elsewhere (index text, what text); CREATE TEMP TABLE used (query text, index text);"
           "CREATE TEMP TABLE scans (rel text, index text, cond text, key text)");
    char month[8];
    snprintf(month, sizeof month, "%s", pg_text("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')"));
    for (size_t i = 0; i < sizeof big / sizeof *big; i++)
        pg_sql("INSERT INTO big VALUES (replace('%s', '%%s', '%s'))", big[i], month);
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        pg_sql("INSERT INTO elsewhere VALUES (replace('%s', '%%s', '%s'), '%s')", elsewhere[i].index, month,
               elsewhere[i].what);
    for (size_t i = 0; i < sizeof excuses / sizeof *excuses; i++)
        pg_sql("INSERT INTO excuses VALUES ('%s', replace('%s', '%%s', '%s'), '%s')",
               query_texts[excuses[i].query].name, excuses[i].index, month, excuses[i].why);
}

/* The plan that holds for any parameters, which is what a long-lived connection ends up with: whatever it reads of a
 * large table it looks up by the first key of an index. While the table is empty, any index will do. */
static void assert_indexed(enum query query, const char *parameters)
{
    const char *name = query_texts[query].name;
    pg_sql("DEALLOCATE ALL");
    pg_sql("PREPARE q AS %s", query_texts[query].sql);
    pg_sql("TRUNCATE scans; INSERT INTO scans SELECT s.*, pg_get_indexdef(to_regclass(s.index), 1, true)"
           " FROM pg_temp.scans($$EXECUTE q%s$$) AS s JOIN big USING (rel);"
           "INSERT INTO used SELECT '%s', index FROM scans WHERE index IS NOT NULL",
           parameters, name);
    const char *broken =
        pg_text("SELECT format('%%s by %%s: %%s', rel, coalesce(index, 'none'), coalesce(cond, 'all of it'))"
                "  FROM scans WHERE (cond ~ ('\\m' || key || '\\M')) IS NOT TRUE AND (index IS NULL OR %s)"
                "   AND NOT EXISTS (SELECT FROM excuses e WHERE e.query = '%s' AND e.index = scans.index)",
                large ? "true" : "false", name);
    if (*broken)
        fail_msg("%s: %s", name, broken);
}

static void assert_all_indexed(void)
{
    assert_indexed(Q_PEOPLE_ADD, "('{84900000001}')");
    assert_indexed(Q_PEOPLE_LOCK, "('{84900000001}')");
    assert_indexed(Q_PEOPLE_READ, "('{84900000001}')");
    assert_indexed(Q_PEOPLE_CHANGE, "('{1}', '{vi}', '{t}', '{845}', '{f}', '{f}', 0, '{f}', '{f}')");
    assert_indexed(Q_CODES_FIND, "('{0}', '{84900000001}')");
    assert_indexed(Q_USSD_SESSIONS_READ, "('{0}', '{84900000001}', 8)");
    assert_indexed(Q_USSD_SESSIONS_PUT, "('{1}', '{smsc}', '{12}', '{\"{}\"}', '{open}', 0)");
    assert_indexed(Q_USUAL_FIND, "('{0}', '{84900000001}', '{845}', 20)");
    assert_indexed(Q_OWN_DATA, "('{0}', '{84900000001}')");
    assert_indexed(Q_NEWCOMERS_SUPPRESS, "('{1}', '{00}', 0)");
    assert_indexed(Q_ERASE_BEGIN, "('{1}', '{00}', '{k}', 0)");
    assert_indexed(Q_INBOUND_SEEN_READ, "('{84900000001}', '{k1}')");
    assert_indexed(Q_INBOUND_SEEN_ANSWERS, "('{1}', '{1}', '{0}')");
    assert_indexed(Q_PRICES_NEAR, "('{0}', '{LUA}', '{845}', '{\"\"}')");
    assert_indexed(Q_LISTINGS_LOTS, "('{0}', '{LUA}', '{845}', '{b}', '{64}')");
    assert_indexed(Q_LISTINGS_FIND, "('{0}', '{84900000001}', '{C1}', '{1}')");
    assert_indexed(Q_LISTINGS_EXPIRE, "(0, 1000, 0)");
    assert_indexed(Q_LISTINGS_ENDING, "(20000, 'ending', 200)");
    assert_indexed(Q_DEALS_LOCK, "('{84900000001}', '{84900000001}')");
    assert_indexed(Q_DEALS_FIND, "('{0}', '{84900000001}', '{D1}')");
    assert_indexed(Q_DEALS_ANSWER, "('{1}', '{1}', '{accept}', '{1}', 0)");
    assert_indexed(Q_CLEARING_TREES, "('2026-11-22')");
    assert_indexed(Q_CLEARING_ORDERS, "('LUA', 's', '2026-11-22', 100, 3, 3, 0, 0)");
    assert_indexed(Q_CLEARING_BARRED, "('{1}')");
    assert_indexed(Q_CLEARING_LOCK, "('{1}')");
    assert_indexed(Q_CLEARING_PROPOSE, "('{D1}', '{1}', '{2}', '{1}', '{1}', '{KG}', '{1}', '{1}', 0, 0)");
    assert_indexed(Q_CLEARING_OVER, "(0, 100)");
    assert_indexed(Q_CLEARING_FREE, "('{1}', 0)");
    assert_indexed(Q_CLEARING_PARTIES, "('{1}')");
    assert_indexed(Q_OWN_LISTINGS_LOCK, "('{84900000001}', '{C1}')");
    assert_indexed(Q_OWN_SALES, "('{0}', '{84900000001}')");
    assert_indexed(Q_OWN_LISTINGS, "('{0}', '{84900000001}', '{f}', 99)");
    assert_indexed(Q_LISTINGS_CHANGE, "('{1}', '{1}', '{open}', '{1}', '{KG}', '{1}', '{KG}', '{0}', '{0}', '{\"\"}',"
                                      " '{845}', '{NULL}', '{2027-01-01}', '{1}', 0)");
    assert_indexed(Q_BULLETINS_FIND, "('{0}', '{84900000001}', '{845}', '{weather}', '{NULL}', '84')");
    assert_indexed(Q_SUPPLY_FIND, "('{0}', '{84900000001}', '{845}', '{LUA}', '84')");
    assert_indexed(Q_SUPPLY_CLAIM, "(0, 0)");
    assert_indexed(Q_SUPPLY_COUNT, "('LUA', 0)");
    assert_indexed(Q_SUBSCRIBERS_PAGE, "(0, 0, '', '', 256)");
    assert_indexed(Q_SUBSCRIPTIONS_FIND, "('{0}', '{84900000001}', 20)");
    assert_indexed(Q_SUBSCRIPTIONS_DROP, "('{1}', '{LUA}', '{845}')");
    assert_indexed(Q_CROPS_CLEAR, "('{1}')");
    assert_indexed(Q_PEOPLE_NAME, "('{1}', '{Sarun}')");
    assert_indexed(Q_OUTBOX_CLAIM, "(10, 60)");
    assert_indexed(Q_OUTBOX_SETTLE, "('{1}', '{0}', '{accepted}', '{0}', '{\"\"}')");
    assert_indexed(Q_OUTBOX_DLR, "('{1}', '{0}', '{1}', '{0}')");
    assert_indexed(Q_OUTBOX_RECLAIM, "");
    assert_indexed(Q_OUTBOX_EXPIRE, "");
    assert_indexed(Q_OUTBOX_BACKLOG, "");
    assert_indexed(Q_MATCH_FEED_READ, "(7)");
    assert_indexed(Q_MATCH_OWNERS, "('{1}')");
    assert_indexed(Q_RELAYS_FIND, "('{0}', '{84900000001}', '{C1}')");
    assert_indexed(Q_LISTINGS_PHONES, "('{0}', '{C1}')");
    assert_indexed(Q_PAGES_FIND, "('{0}', '{84900000001}')");
    assert_indexed(Q_PAGES_NEWEST, "('{0}', '{84900000001}')");
    assert_indexed(Q_ALERTS_POST, "('{1}', '{1}', '{k}', '{8055}', '{b}', '{0}', '{1}', '{0}', '{3}', 0)");
    assert_indexed(Q_PRICE_FEED_POSITION, "(NULL, 5000)");
    assert_indexed(Q_PRICE_FEED_READ, "(0, 10)");
    assert_indexed(Q_PRICE_REPORTS_WAITING, "(50)");
    assert_indexed(Q_PRICE_REPORTS_JUDGE, "('{LUA}', '{2026-01-01}')");
    assert_indexed(Q_PRICE_REPORTS_MARK, "('{LUA}', '{2026-01-01}')");
    assert_indexed(Q_PRICE_GROUPS_COUNT, "('{LUA}', '{2026-01-01}')");
    assert_indexed(Q_PRICES_QUARANTINED, "(0, 20)");
    assert_indexed(Q_PRICE_REVIEW, "(1, true, 0)");
    assert_indexed(Q_DESK_FIND, "('{0}', '{84900000001}', '{1}')");
    assert_indexed(Q_DESK_ASSIGN, "('{1}', 0, 0, 20, '{1}')");
    assert_indexed(Q_DESK_TELL, "(0, 20)");
    assert_indexed(Q_DESK_LATE, "(0, 0, 20)");
    assert_indexed(Q_DESK_TAKE_PRICES, "(0, 20)");
    assert_indexed(Q_DESK_JUDGED, "(20)");
    assert_indexed(Q_DESK_ANSWER, "('{1}', '{1}', '{w}', 0)");
    assert_indexed(Q_DESK_BACKLOG, "(0)");
    assert_indexed(Q_BROADCASTS_WITHDRAW, "(0)");
    assert_indexed(Q_BROADCAST_FEED, "(1, '{1}', '8055', 0, 3, 0)");
    assert_indexed(Q_BROADCASTS_QUEUED, "");
    assert_indexed(Q_BROADCASTS_END, "(0)");
    assert_indexed(Q_BROADCAST_PROGRESS, "(1)");
}

/* An index that nothing uses is paid for by every row. Those of keys are there for more than looking up. */
static void every_index_is_of_use(void **state)
{
    (void)state;
    const char *idle = pg_text("SELECT i.relname FROM big JOIN pg_class t ON t.relname = big.rel"
                               "  JOIN pg_index x ON x.indrelid = t.oid AND NOT x.indisunique"
                               "  JOIN pg_class i ON i.oid = x.indexrelid"
                               " WHERE NOT EXISTS (SELECT FROM used u WHERE u.index = i.relname)"
                               "   AND NOT EXISTS (SELECT FROM elsewhere e WHERE e.index = i.relname) ORDER BY 1");
    assert_string_equal(idle, "");
}

/* As a daemon plans them, whether the tables were empty at that time or not. */
static void hot_statements_use_indexes(void **state)
{
    (void)state;
    pg_sql("SET jit = off"); /* what is forbidden here looks so dear that every look at a plan would be compiled */
    watch_plans();
    pg_sql("%s", pg_kept_plans);
    assert_all_indexed();
    /* vacuumed while it is empty a table is planned for as if it stayed so */
    pg_sql("VACUUM inbound_seen");
    assert_indexed(Q_INBOUND_SEEN_READ, "('{84900000001}', '{k1}')");
    pg_sql("RESET ALL; SET jit = off");
    fill_large_tables();
    pg_sql("%s", pg_kept_plans);
    large = true;
    pg_sql("TRUNCATE used");
    assert_all_indexed();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_can_be_prepared),
        cmocka_unit_test(hot_statements_use_indexes),
        cmocka_unit_test(every_index_is_of_use),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
