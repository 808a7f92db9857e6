/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions by USSD: which one a keypress goes on with, and what of it is kept. What the screens show is tested beside
 * them (tests/unit/smsd/ussd).
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/smsd/worker/story_fixture.h"

static struct answer last;
static int serial;

struct key {
    const char *from, *gateway, *session;
};
static const struct key first = {LAN, "vnp", "01"}, second = {LAN, "vnp", "02"}, other = {BINH, "vnp", "01"};

/* What comes back; "" for nothing. */
static const char *send_as(const struct key *key, const char *id, enum ussd_sign sign, const char *text)
{
    struct envelope envelope = story_text(key->from, id, text), *envelopes[] = {&envelope};
    envelope.mo.channel = CHANNEL_USSD;
    envelope.mo.sign = sign;
    envelope.mo.gateway = key->gateway;
    envelope.mo.session = key->session;
    struct batch batch = story_batch(envelopes, 1);
    assert_int_equal(batch_run(&batch), DB_OK);
    knowledge_release(batch.knowledge);
    story_now_us += SECOND_US;
    last = batch.turns[0].reply;
    return last.kind == ANSWER_TEXT ? last.text : "";
}

static const char *send(const struct key *key, enum ussd_sign sign, const char *text)
{
    char id[32];
    snprintf(id, sizeof id, "ussd-%d", serial++);
    return send_as(key, id, sign, text);
}

static char first_screen[512];

/* Dials; the first screen. */
static const char *dial(const struct key *key)
{
    snprintf(first_screen, sizeof first_screen, "%s", send(key, USSD_DIALS, "*8055#"));
    assert_false(last.ends);
    return first_screen;
}

static const char *press(const struct key *key, const char *text)
{
    return send(key, USSD_ANSWERS, text);
}

static int64_t sessions(const char *phase)
{
    return pg_sql("SELECT count(*) FROM ussd_sessions WHERE phase = '%s'", phase);
}

static void an_answer_nobody_knows_begins_anew(void **state)
{
    (void)state;
    assert_string_equal(press(&second, "3"), dial(&first));
    assert_int_equal(sessions("open"), 2);
}

static void what_is_left_is_kept_and_answered_with_nothing(void **state)
{
    (void)state;
    dial(&first);
    assert_string_equal(send(&first, USSD_LEAVES, ""), "");
    assert_int_equal(sessions("open"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE answer_id IS NULL"), 1);
}

static void a_session_of_another_number_is_another_session(void **state)
{
    (void)state;
    dial(&first);
    dial(&other);
    assert_int_equal(pg_sql("SELECT count(DISTINCT person_id) FROM ussd_sessions"), 2);
}

static void a_dial_opens_a_session(void **state)
{
    (void)state;
    assert_true(*dial(&first));
    assert_int_equal(sessions("open"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE channel = 'ussd'"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE state = 'handed'"), 1);
}

static void a_replay_gets_the_stored_screen(void **state)
{
    (void)state;
    char screen[512];
    snprintf(screen, sizeof screen, "%s", send_as(&first, "same", USSD_DIALS, "*8055#"));
    assert_string_equal(send_as(&first, "same", USSD_DIALS, "*8055#"), screen);
    assert_false(last.ends);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_dial_opens_a_session, story_begin),
        cmocka_unit_test_setup(an_answer_nobody_knows_begins_anew, story_begin),
        cmocka_unit_test_setup(what_is_left_is_kept_and_answered_with_nothing, story_begin),
        cmocka_unit_test_setup(a_session_of_another_number_is_another_session, story_begin),
        cmocka_unit_test_setup(a_replay_gets_the_stored_screen, story_begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
