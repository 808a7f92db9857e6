/* SPDX-License-Identifier: Apache-2.0
 *
 * Dead letters that are put in again act once, and their answers go out.
 */
#include <string.h>

#include "smsd/link/again.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static struct inbox *inbox;
static struct again *again;
static struct arena *arena;

static int begin(void **state)
{
    inbox = inbox_new(1, 64);
    again = again_new(inbox);
    arena = arena_new(64 * 1024);
    return story_begin(state);
}

static int end(void **state)
{
    (void)state;
    inbox_close(inbox);
    again_free(&again);
    inbox_free(&inbox);
    arena_free(&arena);
    return 0;
}

static int64_t letter_of(const char *text)
{
    pg_sql("INSERT INTO dead_letter (at, received_at, kannel_id, msisdn, short_code, channel, text, reason)"
           " VALUES (now(), now(), 'k', '" LAN "', '8055', 'sms', '%s', 'test')",
           text);
    return pg_sql("SELECT max(id) FROM dead_letter");
}

static void put_in(int64_t letter)
{
    bool done;
    assert_int_equal(again_put(story_db, letter, &done), DB_OK);
    assert_true(done);
}

static void serve(void)
{
    assert_int_equal(again_serve(again, story_db, arena, story_now_us), DB_OK);
}

/* What a worker does with the one envelope that waits. */
static void work(void)
{
    struct envelope *taken[1];
    assert_int_equal(inbox_waiting(inbox), 1);
    assert_int_equal(inbox_take(inbox, 0, taken, 1), 1);
    struct batch batch = story_batch(taken, 1);
    assert_int_equal(batch_run(&batch), DB_OK);
    knowledge_release(batch.knowledge);
    taken[0]->done(taken[0], &batch.turns[0].reply);
}

static void a_letter_becomes_a_text_with_an_answer(void **state)
{
    (void)state;
    put_in(letter_of("ban lua om18 2 tan 8500 cau ke"));
    serve();
    work();
    assert_string_equal(pg_text("SELECT state FROM outbox WHERE body ~ 'Da luu'"), "handed");
    serve();
    assert_string_equal(pg_text("SELECT state FROM outbox WHERE body ~ 'Da luu'"), "queued");
    assert_int_equal(pg_sql("SELECT count(*) FROM dead_letter"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
}

/* The instance died before it could write down how it ended: another one takes the letter, and nothing is done twice.
 */
static void a_letter_that_is_taken_twice_acts_once(void **state)
{
    (void)state;
    int64_t letter = letter_of("ban lua om18 2 tan 8500 cau ke");
    for (int i = 0; i < 2; i++) {
        put_in(letter);
        again_free(&again);
        again = again_new(inbox);
        serve();
        work();
    }
    serve();
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body ~ 'Da luu' AND state = 'queued'"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM dead_letter"), 0);
}

static void what_is_to_come_later_waits_for_its_lease(void **state)
{
    (void)state;
    struct envelope *taken[1];
    put_in(letter_of("gia lua"));
    serve();
    assert_int_equal(inbox_take(inbox, 0, taken, 1), 1);
    taken[0]->done(taken[0], &(struct answer){.kind = ANSWER_LATER});
    serve();
    assert_int_equal(inbox_waiting(inbox), 0);
    pg_sql("UPDATE dead_letter SET again_at = now()");
    serve();
    work();
    serve();
    assert_int_equal(pg_sql("SELECT count(*) FROM dead_letter"), 0);
}

static void nobody_takes_what_nobody_put_in(void **state)
{
    (void)state;
    bool done;
    letter_of("gia lua");
    serve();
    assert_int_equal(inbox_waiting(inbox), 0);
    assert_int_equal(again_put(story_db, -1, &done), DB_OK);
    assert_false(done);
}

/* Its session is over, and what it meant is known to nobody. */
static void a_keypress_is_not_put_in(void **state)
{
    (void)state;
    bool done;
    int64_t letter = letter_of("1");
    pg_sql("UPDATE dead_letter SET channel = 'ussd'");
    assert_int_equal(again_put(story_db, letter, &done), DB_OK);
    assert_false(done);
    serve();
    assert_int_equal(inbox_waiting(inbox), 0);
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_letter_becomes_a_text_with_an_answer),
        STORY(a_letter_that_is_taken_twice_acts_once),
        STORY(a_keypress_is_not_put_in),
        STORY(what_is_to_come_later_waits_for_its_lease),
        STORY(nobody_takes_what_nobody_put_in),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
