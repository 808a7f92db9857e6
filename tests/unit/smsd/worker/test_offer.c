/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked once in a lifetime: to be answered in Khmer, to show the number.
 */
#include <stdio.h>
#include <string.h>

#include "parsers/text/sms.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static void assert_silent_of(const char *answer, const char *part)
{
    if (strstr(answer, part))
        fail_msg("\"%s\" is in \"%s\"", part, answer);
}

static void who_writes_khmer_in_latin_letters_is_offered_khmer_once(void **state)
{
    (void)state;
    assert_silent_of(say(LAN, "ban lua om18 2 tan 8500 cau ke"), "NN KM");
    assert_says(say(BINH, "luok srov om5451 1 ton 7000 tra cu"), "Sai? HUY");
    story_begin(NULL);
    const char *answer = say(BINH, "luok srov om5451 1 ton 7000 tra cu");
    assert_says(answer, "BAN lua OM5451");
    assert_says(answer, "Muon tra loi bang tieng Khmer: NN KM");
    assert_int_equal(sms_size(slice_of(answer)).segments, 1);
    assert_silent_of(say(BINH, "luok srov om18 2 ton 7000 tra cu"), "NN KM");
    say(BINH, "NN KM");
    assert_says(say(BINH, "luok srov om18 3 ton 7000 tra cu"), "ស្រូវ OM18");
}

static void who_chose_a_language_is_offered_none(void **state)
{
    (void)state;
    say(BINH, "NN VI");
    assert_silent_of(say(BINH, "luok srov om5451 1 ton 7000 tra cu"), "NN KM");
}

/* Of a listing as its answer names it: "XEM B7K2". */
static const char *code_behind(const char *answer, const char *word)
{
    static char code[16];
    const char *at = strstr(answer, word);
    if (!at)
        fail_msg("no %s in %s", word, answer);
    snprintf(code, sizeof code, "%.*s", (int)strcspn(at + strlen(word), " .:,"), at + strlen(word));
    return code;
}

#define ASKED "Cho nguoi ta thay so bac? CHO XEM SO"

static void whether_the_number_may_be_seen_is_asked_with_the_first_match(void **state)
{
    (void)state;
    assert_silent_of(say(LAN, "ban ot 50 kg 40k cau ke"), "CHO XEM SO");
    const char *answer = say(BINH, "mua ot 50 kg 45k cau ke");
    assert_says(answer, ASKED);
    assert_says(answer, "Hop nhat");
    assert_says(answer, "Dang den");
    assert_int_equal(sms_size(slice_of(answer)).segments, 1);
    assert_silent_of(say(BINH, "mua ot 20 kg 45k cau ke"), "CHO XEM SO");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE contact_asked_at IS NOT NULL AND msisdn = '" BINH "'"),
                     1);
}

static void or_when_somebody_elses_offer_is_looked_at(void **state)
{
    (void)state;
    char text[40];
    snprintf(text, sizeof text, "XEM %s", code_behind(say(LAN, "ban tom the 50 con 2 tan 125000 cau ngang"), "HUY "));
    assert_silent_of(say(BINH, "mua tom the 50 con 2 tan 130000 cau ngang"), "CHO XEM SO"); /* it has no room */
    assert_says(say(BINH, text), ASKED);
    story_now_us += 11 * MINUTE_US;
    assert_silent_of(say(BINH, text), "CHO XEM SO");
}

static void who_has_no_offer_is_asked_when_words_are_passed_on(void **state)
{
    (void)state;
    char text[80];
    snprintf(text, sizeof text, "NHAN TIN %s: chieu nay toi ghe",
             code_behind(say(LAN, "ban lua om18 2 tan 8500 cau ke"), "HUY "));
    assert_says(say(BINH, text), ASKED);
    story_now_us += 11 * MINUTE_US;
    assert_silent_of(say(BINH, text), "CHO XEM SO");
}

static void who_has_answered_is_not_asked(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    say(BINH, "CHO XEM SO");
    assert_silent_of(say(BINH, "mua lua om18 2 tan 8700 cau ke"), "CHO XEM SO");
}

#define STORY(name) cmocka_unit_test_setup(name, story_noon)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(who_writes_khmer_in_latin_letters_is_offered_khmer_once),
        STORY(who_chose_a_language_is_offered_none),
        STORY(whether_the_number_may_be_seen_is_asked_with_the_first_match),
        STORY(or_when_somebody_elses_offer_is_looked_at),
        STORY(who_has_no_offer_is_asked_when_words_are_passed_on),
        STORY(who_has_answered_is_not_asked),
    };
    return cmocka_run_group_tests_name("smsd/worker/offer", tests, story_setup, story_teardown);
}
