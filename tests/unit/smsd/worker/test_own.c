/* SPDX-License-Identifier: Apache-2.0
 *
 * One's own listings: TIN, HUY, GIA HAN, as people write them.
 */
#include <stdio.h>
#include <string.h>

#include "parsers/text/sms.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

static char codes[3][16];

/* Lan sells three things, an hour ago. */
static int three_offers(void **state)
{
    static const char *const offers[] = {"ban lua om18 2 tan 8500 cau ke", "ban dua kho 1200 trai 9k cau ke",
                                         "ban tom the 50 con 300kg 130k cau ke"};
    story_noon(state);
    for (size_t i = 0; i < 3; i++) {
        say(LAN, offers[i]);
        snprintf(codes[i], sizeof codes[i], "%s", pg_text("SELECT code FROM listings ORDER BY id DESC LIMIT 1"));
    }
    story_now_us += HOUR_US;
    return 0;
}

static const char *states(void)
{
    return pg_text("SELECT string_agg(state, ' ' ORDER BY id) FROM listings");
}

/* "HUY B7K2" */
static const char *of(const char *command, const char *code)
{
    static char text[100];
    snprintf(text, sizeof text, "%s %s", command, code);
    return text;
}

static void the_list_numbers_what_stands(void **state)
{
    (void)state;
    char line[100];
    const char *answer = say(LAN, "TIN");
    snprintf(line, sizeof line, "1 %s ban lua OM18 2 tan 8.500d/kg", codes[0]);
    assert_says(answer, line);
    snprintf(line, sizeof line, "3 %s ban tom the 50 con/kg 300 kg", codes[2]);
    assert_says(answer, line);
    assert_true(sms_size(slice_of(answer)).segments <= 2);
    assert_says(say(BINH, "tin"), "khong co tin nao");
}

static void a_long_list_goes_on_with_tiep(void **state)
{
    (void)state;
    char offer[100];
    for (int i = 0; i < 5; i++) {
        snprintf(offer, sizeof offer, "ban lua om18 %d tan 8500 cau ke", i + 10);
        say(LAN, offer);
    }
    const char *answer = say(LAN, "tin cua toi");
    assert_says(answer, " tin: TIEP.");
    assert_int_equal(sms_size(slice_of(answer)).segments, 2);
    assert_null(strstr(answer, "14 tan"));
    answer = say(LAN, "TIEP");
    assert_true(strstr(answer, "14 tan") || strstr(say(LAN, "TIEP"), "14 tan"));
    assert_says(say(LAN, "TIEP"), "Het danh sach");
}

/* With a new id each time, after the ten minutes in which the same words are the same text. */
static void the_same_number_brought_again_means_the_same_listing(void **state)
{
    (void)state;
    say(LAN, "TIN");
    assert_says(say(LAN, "HUY 1"), codes[0]);
    story_now_us += HOUR_US;
    assert_says(say(LAN, "HUY 1"), "dong tu truoc");
    assert_string_equal(states(), "cancelled open open");
    assert_says(say(LAN, "HUY 3"), codes[2]);
    assert_string_equal(states(), "cancelled open cancelled");
}

/* Nobody who never asked for the list has another numbering in mind than the oldest first. */
static void a_number_holds_without_the_list_too(void **state)
{
    (void)state;
    assert_says(say(LAN, "huy tin 1"), codes[0]);
    story_now_us += HOUR_US;
    assert_says(say(LAN, "huy tin 1"), "dong tu truoc");
    assert_string_equal(states(), "cancelled open open");
    assert_says(say(LAN, "TIN"), of("1", codes[1]));
    assert_says(say(LAN, "HUY 1"), codes[1]);
}

static void which_one_is_asked_by_the_numbers(void **state)
{
    (void)state;
    assert_says(say(LAN, "HUY"), "1) lua OM18, 2) dua kho, 3) tom the");
    assert_says(say(LAN, "2"), codes[1]);
    assert_string_equal(states(), "open cancelled open");
    assert_says(say(BINH, "gia han"), "khong co tin nao dang dang");
}

static void a_renewed_listing_stands_as_long_as_a_new_one(void **state)
{
    (void)state;
    pg_sql("UPDATE listings SET until = province_today() - 1, state = 'expired'");
    const char *answer = say(LAN, of("GIA HAN", codes[0]));
    assert_says(answer, "lua OM18 2 tan 8.500d/kg");
    assert_int_equal(pg_sql("SELECT until - province_today() FROM listings WHERE state = 'open'"), 14);
    say(LAN, of("gia han tin", codes[2]));
    assert_int_equal(pg_sql("SELECT until - province_today() FROM listings WHERE code = '%s'", codes[2]), 5);
    assert_string_equal(states(), "open expired open");
    assert_string_equal(
        pg_text("SELECT changes ->> 'until' <> '' FROM listing_events WHERE changes IS NOT NULL LIMIT 1"), "t");
}

static void what_is_not_ones_own_stays_as_it_is(void **state)
{
    (void)state;
    static const char *const commands[] = {"HUY", "GIA HAN"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        assert_says(say(BINH, of(commands[i], codes[0])), "Khong thay");
        char mistyped[16];
        snprintf(mistyped, sizeof mistyped, "%s", codes[0]);
        mistyped[3] = mistyped[3] == '2' ? '3' : '2'; /* the check symbol */
        if (strcmp(mistyped, codes[0]) != 0)
            assert_says(say(LAN, of(commands[i], mistyped)), "Khong thay");
    }
    assert_string_equal(states(), "open open open");
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_events WHERE inbound_id IN (SELECT i.id FROM inbound i JOIN"
                            " people p ON p.id = i.person_id WHERE p.msisdn = '" BINH "')"),
                     0);
}

static void what_is_closed_is_told_so(void **state)
{
    (void)state;
    pg_sql("UPDATE listings SET state = 'cancelled'");
    assert_says(say(LAN, of("GIA HAN", codes[0])), "da dong roi");
    assert_string_equal(states(), "cancelled cancelled cancelled");
}

static void each_language_has_its_list(void **state)
{
    (void)state;
    static const char *const langs[][2] = {{"nn vi dau", "Tin của bác: 1 "},
                                           {"nn km", "ដំណឹងរបស់អ្នក: 1 "},
                                           {"nn zh", "您的登记：1 "},
                                           {"nn en", "Your listings: 1 "}};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        say(LAN, langs[i][0]);
        const char *answer = say(LAN, "TIN");
        assert_says(answer, langs[i][1]);
        assert_true(sms_size(slice_of(answer)).segments <= 3);
        story_now_us += HOUR_US;
    }
}

static int64_t days_left(const char *code)
{
    return pg_sql("SELECT until - province_today() FROM listings WHERE code = '%s'", code);
}

/* So many days more as are said, in all no more than thirty from today. */
static void a_listing_is_renewed_for_the_days_that_are_said(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int until;
    } cases[] = {{"10 NGAY", 24}, {"them 1 tuan", 21}, {"3 days", 17}, {"99 ngay", 30},
                 {"0 ngay", 14},  {"10 ថ្ងៃ", 24},      {"10天", 24},   {"", 14}};
    char text[60];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pg_sql("UPDATE listings SET until = province_today() + 14 WHERE code = '%s'", codes[0]);
        snprintf(text, sizeof text, "GIA HAN %s %s", codes[0], cases[i].text);
        say(LAN, text);
        if (days_left(codes[0]) != cases[i].until)
            fail_msg("%s: %lld days", text, (long long)days_left(codes[0]));
        story_now_us += HOUR_US;
    }
}

/* Who buys is told the buyer's word, and it does what it says. */
static void a_request_is_ended_by_the_buyers_word(void **state)
{
    (void)state;
    assert_says(say(LAN, "TIN"), "Xong thi nhan BAN ROI va so");
    say(BINH, "mua tom the 50 con 2 tan 130000 cau ngang");
    assert_says(say(BINH, "TIN"), "Xong thi nhan MUA DU va so");
    assert_says(say(BINH, "MUA DU 1 500 kg 128000"), "xong 500 kg. Gia 128.000d/kg. Con 1,5 tan.");
    say(BINH, "ban lua om18 2 tan 8500 cau ke");
    story_now_us += HOUR_US;
    assert_says(say(BINH, "TIN"), "Xong thi nhan MUA DU/BAN ROI va so");
    assert_says(say(BINH, "MUA DU 1"), "Tin da dong");
}

#define STORY(name) cmocka_unit_test_setup(name, three_offers)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_list_numbers_what_stands),
        STORY(a_long_list_goes_on_with_tiep),
        STORY(the_same_number_brought_again_means_the_same_listing),
        STORY(a_number_holds_without_the_list_too),
        STORY(which_one_is_asked_by_the_numbers),
        STORY(a_renewed_listing_stands_as_long_as_a_new_one),
        STORY(what_is_not_ones_own_stays_as_it_is),
        STORY(what_is_closed_is_told_so),
        STORY(each_language_has_its_list),
        STORY(a_listing_is_renewed_for_the_days_that_are_said),
        STORY(a_request_is_ended_by_the_buyers_word),
    };
    return cmocka_run_group_tests_name("smsd/worker/own", tests, story_setup, story_teardown);
}
