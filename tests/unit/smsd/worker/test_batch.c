/* SPDX-License-Identifier: Apache-2.0
 *
 * Conversations, as people have them, and the answers are read.
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/smsd/worker/story_fixture.h"

static const char *code_of_last(void)
{
    static char code[16];
    snprintf(code, sizeof code, "%s", pg_text("SELECT code FROM listings ORDER BY id DESC LIMIT 1"));
    code[strcspn(code, "\n")] = '\0';
    return code;
}

/* ---- the stories ---- */

static void an_offer_in_one_text_is_saved_and_echoed(void **state)
{
    (void)state;
    const char *answer = say(LAN, "ban lua om18 2 tan 8500 cau ke");
    assert_says(answer, "lua OM18");
    assert_says(answer, "2 tan");
    assert_says(answer, "8.500");
    assert_says(answer, "Cau Ke");
    char undo[32];
    snprintf(undo, sizeof undo, "HUY %s", code_of_last());
    assert_says(answer, undo);
    assert_int_equal(strlen(answer) <= 160, 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings l JOIN people p ON p.id = l.person_id WHERE side = 's' AND"
                            " commodity = 'LUA.OM18' AND quantity = 2000 AND base_unit = 'KG' AND price_low = 8500 AND"
                            " price_high = 8500 AND price_unit = 'KG' AND l.place = '845' AND msisdn = '" LAN "'"),
                     1);
}

static void what_is_about_so_much_is_echoed_as_that(void **state)
{
    (void)state;
    assert_says(say(LAN, "ban lua om18 khoang 2 tan 8500 cau ke"), " khoang 2 tan ");
    say(BINH, "ban lua om18 khoang 2 tan cau ke");
    assert_says(say(BINH, "8500"), " khoang 2 tan ");
}

static void what_is_missing_is_asked_and_the_next_text_completes_it(void **state)
{
    (void)state;
    assert_says(say(LAN, "ban lua om18 2 tan cau ke"), "Gia bao nhieu");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
    assert_says(say(LAN, "8500"), "8.500d/kg");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE price_low = 8500 AND quantity = 2000"), 1);
}

static void a_command_overtakes_an_open_question(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan cau ke");
    assert_says(say(LAN, "gia lua om18"), "OM18");
    assert_int_equal(pg_sql("SELECT count(*) FROM conversations WHERE question IS NOT NULL"), 0);
    say(LAN, "8500");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
}

static void a_question_is_forgotten_after_a_day(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan cau ke");
    story_now_us += story_policy.question_ttl_us;
    say(LAN, "8500");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
}

static void the_same_message_twice_gets_the_stored_answer_and_acts_once(void **state)
{
    (void)state;
    char first[200];
    snprintf(first, sizeof first, "%s", say_as(LAN, "one-id", "ban lua om18 2 tan 8500 cau ke"));
    story_now_us += 3600 * SECOND_US;
    assert_string_equal(say_as(LAN, "one-id", "ban lua om18 2 tan 8500 cau ke"), first);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
}

static void the_same_words_within_ten_minutes_are_the_same_text(void **state)
{
    (void)state;
    char first[200];
    snprintf(first, sizeof first, "%s", say(LAN, "ban lua om18 2 tan 8500 cau ke"));
    story_now_us += 9 * MINUTE_US;
    assert_string_equal(say(LAN, "ban lua om18 2 tan 8500 cau ke"), first);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
}

static void the_same_offer_later_is_posted_again_only_after_moi(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    story_now_us += 3600 * SECOND_US;
    assert_says(say(LAN, "ban lua om18 2 tan 8500 cau ke"), "MOI");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
    assert_says(say(LAN, "moi"), "Da luu");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 2);
}

static void two_answers_that_are_the_same_word_both_count(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 cau ke");
    say(LAN, "5 tan");
    assert_says(say(LAN, "8500"), "Da luu");
    say(LAN, "ban lua st25 cau ke");
    say(LAN, "5 tan");
    assert_says(say(LAN, "8500"), "Da luu");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 2);
}

/* With a new id each time, as a careless SMSC does. */
static void every_text_twice_is_every_text_once(void **state)
{
    (void)state;
    static const char *const texts[] = {"ban lua om18 2 tan", "8500", "cau ke", "ban lua om18 2 tan 8500 cau ke", "moi",
                                        "gia lua om18",       "stop", "abcxyz"};
    char first[1000];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        snprintf(first, sizeof first, "%s", say(LAN, texts[i]));
        assert_string_equal(say(LAN, texts[i]), first);
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 2);
}

static void only_the_owner_takes_a_listing_back(void **state)
{
    (void)state;
    char command[32];
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    snprintf(command, sizeof command, "huy %s", code_of_last());
    assert_says(say(BINH, command), "Khong thay");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE state = 'open'"), 1);
    assert_says(say(LAN, command), "Da huy");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE state = 'cancelled'"), 1);
    story_now_us += 3600 * SECOND_US;
    assert_says(say(LAN, command), "dong tu truoc");
}

static void stop_is_confirmed_with_its_time_and_proved(void **state)
{
    (void)state;
    assert_says(say(LAN, "TC"), "Da ngung luc");
    assert_int_equal(pg_sql("SELECT count(*) FROM consent c JOIN inbound i ON i.id = c.inbound_id WHERE kind = 'alerts'"
                            " AND NOT granted AND i.text = 'TC'"),
                     1);
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 1);
    say(LAN, "DK");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NULL"), 1);
}

static void stop_wins_over_an_open_question(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan cau ke");
    assert_says(say(LAN, "tc"), "Da ngung luc");
    assert_int_equal(pg_sql("SELECT count(*) FROM conversations WHERE question IS NOT NULL"), 0);
}

/* TC is short for Tieu Can and Tra Cu as well. */
static void a_stop_that_was_a_place_is_undone_by_one_digit(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500");
    const char *answer = say(LAN, "tc");
    assert_says(answer, "Da ngung luc");
    assert_says(answer, "tra loi 1");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 1);
    assert_says(say(LAN, "1"), "O dau");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 0);
    assert_says(say(LAN, "tieu can"), "Da luu");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE place = '846'"), 1);
}

static void a_repeated_duplicate_acts_no_more_than_the_first(void **state)
{
    (void)state;
    char command[32];
    say_as(LAN, "a", "ban lua om18 2 tan 8500 cau ke");
    say_as(LAN, "b", "ban lua om18 2 tan 8500 cau ke");
    snprintf(command, sizeof command, "huy %s", code_of_last());
    say(LAN, command);
    say_as(LAN, "b", "ban lua om18 2 tan 8500 cau ke");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE state = 'open'"), 0);
}

static void what_one_stands_by_is_not_asked_again(void **state)
{
    (void)state;
    say(LAN, "o cau ke");
    assert_says(say(LAN, "ban lua om18 2 tan 85000, lua st25 3 tan 95000"), "Tra loi so");
    for (int i = 0; i < 3; i++)
        say(LAN, "2");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 2);
}

static void silence_is_not_repeated_as_an_answer(void **state)
{
    (void)state;
    for (int i = 0; i <= story_policy.same_limit; i++) {
        say(LAN, "auto reply: i am away");
        story_now_us += 9 * MINUTE_US;
    }
    for (int i = 0; i < 4; i++) {
        say(LAN, "auto reply: i am away");
        story_now_us += 9 * MINUTE_US;
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body = ''"), 0);
}

static void a_question_asked_again_is_open_for_another_day(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan cau ke");
    story_now_us += 23 * 60 * MINUTE_US;
    say(LAN, "ban lua om18 2 tan cau ke");
    story_now_us += 2 * 60 * MINUTE_US;
    assert_says(say(LAN, "8500"), "Da luu");
}

static void cancel_alone_drops_the_question_or_asks_which(void **state)
{
    (void)state;
    char code[16];
    say(LAN, "ban lua om18 2 tan cau ke");
    assert_says(say(LAN, "huy"), "Da bo cau hoi");
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    snprintf(code, sizeof code, "%s", code_of_last());
    assert_says(say(LAN, "huy"), "Tin nao");
    assert_says(say(LAN, code), "Da huy");
}

static void the_season_of_a_family_asks_which(void **state)
{
    (void)state;
    assert_says(say(LAN, "vu tom"), "tom su");
    assert_says(say(LAN, "1"), "Mua vu");
}

static void the_day_of_delivery_and_each_place_are_echoed(void **state)
{
    (void)state;
    assert_says(say(LAN, "ban lua om18 2 tan 8500 cau ke mai"), "Giao tu");
    const char *answer = say(BINH, "ban lua om18 2 tan 8500 cau ke, dua kho 30 chuc 100k tra cu");
    assert_says(answer, "Cau Ke");
    assert_says(answer, "Tra Cu");
}

/* The database may be ahead of the lexicon in use. */
static void a_price_in_an_unknown_unit_is_left_out(void **state)
{
    (void)state;
    pg_sql("UPDATE price_groups SET unit = 'NEW' WHERE commodity = 'HEO'");
    assert_says(say(LAN, "gia heo"), "Chua co gia");
    pg_sql("UPDATE price_groups SET unit = 'KG' WHERE commodity = 'HEO'");
}

static void first_contact_is_told_once_and_after_the_answer(void **state)
{
    (void)state;
    say(LAN, "gia lua om18");
    say(LAN, "tg");
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE state = 'queued' AND next_at > created_at"), 1);
    assert_says(pg_text("SELECT body FROM outbox WHERE state = 'queued'"), "TC");
    assert_int_equal(pg_sql("SELECT count(*) FROM consent WHERE kind = 'notice'"), 1);
}

static void ones_own_place_stands_in(void **state)
{
    (void)state;
    assert_says(say(LAN, "ban lua om18 2 tan 8500"), "O dau");
    assert_says(say(LAN, "o cau ke"), "Cau Ke");
    say(LAN, "ban lua st25 2 tan 8500");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE place = '845'"), 1);
}

static void the_second_failure_goes_to_the_desk(void **state)
{
    (void)state;
    say(LAN, "xyzzy qwrt plgh");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 0);
    assert_says(say(LAN, "brmf zzt kkk"), "can bo");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 1);
}

static void an_answer_to_nothing_is_told_so(void **state)
{
    (void)state;
    assert_says(say(LAN, "ok"), "khong co cau hoi");
    assert_says(say(LAN, "8500"), "khong co cau hoi");
    assert_says(say(LAN, "khong"), "khong co cau hoi");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 0);
}

static void two_machines_that_answer_one_another_fall_silent(void **state)
{
    (void)state;
    for (int i = 0; i < story_policy.same_limit; i++)
        assert_string_not_equal(say(LAN, "auto reply: i am away"), "");
    assert_string_equal(say(LAN, "auto reply: i am away"), "");
    assert_says(say(LAN, "gia lua om18"), "OM18");
}

static void nobody_gets_more_answers_an_hour_than_the_limit(void **state)
{
    (void)state;
    char text[40];
    for (int i = 0; i < story_policy.reply_limit; i++) {
        snprintf(text, sizeof text, "gia lua om18 %s", i % 2 ? "cau ke" : "tra cu");
        assert_string_not_equal(say(LAN, text), "");
    }
    assert_says(say(LAN, "gia tom the"), "Mot gio nua");
    assert_string_equal(say(LAN, "gia tom su"), "");
    assert_says(say(LAN, "stop"), "Da ngung");
    story_now_us += 3600 * SECOND_US;
    assert_string_not_equal(say(LAN, "gia tom the"), "");
}

/* Its rows say what is yet to come; nobody is silent, open or known until then. */
static void a_clock_that_was_ahead_and_was_set_back_keeps_nobody_waiting(void **state)
{
    (void)state;
    const int64_t right_us = story_now_us;
    story_now_us += 20 * 24 * 60 * MINUTE_US;
    for (int i = 0; i <= story_policy.reply_limit; i++)
        say(LAN, i % 2 ? "gia lua om18 cau ke" : "gia lua om18 tra cu");
    assert_string_equal(say(LAN, "gia tom su"), "");
    assert_says(say(BINH, "ban lua om18 2 tan"), "?");
    story_now_us = right_us;
    assert_says(say(LAN, "gia tom su"), "tom");
    assert_says(say(BINH, "8500"), "khong co cau hoi");
}

static void each_of_a_batch_gets_the_answer_to_his_own_text(void **state)
{
    (void)state;
    struct envelope a = story_text(LAN, "a", "gia lua om18"), b = story_text(BINH, "b", "gia tom the");
    struct envelope *envelopes[] = {&a, &b};
    struct batch batch = story_batch(envelopes, 2);
    assert_int_equal(batch_run(&batch), DB_OK);
    assert_says(batch.turns[0].reply.text, "OM18");
    assert_says(batch.turns[1].reply.text, "tom the");
    knowledge_release(batch.knowledge);
}

static void a_text_that_cannot_be_handled_is_kept_and_its_sender_told(void **state)
{
    (void)state;
    struct envelope a = story_text(LAN, "a", "ban lua om18"), *envelopes[] = {&a};
    struct batch batch = story_batch(envelopes, 1);
    assert_int_equal(batch_bury(&batch, "22P02 for a test"), DB_OK);
    assert_says(batch.turns[0].reply.text, "Xin loi");
    assert_int_equal(pg_sql("SELECT count(*) FROM dead_letter WHERE text = 'ban lua om18' AND reason LIKE '22P02%%'"),
                     1);
    assert_int_equal(
        pg_sql("SELECT count(*) FROM inbound i JOIN outbox o ON o.id = i.answer_id WHERE outcome = 'dead'"), 1);
    assert_string_equal(pg_text("SELECT reason FROM desk"), "failed");
    knowledge_release(batch.knowledge);
    assert_says(say_as(LAN, "a", "ban lua om18"), "Xin loi");
    assert_says(say(LAN, "ban lua om18"), "Bao nhieu");
}

static void khmer_is_answered_in_khmer(void **state)
{
    (void)state;
    const char *answer = say(LAN, "តម្លៃស្រូវ OM18");
    assert_non_null(strstr(answer, "ស្រូវ"));
    assert_says(say(LAN, "nn vi"), "tieng Viet");
    assert_says(say(LAN, "gia lua om18"), "Gia");
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup(name, story_begin)
    const struct CMUnitTest tests[] = {
        STORY(an_offer_in_one_text_is_saved_and_echoed),
        STORY(what_is_about_so_much_is_echoed_as_that),
        STORY(what_is_missing_is_asked_and_the_next_text_completes_it),
        STORY(a_command_overtakes_an_open_question),
        STORY(a_question_is_forgotten_after_a_day),
        STORY(the_same_message_twice_gets_the_stored_answer_and_acts_once),
        STORY(the_same_words_within_ten_minutes_are_the_same_text),
        STORY(the_same_offer_later_is_posted_again_only_after_moi),
        STORY(two_answers_that_are_the_same_word_both_count),
        STORY(every_text_twice_is_every_text_once),
        STORY(only_the_owner_takes_a_listing_back),
        STORY(stop_is_confirmed_with_its_time_and_proved),
        STORY(stop_wins_over_an_open_question),
        STORY(a_stop_that_was_a_place_is_undone_by_one_digit),
        STORY(a_repeated_duplicate_acts_no_more_than_the_first),
        STORY(what_one_stands_by_is_not_asked_again),
        STORY(silence_is_not_repeated_as_an_answer),
        STORY(a_question_asked_again_is_open_for_another_day),
        STORY(cancel_alone_drops_the_question_or_asks_which),
        STORY(the_season_of_a_family_asks_which),
        STORY(the_day_of_delivery_and_each_place_are_echoed),
        STORY(a_price_in_an_unknown_unit_is_left_out),
        STORY(first_contact_is_told_once_and_after_the_answer),
        STORY(ones_own_place_stands_in),
        STORY(the_second_failure_goes_to_the_desk),
        STORY(an_answer_to_nothing_is_told_so),
        STORY(two_machines_that_answer_one_another_fall_silent),
        STORY(nobody_gets_more_answers_an_hour_than_the_limit),
        STORY(a_clock_that_was_ahead_and_was_set_back_keeps_nobody_waiting),
        STORY(each_of_a_batch_gets_the_answer_to_his_own_text),
        STORY(a_text_that_cannot_be_handled_is_kept_and_its_sender_told),
        STORY(khmer_is_answered_in_khmer),
    };
    return cmocka_run_group_tests_name("smsd/worker/batch", tests, story_setup, story_teardown);
}
