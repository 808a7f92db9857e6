/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of a listing: the states it may go through, and the history of what was changed.
 */
#include "tests/unit/db/pg_fixture.h"

#include <stdio.h>
#include <string.h>

#include "db/batch.h"

static struct db *db;
static struct arena *arena;
static int64_t now_us;

#define LAN "84912000001"
#define BINH "84912000002"

static const struct mo
    lan = {.kannel_id = "a", .msisdn = LAN, .short_code = "8055", .text = "t", .received_us = 1, .text_hash = 1},
    binh = {.kannel_id = "b", .msisdn = BINH, .short_code = "8055", .text = "t", .received_us = 1, .text_hash = 1};

/* A listing of Lan's with this id, two tonnes at 8,500. */
static void post(int id, const char *state)
{
    pg_sql(
        "INSERT INTO listings (id, code, person_id, side, state, commodity, quantity, base_unit, entered_quantity,"
        " entered_unit, price_low, price_high, price_unit, place, province, until, inbound_id, text_hash, created_at)"
        " SELECT %d, 'C%d', id, 's', '%s', 'LUA.OM18', 2000, 'KG', 2, 'TAN', 8500, 8500, 'KG', '845', '86N',"
        " province_today() + 7, 1, %d, now() FROM people WHERE msisdn = '" LAN "'",
        id, id, state, id);
}

static int begin(void **state)
{
    (void)state;
    pg_sql("TRUNCATE people, listings, listing_events, listing_deals, listing_lists CASCADE");
    pg_sql("INSERT INTO people (msisdn) VALUES ('" LAN "'), ('" BINH "')");
    db = pg_daemon();
    arena = arena_new(64 * 1024);
    now_us = pg_now_us();
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

/* What the sender's lookup finds; the batch stays open. */
static struct found look(const struct mo *mo, struct lookup lookup)
{
    struct sender sender;
    struct found found;
    if (batch_open(db, arena, "84", mo, 1, &lookup, 1, &sender, &found) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    return found;
}

static struct listing_facts find(const struct mo *mo, const char *code)
{
    return look(mo, (struct lookup){.listing_code = code, .change = true}).listing;
}

static enum db_status commit(const struct effects *effects)
{
    enum db_status status = batch_commit(db, &lan, effects, now_us);
    batch_rollback(db);
    return status;
}

static enum db_status change(struct listing_facts to)
{
    struct listing_change change = {.to = to, .inbound_id = 7};
    return commit(&(struct effects){.n_changes = 1, .changes = &change});
}

static void a_listing_is_read_whole(void **state)
{
    (void)state;
    post(1, "open");
    struct listing_facts l = find(&binh, "C1");
    assert_int_equal(l.quantity_milli, 2000000);
    assert_int_equal(l.entered_milli, 2000);
    assert_string_equal(l.entered_unit, "TAN");
    assert_int_equal(l.price_low, 8500);
    assert_string_equal(l.place, "845");
    assert_int_equal(l.ready, DAY_NONE);
    assert_int_equal(l.until, day_of_moment(now_us) + 7);
    assert_int_equal(l.side, 's');
}

static void an_edit_is_in_the_history_with_old_and_new(void **state)
{
    (void)state;
    post(1, "open");
    struct listing_facts l = find(&lan, "C1");
    l.price_low = l.price_high = 8400;
    l.place = "84";
    l.ready = day_of_moment(now_us);
    assert_int_equal(change(l), DB_OK);
    assert_int_equal(pg_sql("SELECT price_low + price_high FROM listings WHERE place = '84' AND province = '86N'"
                            " AND ready = province_today() AND quantity = 2000"),
                     16800);
    assert_string_equal(pg_text("SELECT changes - 'ready' FROM listing_events WHERE inbound_id = 7 AND state = 'open'"),
                        "{\"place\": [\"845\", \"84\"], \"price_low\": [8500, 8400], \"price_high\": [8500, 8400]}");
}

static void nobody_changes_what_is_anothers(void **state)
{
    (void)state;
    post(1, "open");
    struct listing_facts l = find(&binh, "C1");
    l.person_id = pg_sql("SELECT id FROM people WHERE msisdn = '" BINH "'");
    l.state = LISTING_CANCELLED;
    assert_int_equal(change(l), DB_OK);
    assert_string_equal(pg_text("SELECT state FROM listings"), "open");
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_events"), 0);
}

/* From each state to each: every pair is tried. */
static void only_these_steps_are_possible(void **state)
{
    (void)state;
    static const char *const names[] = {[LISTING_OPEN] = "open",
                                        [LISTING_CANCELLED] = "cancelled",
                                        [LISTING_EXPIRED] = "expired",
                                        [LISTING_SOLD] = "sold",
                                        [LISTING_MATCHED] = "matched"};
    static const bool may[5][5] = {
        [LISTING_OPEN] = {[LISTING_CANCELLED] = 1, [LISTING_EXPIRED] = 1, [LISTING_SOLD] = 1, [LISTING_MATCHED] = 1},
        [LISTING_MATCHED] = {[LISTING_OPEN] = 1, [LISTING_CANCELLED] = 1, [LISTING_SOLD] = 1},
        [LISTING_EXPIRED] = {[LISTING_OPEN] = 1, [LISTING_SOLD] = 1},
        [LISTING_SOLD] = {[LISTING_OPEN] = 1},
    };
    for (int from = 0; from < 5; from++)
        for (int to = 0; to < 5; to++) {
            pg_sql("TRUNCATE listings CASCADE");
            post(1, names[from]);
            struct listing_facts l = find(&lan, "C1");
            l.state = (enum listing_state)to;
            enum db_status status = change(l);
            if (status != (from == to || may[from][to] ? DB_OK : DB_REFUSED))
                fail_msg("%s to %s: %s", names[from], names[to], db_status_name(status));
        }
}

static void numbers_told_hold_when_listings_go_and_come(void **state)
{
    (void)state;
    for (int i = 1; i <= 3; i++)
        post(i, "open");
    pg_sql("UPDATE listings SET until = province_today() - 1 WHERE id = 1");
    assert_int_equal(look(&lan, (struct lookup){.own_number = 1}).listing.id, 2);
    struct found found = look(&lan, (struct lookup){.own_list = true});
    assert_int_equal(found.n_own, 2);
    assert_int_equal(found.own[1].is.id, 3);
    const int64_t ids[] = {3, 2};
    struct listing_list list = {found.own[0].is.person_id, 2, ids};
    assert_int_equal(commit(&(struct effects){.n_lists = 1, .lists = &list}), DB_OK);
    pg_sql("UPDATE listings SET state = 'cancelled' WHERE id = 3");
    post(4, "open");
    for (int number = 1; number <= 4; number++) {
        static const int64_t expected[] = {3, 2, 4, 0};
        found = look(&lan, (struct lookup){.own_number = number});
        assert_int_equal(found.listing.id, expected[number - 1]);
        batch_rollback(db);
    }
    assert_int_equal(look(&binh, (struct lookup){.own_number = 1}).listing.id, 0);
    batch_rollback(db);
    pg_sql("UPDATE listing_lists SET at = at - interval '31 days'");
    assert_int_equal(look(&lan, (struct lookup){.own_number = 1}).listing.id, 2);
}

static void what_is_to_be_changed_stays_as_it_was_found(void **state)
{
    (void)state;
    post(1, "open");
    find(&lan, "C1");
    assert_int_equal(pg_sql("SELECT count(*) FROM (SELECT FROM listings FOR NO KEY UPDATE SKIP LOCKED) AS free"), 0);
    batch_rollback(db);
    find(&binh, "C1");
    assert_int_equal(pg_sql("SELECT count(*) FROM (SELECT FROM listings FOR NO KEY UPDATE SKIP LOCKED) AS free"), 1);
}

static void a_sale_is_kept_until_its_seller_says_otherwise(void **state)
{
    (void)state;
    post(1, "open");
    struct listing_facts l = find(&lan, "C1");
    struct listing_deal deal = {l.id, 1000, "TAN", 8450, "KG", 7};
    struct listing_change sold = {.to = l, .inbound_id = 7};
    sold.to.quantity_milli = 1000000;
    sold.to.entered_milli = 1000;
    assert_int_equal(commit(&(struct effects){.n_changes = 1, .changes = &sold, .n_deals = 1, .deals = &deal}), DB_OK);
    assert_string_equal(
        pg_text("SELECT concat_ws(' ', quantity, unit, price, price_unit, withdrawn_at) FROM listing_deals"),
        "1.000 TAN 8450 KG");
    struct listing_facts left = find(&lan, "C1");
    left.price_low = left.price_high = 8300;
    assert_int_equal(change(left), DB_OK);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_deals WHERE withdrawn_at IS NULL"), 1);
    assert_int_equal(change(l), DB_OK);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_deals WHERE withdrawn_at IS NULL"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_listing_is_read_whole),
        TEST(an_edit_is_in_the_history_with_old_and_new),
        TEST(nobody_changes_what_is_anothers),
        TEST(only_these_steps_are_possible),
        TEST(numbers_told_hold_when_listings_go_and_come),
        TEST(what_is_to_be_changed_stays_as_it_was_found),
        TEST(a_sale_is_kept_until_its_seller_says_otherwise),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
