/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock jobs (smsd/job/jobs.h): what takes long holds up nothing else. Something that another session holds stands
 * for the work: whoever waits for it waits until the test is over.
 */
#include "smsd/job/jobs.h"

#include <time.h>

#include "db/pg.h"
#include "smsd/inbox/inbox.h"
#include "smsd/metrics/metrics.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static struct inbox *inbox;
static struct jobs *jobs;

static struct conf *patient(void)
{
    struct conf_error error;
    const char *text = arena_printf(story_arena,
                                    "[database]\nurl = %s options='-c lock_timeout=0 -c statement_timeout=0'\n"
                                    "[http]\nsecret = 0123456789abcdef\n[kannel]\nusername = u\npassword = p\n"
                                    "[privacy]\nkey = 0123456789abcdef0123456789abcdef\n"
                                    "[alerts]\nquiet_from = 0\nquiet_to = 0\n[log]\nlevel = error\n",
                                    pg_conninfo("chonoi_smsd"));
    struct conf *conf = conf_parse(slice_of(text), "test", &error);
    if (!conf)
        fail_msg("%s", error.text);
    return conf;
}

/* Until it is true; jobs look every few seconds. */
static void wait_until(bool (*is_true)(const char *what), const char *what)
{
    const struct timespec tick = {.tv_nsec = 20 * 1000 * 1000};
    const int64_t end_us = clock_monotonic_us() + 15 * SECOND_US;
    while (!is_true(what)) {
        if (clock_monotonic_us() > end_us)
            fail_msg("it never came true: %s", what);
        nanosleep(&tick, NULL);
    }
}

static bool in_database(const char *query)
{
    return pg_sql("SELECT (%s)::int", query);
}

static void wait_for(const char *query)
{
    wait_until(in_database, query);
}

static int begin(void **state)
{
    story_begin(state);
    arena_reset(story_arena);
    pg_sql("UPDATE clearing_runs SET started_at = 'epoch'; UPDATE price_feed SET counted_at = 'epoch'");
    inbox = inbox_new(1, 8);
    return 0;
}

static void start(void)
{
    struct conf *conf = patient();
    jobs = jobs_start(conf, inbox);
    conf_unref(&conf);
}

static int end(void **state)
{
    (void)state;
    pg_sql("ROLLBACK");
    jobs_stop(&jobs);
    inbox_free(&inbox);
    return 0;
}

#define WAITS_FOR(table) "EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = '" table "'::regclass)"

static void meanwhile(const char *sql)
{
    struct db *owner = pg_owner();
    assert_int_equal(pg_script(owner, sql), DB_OK);
    db_close(&owner);
}

/* An hour after the last clearing: the market is cleared, and meanwhile a listing whose day is over ends. */
static void clearing_holds_up_no_market_job(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    pg_sql("BEGIN; LOCK TABLE clearing_runs IN ACCESS EXCLUSIVE MODE");
    start();
    wait_for(WAITS_FOR("clearing_runs"));
    meanwhile("UPDATE listings SET until = province_today() - 1");
    wait_for("EXISTS (SELECT FROM listings WHERE state = 'expired')");
}

static bool is_counted(const char *what)
{
    (void)what;
    return metric_get(METRIC_OUTBOX_WAITING) > 0;
}

/* However many prices are to be counted, what is looked at every two seconds is. */
static void prices_hold_up_nothing_that_is_waited_for(void **state)
{
    (void)state;
    metric_set(METRIC_OUTBOX_WAITING, 0);
    pg_sql("BEGIN; LOCK TABLE price_feed, clearing_runs IN ACCESS EXCLUSIVE MODE");
    start();
    wait_for(WAITS_FOR("price_feed"));
    wait_for(WAITS_FOR("clearing_runs"));
    meanwhile("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)"
              " VALUES (1, now(), 1, 'reply', 'queued', '8055', 'b', 0, 1, now())");
    wait_until(is_counted, "a text waits to go out");
}

static bool is_loaded(const char *what)
{
    (void)what;
    return metric_get(METRIC_RELOAD_OK) > 0 || metric_get(METRIC_RELOAD_FAILED) > 0;
}

/* Whoever of them is at work. */
static void a_new_configuration_is_taken(void **state)
{
    (void)state;
    struct conf *conf = patient();
    pg_sql("BEGIN; LOCK TABLE price_feed, clearing_runs IN ACCESS EXCLUSIVE MODE");
    start();
    wait_for(WAITS_FOR("price_feed"));
    jobs_set_conf(jobs, conf);
    conf_unref(&conf);
    wait_until(is_loaded, "the catalogues are looked at again");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(clearing_holds_up_no_market_job),
        TEST(a_new_configuration_is_taken),
        TEST(prices_hold_up_nothing_that_is_waited_for),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
