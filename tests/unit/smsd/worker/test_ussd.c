/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions by USSD: which one a keypress goes on with, and what of it is kept. What the screens show is tested beside
 * them (tests/unit/smsd/ussd).
 */
#include <stdio.h>
#include <string.h>

#include "db/ussd.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static struct answer last;
static int serial;

struct key {
    const char *from, *gateway, *session;
};
static const struct key first = {LAN, "vnp", "01"}, second = {LAN, "vnp", "02"}, other = {BINH, "vnp", "01"};

/* What comes back, "" for nothing; thirty answers long. */
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
    static char kept[32][512];
    static size_t n;
    char *screen = kept[n++ % 32];
    snprintf(screen, sizeof kept[0], "%s", last.kind == ANSWER_TEXT ? last.text : "");
    return screen;
}

static const char *send(const struct key *key, enum ussd_sign sign, const char *text)
{
    char id[32];
    snprintf(id, sizeof id, "ussd-%d", serial++);
    return send_as(key, id, sign, text);
}

/* Dials; the first screen. */
static const char *dial(const struct key *key)
{
    const char *screen = send(key, USSD_DIALS, "*8055#");
    assert_false(last.ends);
    return screen;
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
    const char *screen = send_as(&first, "same", USSD_DIALS, "*8055#");
    assert_string_equal(send_as(&first, "same", USSD_DIALS, "*8055#"), screen);
    assert_false(last.ends);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound"), 1);
}

static void assert_ends(const char *screen, bool ends)
{
    if (last.ends != ends)
        fail_msg("%s: \"%s\"", ends ? "does not end" : "ends", screen);
}

/* Sell, OM18, 2 tonnes, 8.500, Cau Ke: up to the confirmation. */
static void offer_up_to_yes(const struct key *key)
{
    static const char *const keys[] = {"1", "om18", "2 tan", "8k5", "cau ke"};
    dial(key);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_ends(press(key, keys[i]), false);
}

static void what_is_completed_is_done_once_and_told_by_sms(void **state)
{
    (void)state;
    offer_up_to_yes(&first);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
    const char *done = send_as(&first, "yes", USSD_ANSWERS, "1");
    assert_ends(done, true);
    assert_string_equal(send_as(&first, "yes", USSD_ANSWERS, "1"), done);
    assert_ends(done, true);
    assert_int_equal(
        pg_sql("SELECT count(*) FROM listings WHERE side = 's' AND commodity = 'LUA.OM18' AND quantity = 2000"
               " AND price_low = 8500 AND place = '845'"),
        1);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox o JOIN listings l ON o.body LIKE '%%' || l.code || '%%'"
                            " WHERE o.state = 'queued' AND o.kind = 'reply' AND o.sender = '8055'"),
                     1);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE intent = 'sell'"), 1);
    assert_int_equal(sessions("over"), 1);
}

/* The session is over: pressing on within it begins anew. */
static void nothing_is_done_after_the_end(void **state)
{
    (void)state;
    offer_up_to_yes(&first);
    press(&first, "1");
    assert_string_equal(press(&first, "1"), dial(&second));
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
}

static void screens_leave_the_conversation_by_sms_alone(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan cau ke");
    assert_int_equal(pg_sql("SELECT count(*) FROM conversations WHERE question IS NOT NULL"), 1);
    offer_up_to_yes(&first);
    assert_says(say(LAN, "8500"), "8.500d/kg");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
    press(&first, "1");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 2);
}

/* What was texted yesterday is no repetition because something was done by screens a moment ago. */
static void a_text_after_screens_is_no_repetition(void **state)
{
    (void)state;
    say(LAN, "gia lua om18");
    pg_sql("UPDATE conversations SET last_at = last_at - interval '1 day'");
    offer_up_to_yes(&first);
    press(&first, "1");
    say(LAN, "gia lua om18");
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE channel = 'sms' AND outcome <> 'duplicate'"), 2);
}

static void a_dropped_session_is_offered_within_its_time(void **state)
{
    (void)state;
    offer_up_to_yes(&first);
    const char *words = dial(&second);
    press(&second, "1");
    assert_ends(press(&second, "1"), true);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
    offer_up_to_yes(&first);
    story_now_us += 6 * MINUTE_US;
    assert_string_not_equal(dial(&second), words);
}

/* A dial that says where to go is not asked whether it will go on. */
static void a_dial_may_press_on(void **state)
{
    (void)state;
    offer_up_to_yes(&first);
    const char *goods = send(&second, USSD_DIALS, "*8055*1#");
    dial(&other);
    assert_string_equal(press(&other, "1"), goods);
    assert_string_equal(send(&second, USSD_DIALS, "*8055**1*##"), goods);
    const char *kinds = press(&other, "1");
    assert_string_equal(send(&second, USSD_DIALS, "*8055*1*1#"), kinds);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
    assert_string_equal(send(&second, USSD_DIALS, "*8055*1*om18*2 tan*8k5*cau ke*1#"), press(&other, "om18"));
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
}

/* Not even one that names everything: what is done was shown before. */
static void a_dial_does_nothing_by_itself(void **state)
{
    (void)state;
    assert_says(send(&first, USSD_DIALS, "*8055*ban lua om18 2 tan 8500 cau ke*1#"), "BAN lua OM18 2 tan");
    assert_ends("the summary", false);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
    assert_ends(press(&first, "1"), true);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
}

static void a_dial_presses_only_so_much(void **state)
{
    (void)state;
    char dialled[128] = "*8055";
    for (int i = 0; i < 20; i++)
        strcat(dialled, "*7*0");
    strcat(dialled, "*7#");
    const char *begins = dial(&other);
    assert_string_equal(send(&first, USSD_DIALS, dialled), begins);
}

static const struct key called = {LAN, "callback", "a"};

/* Of a gateway that says all that was pressed. */
static const char *call(const char *pressed)
{
    struct envelope envelope = story_text(LAN, pressed, pressed), *envelopes[] = {&envelope};
    envelope.mo.pressed = pressed;
    envelope.mo.channel = CHANNEL_USSD;
    envelope.mo.sign = USSD_ANSWERS;
    envelope.mo.gateway = called.gateway;
    envelope.mo.session = called.session;
    struct batch batch = story_batch(envelopes, 1);
    assert_int_equal(batch_run(&batch), DB_OK);
    knowledge_release(batch.knowledge);
    return batch.turns[0].reply.text;
}

/* When the session is lost: as far as nothing is done. */
static void a_lost_session_is_pressed_again(void **state)
{
    (void)state;
    dial(&other);
    const char *goods = press(&other, "1");
    assert_string_equal(call("1"), goods);
}

/* It is over, not lost: what was pressed in it is done. */
static void an_ended_session_is_not_pressed_again(void **state)
{
    (void)state;
    offer_up_to_yes(&called);
    press(&called, "1");
    const char *main_screen = dial(&second);
    assert_string_equal(call("1"), main_screen);
}

static void tc_stops_from_any_screen(void **state)
{
    (void)state;
    offer_up_to_yes(&first);
    assert_ends(press(&first, "TC"), true);
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE state = 'queued' AND body LIKE 'Da ngung luc%%'"), 1);
}

/* Nobody asked for a place on the screen, even where one was asked for by SMS. */
static void tc_on_a_screen_is_no_place(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500");
    dial(&first);
    press(&first, "TC");
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body LIKE 'Da ngung luc%%'"), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body LIKE '%%tra loi 1%%'"), 0);
}

static void who_dials_first_is_welcomed_by_sms(void **state)
{
    (void)state;
    dial(&first);
    press(&first, "1");
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE state = 'queued'"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM consent WHERE kind = 'notice'"), 1);
}

static void two_sessions_of_one_number_stay_apart(void **state)
{
    (void)state;
    static const struct key elsewhere = {LAN, "mobi", "01"};
    dial(&elsewhere);
    offer_up_to_yes(&first);
    send(&second, USSD_DIALS, "*8055*2#");
    assert_ends(press(&second, "om18"), false);
    assert_ends(press(&elsewhere, "1"), false);
    assert_ends(press(&first, "1"), true);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE side = 's'"), 1);
    assert_int_equal(sessions("open"), 2);
}

static void unnamed_sessions_are_one_a_number(void **state)
{
    (void)state;
    static const struct key lan = {LAN, "mobi", ""}, binh = {BINH, "mobi", ""};
    offer_up_to_yes(&lan);
    offer_up_to_yes(&binh);
    assert_ends(press(&lan, "1"), true);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
}

static void junk_changes_nothing(void **state)
{
    (void)state;
    static const char *const junk[] = {"",
                                       " ",
                                       "#",
                                       "*",
                                       "0000",
                                       "99",
                                       "\xef\xbf\xbd",
                                       "-1",
                                       "1,1",
                                       "1111111111111111111111111111111111111111111111111111111111111111111111111"};
    offer_up_to_yes(&first);
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++)
        assert_ends(press(&first, junk[i]), false);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
    assert_ends(press(&first, "1"), true);
}

/* By USSD one cannot have more texts sent, or rows made, than by texts. */
static void too_much_is_guarded_but_the_first_tc_is_not(void **state)
{
    (void)state;
    for (int i = 0; i < story_policy.reply_limit; i++) {
        send(&first, USSD_DIALS, "*8055*1#");
        static const char *const keys[] = {"om18", "2 tan", "8k5", "cau ke", "1"};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            press(&first, keys[k]);
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), story_policy.reply_limit);
    offer_up_to_yes(&second);
    assert_ends(press(&second, "1"), true);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), story_policy.reply_limit);
    dial(&second);
    press(&second, "huy dk lua");
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE outcome = 'guarded'"), 2);
    dial(&second);
    press(&second, "TC");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 1);
    dial(&second);
    press(&second, "TC"); /* once more stops nothing */
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE outcome = 'guarded'"), 3);
}

static void old_sessions_are_forgotten(void **state)
{
    (void)state;
    size_t forgotten;
    dial(&first);
    assert_int_equal(ussd_sessions_forget(story_db, story_now_us - MINUTE_US, 10, &forgotten), DB_OK);
    assert_int_equal(forgotten, 0);
    assert_int_equal(ussd_sessions_forget(story_db, story_now_us + MINUTE_US, 10, &forgotten), DB_OK);
    assert_int_equal(forgotten, 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM ussd_sessions"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_dial_opens_a_session, story_begin),
        cmocka_unit_test_setup(an_answer_nobody_knows_begins_anew, story_begin),
        cmocka_unit_test_setup(what_is_left_is_kept_and_answered_with_nothing, story_begin),
        cmocka_unit_test_setup(a_session_of_another_number_is_another_session, story_begin),
        cmocka_unit_test_setup(a_replay_gets_the_stored_screen, story_begin),
        cmocka_unit_test_setup(what_is_completed_is_done_once_and_told_by_sms, story_begin),
        cmocka_unit_test_setup(nothing_is_done_after_the_end, story_begin),
        cmocka_unit_test_setup(screens_leave_the_conversation_by_sms_alone, story_begin),
        cmocka_unit_test_setup(a_text_after_screens_is_no_repetition, story_begin),
        cmocka_unit_test_setup(a_dropped_session_is_offered_within_its_time, story_begin),
        cmocka_unit_test_setup(a_dial_may_press_on, story_begin),
        cmocka_unit_test_setup(a_dial_does_nothing_by_itself, story_begin),
        cmocka_unit_test_setup(a_dial_presses_only_so_much, story_begin),
        cmocka_unit_test_setup(a_lost_session_is_pressed_again, story_begin),
        cmocka_unit_test_setup(an_ended_session_is_not_pressed_again, story_begin),
        cmocka_unit_test_setup(tc_stops_from_any_screen, story_begin),
        cmocka_unit_test_setup(tc_on_a_screen_is_no_place, story_begin),
        cmocka_unit_test_setup(who_dials_first_is_welcomed_by_sms, story_begin),
        cmocka_unit_test_setup(two_sessions_of_one_number_stay_apart, story_begin),
        cmocka_unit_test_setup(unnamed_sessions_are_one_a_number, story_begin),
        cmocka_unit_test_setup(junk_changes_nothing, story_begin),
        cmocka_unit_test_setup(too_much_is_guarded_but_the_first_tc_is_not, story_begin),
        cmocka_unit_test_setup(old_sessions_are_forgotten, story_begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
