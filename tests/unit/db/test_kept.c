/* SPDX-License-Identifier: Apache-2.0 */
#include "db/kept.h"

#include "db/answer_cache.h"
#include "tests/unit/db/pg_fixture.h"

/* Two instances of the daemon, each with a cache of its own. */
static struct instance {
    struct db *db;
    struct answer_cache *cache;
} ours, others;
static struct arena *arena;

static void start(struct instance *instance)
{
    *instance = (struct instance){pg_daemon(), answer_cache_new()};
    db_keep_answers(instance->db, instance->cache);
}

static void stop(struct instance *instance)
{
    batch_rollback(instance->db);
    db_close(&instance->db);
    answer_cache_free(&instance->cache);
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(64 * 1024);
    start(&ours);
    start(&others);
    return 0;
}

static int end(void **state)
{
    (void)state;
    stop(&ours);
    stop(&others);
    arena_free(&arena);
    return 0;
}

static void put_price(int price)
{
    pg_sql("DELETE FROM price_groups WHERE commodity = 'LUA.OM18';"
           "INSERT INTO price_groups VALUES ('LUA.OM18', province_today(), '845', 'KG', 'farmgate', '', '', '', '',"
           " %d, %d, %d, 1)",
           price, price, price);
}

static struct found asked(const struct instance *instance)
{
    const struct mo mo = {
        .kannel_id = "id", .msisdn = "84912000001", .short_code = "8055", .text = "text", .text_hash = 1};
    const struct lookup lookup = {.commodity = "LUA.OM18", .place = "845", .lots_side = 'b', .lots_max = LOTS_MAX};
    struct sender sender;
    struct found found;
    if (batch_open(instance->db, arena, "84", &mo, 1, &lookup, 1, &sender, &found) != DB_OK)
        fail_msg("%s", db_error(instance->db)->text);
    batch_rollback(instance->db);
    return found;
}

static int64_t price_of(const struct instance *instance)
{
    const struct found found = asked(instance);
    return found.n_groups ? found.groups[0].median : 0;
}

/* It is really kept: what changes without a new version is not seen. */
static void a_price_is_asked_once(void **state)
{
    (void)state;
    put_price(7000);
    assert_int_equal(price_of(&ours), 7000);
    pg_sql("ALTER TABLE price_groups DISABLE TRIGGER USER");
    put_price(7100);
    pg_sql("ALTER TABLE price_groups ENABLE TRIGGER USER");
    assert_int_equal(price_of(&ours), 7000);
    assert_int_equal(price_of(&others), 7100);
}

static void an_imported_price_is_told_by_all_at_once(void **state)
{
    (void)state;
    put_price(7000);
    assert_int_equal(price_of(&ours), 7000);
    assert_int_equal(price_of(&others), 7000);
    put_price(7200);
    assert_int_equal(price_of(&ours), 7200);
    assert_int_equal(price_of(&others), 7200);
}

static void another_lexicon_forgets_prices(void **state)
{
    (void)state;
    put_price(7000);
    assert_int_equal(price_of(&ours), 7000);
    pg_sql("ALTER TABLE price_groups DISABLE TRIGGER USER");
    put_price(7300);
    pg_sql("ALTER TABLE price_groups ENABLE TRIGGER USER");
    pg_sql("UPDATE places SET notes = 'x' WHERE code = '845'");
    assert_int_equal(price_of(&ours), 7300);
}

/* A price that is imported between the two pipes is kept under the version before it, which nobody reads again. */
static void a_price_that_comes_meanwhile_is_kept_under_the_older_version(void **state)
{
    (void)state;
    const struct mo mo = {
        .kannel_id = "id", .msisdn = "84912000001", .short_code = "8055", .text = "text", .text_hash = 1};
    const struct lookup lookup = {.commodity = "LUA.OM18", .place = "845"};
    struct sender sender;
    struct found found;
    put_price(7000);
    assert_int_equal(batch_open(ours.db, arena, "84", &mo, 1, NULL, 0, &sender, NULL), DB_OK); /* reads the version */
    put_price(7400);
    assert_int_equal(batch_lookup(ours.db, arena, "84", &mo, &sender, &lookup, 1, &found), DB_OK);
    assert_int_equal(found.groups[0].median, 7400);
    batch_rollback(ours.db);
    put_price(7500);
    assert_int_equal(price_of(&ours), 7500);
}

/* So many requests for paddy in Cầu Kè. */
static void put_requests(int n)
{
    pg_sql("TRUNCATE listings CASCADE");
    pg_sql(
        "INSERT INTO listings (id, code, person_id, side, commodity, base_unit, entered_quantity, entered_unit, place,"
        "  province, near, until, inbound_id, text_hash, created_at)"
        " SELECT n, 'C' || n, (SELECT min(id) FROM people), 'b', 'LUA.OM18', 'KG', 1, 'KG', '845', '86N', '845',"
        "  province_today() + 1, 1, 1, now() FROM generate_series(1, %d) AS n",
        n);
}

/* What is kept lasts a minute; a test that spans two of them would be wrong once in a while, so it asks again. */
static size_t lots_after(int change)
{
    int64_t minute;
    size_t n;
    do {
        minute = pg_sql("SELECT extract(epoch FROM now())::bigint / 60");
        asked(&ours);
        put_requests(change);
        n = asked(&ours).n_lots;
    } while (minute != pg_sql("SELECT extract(epoch FROM now())::bigint / 60"));
    return n;
}

/* Where they are few, each one counts; where a district has more than a few, they are asked once a minute.
 */
static void lots_are_kept_where_there_are_more_than_a_few(void **state)
{
    (void)state;
    pg_sql("INSERT INTO people (msisdn) VALUES ('84912000009')");
    put_requests(3);
    assert_int_equal(lots_after(4), 4);
    put_requests(LOTS_FEW);
    assert_int_equal(lots_after(4), LOTS_FEW);
    assert_int_equal(asked(&others).n_lots, 4);
    pg_sql("TRUNCATE listings CASCADE");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_price_is_asked_once),
        TEST(an_imported_price_is_told_by_all_at_once),
        TEST(another_lexicon_forgets_prices),
        TEST(lots_are_kept_where_there_are_more_than_a_few),
        TEST(a_price_that_comes_meanwhile_is_kept_under_the_older_version),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
