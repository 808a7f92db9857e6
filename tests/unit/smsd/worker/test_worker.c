/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/worker/worker.h"

#include <stdio.h>

#include "smsd/metrics/metrics.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define TEXTS 12

/* One worker, whose session waits 100 ms for a lock; the count of each kind of answer. */
static struct inbox *inbox;
static struct envelope envelopes[TEXTS];
static char numbers[TEXTS][16], ids[TEXTS][16];
static int answers[ANSWER_LATER + 1];

static void done(struct envelope *envelope, const struct answer *answer)
{
    (void)envelope;
    answers[answer->kind]++;
}

static struct conf *impatient(void)
{
    struct conf_error error;
    const char *text = arena_printf(story_arena,
                                    "[database]\nurl = %s options='-c lock_timeout=100ms'\n"
                                    "[http]\nsecret = 0123456789abcdef\n[kannel]\nusername = u\npassword = p\n"
                                    "[privacy]\nkey = 0123456789abcdef0123456789abcdef\n"
                                    "[log]\nlevel = error\n",
                                    pg_conninfo("chonoi_smsd"));
    struct conf *conf = conf_parse(slice_of(text), "test", &error);
    if (!conf)
        fail_msg("%s", error.text);
    return conf;
}

static void nobody_has_answers(void)
{
    for (enum answer_kind kind = 0; kind <= ANSWER_LATER; kind++)
        answers[kind] = 0;
}

/* An offer of each of so many people, all in one batch. */
static void handle_texts(void)
{
    struct conf *conf = impatient();
    nobody_has_answers();
    inbox = inbox_new(1, TEXTS);
    for (size_t i = 0; i < TEXTS; i++) {
        snprintf(numbers[i], sizeof numbers[i], "849120000%02zu", i);
        snprintf(ids[i], sizeof ids[i], "id-%zu", i);
        envelopes[i] = story_text(numbers[i], ids[i], "ban lua om18 2 tan 8500 cau ke");
        envelopes[i].done = done;
        assert_true(inbox_put(inbox, &envelopes[i]));
    }
    struct workers *workers = workers_start(inbox, 1, conf);
    inbox_close(inbox);
    workers_join(&workers);
    inbox_free(&inbox);
    conf_unref(&conf);
}

static void each_gets_its_answer(void **state)
{
    (void)state;
    handle_texts();
    assert_int_equal(answers[ANSWER_TEXT], TEXTS);
}

/* A session that somebody forgot, say. */
static void who_is_locked_is_told_to_come_again_and_nobody_else(void **state)
{
    (void)state;
    pg_sql("INSERT INTO people (msisdn) VALUES ('84912000003')");
    pg_sql("BEGIN");
    pg_sql("SELECT id FROM people WHERE msisdn = '84912000003' FOR UPDATE");
    handle_texts();
    pg_sql("ROLLBACK");
    assert_int_equal(answers[ANSWER_TEXT], TEXTS - 1);
    assert_int_equal(answers[ANSWER_LATER], 1);
}

/* The batch waits for the lock, then two of its texts alone: then it is clear that all would. */
static void what_all_wait_for_each_does_not_wait_for(void **state)
{
    (void)state;
    const int64_t failed = metric_get(METRIC_BATCH_FAILED);
    pg_sql("BEGIN; LOCK TABLE listings IN ACCESS EXCLUSIVE MODE");
    handle_texts();
    pg_sql("ROLLBACK");
    assert_int_equal(answers[ANSWER_LATER], TEXTS);
    assert_int_equal(metric_get(METRIC_BATCH_FAILED) - failed, 3);
    assert_int_equal(pg_sql("SELECT count(*) FROM dead_letter"), 0);
}

#define TEST(name) cmocka_unit_test_setup(name, story_begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_gets_its_answer),
        TEST(who_is_locked_is_told_to_come_again_and_nobody_else),
        TEST(what_all_wait_for_each_does_not_wait_for),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
