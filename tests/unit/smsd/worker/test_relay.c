/* SPDX-License-Identifier: Apache-2.0
 *
 * NHAN TIN: words between two people who do not learn one another's numbers.
 */
#include "tests/unit/smsd/worker/story_fixture.h"

#include <stdio.h>
#include <string.h>

/* The code of the listing, and of the only relay. */
static char listing[16];

static const char *relay(void)
{
    return pg_text("SELECT code FROM relays");
}

static const char *told(const char *number)
{
    return pg_text(
        "SELECT body FROM outbox o JOIN people p ON p.id = o.person_id WHERE kind = 'alert' AND msisdn = '%s'"
        " ORDER BY o.id DESC LIMIT 1",
        number);
}

static const char *pass(const char *from, const char *code, const char *words)
{
    char text[300];
    snprintf(text, sizeof text, "NHAN TIN %s: %s", code, words);
    return say(from, text);
}

/* Lan sells; nobody's quiet hours are near. */
static int begin(void **state)
{
    int failed = story_begin(state);
    const int64_t day_us = 24 * 60 * MINUTE_US;
    story_now_us = (story_now_us / day_us) * day_us + 5 * 60 * MINUTE_US; /* noon */
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    snprintf(listing, sizeof listing, "%s", pg_text("SELECT code FROM listings"));
    return failed;
}

static void words_go_both_ways_and_numbers_do_not(void **state)
{
    (void)state;
    char words[200];
    assert_says(pass(BINH, listing, "chieu nay 5 gio toi ghe, so 0987 654 321"), "Da chuyen loi");
    snprintf(words, sizeof words,
             "Tin %s (lua OM18), co nguoi nhan: chieu nay 5 gio toi ghe, so .... Tra loi: NHAN TIN ", listing);
    assert_says(told(LAN), words);
    assert_null(strstr(told(LAN), "654"));
    assert_says(told(LAN), relay());
    assert_says(pass(LAN, relay(), "dung roi, cho o cau"), "Da chuyen loi");
    snprintf(words, sizeof words, "Chu tin %s (lua OM18) nhan: dung roi, cho o cau.", listing);
    assert_says(told(BINH), words);
    assert_says(pass(BINH, listing, "cam on bac nhieu lam"), "Da chuyen loi"); /* by either code */
    assert_says(told(LAN), "cam on bac nhieu lam");
    assert_int_equal(pg_sql("SELECT count(*) FROM relays"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert' AND body ~ '849'"), 0);
}

static void either_can_end_it_and_begin_again(void **state)
{
    (void)state;
    pass(BINH, listing, "chieu nay toi ghe nha");
    assert_says(pass(LAN, relay(), "TC"), "Da chan");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 0);
    assert_says(pass(BINH, listing, "sao bac khong tra loi"), "khong nhan loi nhan");
    assert_null(strstr(told(LAN), "khong tra loi"));
    assert_says(pass(LAN, relay(), "xin loi bac, moi doc"), "Da chuyen loi");
    assert_says(pass(BINH, listing, "vay mai toi ghe"), "Da chuyen loi");
    say(LAN, "TC");
    assert_says(pass(BINH, listing, "bac con lua khong vay"), "khong nhan loi nhan");
}

static void nobody_passes_on_too_much(void **state)
{
    (void)state;
    char words[40];
    for (int i = 0; i < 10; i++) {
        snprintf(words, sizeof words, "hoi lan thu %d bac con khong", i);
        assert_says(pass(BINH, listing, words), "Da chuyen loi");
    }
    assert_says(pass(BINH, listing, "hoi lan nua bac con khong"), "10 lan");
    char text[200] = "dai ";
    for (int i = 0; i < 15; i++)
        strcat(text, "loi nhan ");
    assert_says(pass(LAN, relay(), text), "toi da 100");
}

static void what_is_nobodys_is_refused(void **state)
{
    (void)state;
    assert_says(pass(BINH, "B7K2", "chieu nay toi ghe"), "Khong thay tin B7K2");
    assert_says(pass(LAN, listing, "tu nhan cho minh"), "Khong thay tin");
    pass(BINH, listing, "chieu nay toi ghe nha");
    assert_says(pass("84911100001", relay(), "toi nghe len"), "Khong thay tin"); /* somebody else's relay */
    pg_sql("UPDATE listings SET state = 'cancelled'");
    assert_says(pass("84911100001", listing, "con lua khong bac"), "Khong thay tin");
    assert_says(pass(LAN, relay(), "ban roi bac oi"), "Da chuyen loi"); /* who has begun may end */
    assert_int_equal(pg_sql("SELECT count(*) FROM relays"), 1);
}

static void at_night_words_wait(void **state)
{
    (void)state;
    story_now_us += 11 * 60 * MINUTE_US;
    assert_says(pass(BINH, listing, "sang mai toi ghe nha"), "Nguoi kia nhan tu 7 gio sang");
    assert_int_equal(
        pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert' AND extract(hour FROM next_at AT TIME ZONE"
               " 'Asia/Ho_Chi_Minh') = 7"),
        1);
}

/* Each in their own language. */
static void both_are_told_in_their_languages(void **state)
{
    (void)state;
    static const struct {
        const char *choose, *told;
    } cases[] = {
        {"NN VI DAU", "có người nhắn"}, {"NN KM", "NHAN TIN"}, {"NN ZH", "有人留言"}, {"NN EN", "somebody writes"}};
    char words[40];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say(LAN, cases[i].choose);
        snprintf(words, sizeof words, "toi ghe luc %zu gio nha", i);
        assert_says(pass(BINH, listing, words), "Da chuyen loi");
        assert_says(told(LAN), cases[i].told);
        assert_says(told(LAN), words);
    }
}

/* Nobody's number is seen before they said so and sent back the code that came to it. */
static void a_number_is_shown_with_its_owners_consent(void **state)
{
    (void)state;
    char view[24], code[7] = "";
    snprintf(view, sizeof view, "XEM %s", listing);
    assert_null(strstr(say(BINH, view), "0912345678"));
    const char *answer = say(LAN, "CHO XEM SO");
    assert_says(answer, "+84912345678");
    sscanf(strstr(answer, "MA ") + 3, "%6[0-9]", code);
    story_now_us += 11 * MINUTE_US; /* not the same answer again */
    assert_null(strstr(say(BINH, view), "0912345678"));
    story_now_us -= 11 * MINUTE_US;
    char confirm[16];
    snprintf(confirm, sizeof confirm, "MA %s", code);
    assert_says(say(LAN, confirm), "GIAU SO");
    story_now_us += 30 * MINUTE_US;
    assert_says(say(BINH, view), "Goi 0912345678.");
    assert_says(say(LAN, "GIAU SO"), "Da giau");
    story_now_us += 11 * MINUTE_US;
    assert_null(strstr(say(BINH, view), "0912345678"));
    assert_string_equal(pg_text("SELECT granted FROM consent WHERE kind = 'contact' ORDER BY id"), "t\nf");
}

#define STORY(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(words_go_both_ways_and_numbers_do_not),
        STORY(either_can_end_it_and_begin_again),
        STORY(nobody_passes_on_too_much),
        STORY(what_is_nobodys_is_refused),
        STORY(at_night_words_wait),
        STORY(a_number_is_shown_with_its_owners_consent),
        STORY(both_are_told_in_their_languages),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
