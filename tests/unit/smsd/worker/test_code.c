/* SPDX-License-Identifier: Apache-2.0
 *
 * One-time codes, by the only act that everybody has: to be erased.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/smsd/worker/story_fixture.h"

/* The digits that an answer carries. */
static int digits_of(const char *answer)
{
    const char *at = strstr(answer, "MA ");
    if (!at || strspn(at + 3, "0123456789") != 6)
        fail_msg("there is no code in \"%s\"", answer);
    return atoi(at + 3);
}

static const char *send_code(const char *from, int digits)
{
    char text[16];
    snprintf(text, sizeof text, "MA %06d", digits % 1000000);
    return say(from, text);
}

static int64_t waiting(void)
{
    return pg_sql("SELECT count(*) FROM codes WHERE digest IS NOT NULL");
}

static void the_right_code_does_what_it_was_made_for_and_only_once(void **state)
{
    (void)state;
    int code = digits_of(say(LAN, "xoa toi"));
    assert_int_equal(waiting(), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM codes WHERE kind = 'erase' AND octet_length(digest) = 32"), 1);
    assert_says(send_code(LAN, code), "Da xoa");
    assert_int_equal(pg_sql("SELECT count(*) FROM erasures"), 1);
    assert_int_equal(waiting(), 0);
    story_now_us += story_policy.dedupe_window_us; /* within it the same words get the same answer */
    assert_says(send_code(LAN, code), "Khong co viec nao cho ma");
    assert_int_equal(pg_sql("SELECT count(*) FROM erasures"), 1);
}

static void a_code_is_good_for_ten_minutes(void **state)
{
    (void)state;
    int code = digits_of(say(LAN, "xoa toi"));
    story_now_us += 10 * MINUTE_US;
    assert_says(send_code(LAN, code), "Khong co viec nao cho ma");
    code = digits_of(say(LAN, "xoa toi"));
    story_now_us += 9 * MINUTE_US;
    assert_says(send_code(LAN, code), "Da xoa");
}

static void a_code_is_its_persons_own(void **state)
{
    (void)state;
    int code = digits_of(say(LAN, "xoa toi"));
    assert_says(send_code(BINH, code), "Khong co viec nao cho ma");
    int other = digits_of(say(BINH, "xoa toi"));
    if (other != code)
        assert_says(send_code(BINH, code), "Ma chua dung");
    assert_says(send_code(LAN, code), "Da xoa");
}

static void the_newest_code_counts(void **state)
{
    (void)state;
    int first = digits_of(say(LAN, "xoa toi"));
    say(LAN, "gia lua");
    int second = digits_of(say(LAN, "xoa toi"));
    if (first != second)
        assert_says(send_code(LAN, first), "Ma chua dung, con 2 lan");
    assert_says(send_code(LAN, second), "Da xoa");
}

static void three_wrong_ones_void_it(void **state)
{
    (void)state;
    int code = digits_of(say(LAN, "xoa toi"));
    assert_says(send_code(LAN, code + 1), "con 2 lan");
    assert_says(send_code(LAN, code + 2), "con 1 lan");
    assert_says(send_code(LAN, code + 3), "Ma sai 3 lan");
    assert_says(send_code(LAN, code), "Khong co viec nao cho ma");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 0);
}

static void five_wrong_ones_in_a_day_lock_and_the_officers_are_told(void **state)
{
    (void)state;
    int code = digits_of(say(LAN, "xoa toi"));
    for (int i = 1; i <= 3; i++)
        send_code(LAN, code + i);
    code = digits_of(say(LAN, "xoa toi"));
    assert_says(send_code(LAN, code + 4), "con 2 lan");
    assert_says(send_code(LAN, code + 5), "tam khoa mot ngay");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk WHERE reason = 'code_locked'"), 1);
    assert_says(send_code(LAN, code), "tam khoa mot ngay");
    assert_says(say(LAN, "xoa toi"), "tam khoa mot ngay");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 1);
    assert_int_equal(waiting(), 0);
    story_now_us += 24 * 60 * MINUTE_US;
    assert_says(send_code(LAN, digits_of(say(LAN, "xoa toi"))), "Da xoa");
}

static void the_digits_alone_will_do_while_they_are_waited_for(void **state)
{
    (void)state;
    char digits[8];
    int code = digits_of(say(LAN, "xoa toi"));
    snprintf(digits, sizeof digits, "%06d", (code + 1) % 1000000);
    assert_says(say(LAN, digits), "con 2 lan");
    snprintf(digits, sizeof digits, "%06d", code);
    assert_says(say(LAN, digits), "Da xoa");
    story_now_us += 11 * MINUTE_US;
    code = digits_of(say(LAN, "xoa toi"));
    say(LAN, "gia lua om18");
    snprintf(digits, sizeof digits, "%06d", code);
    say(LAN, digits);
    assert_int_equal(waiting(), 1); /* after another command they are no answer */
}

static void every_language_carries_the_code(void **state)
{
    (void)state;
    static const char *const languages[] = {"NN VI", "NN VI DAU", "NN KM", "NN ZH", "NN EN"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        say(LAN, languages[i]);
        digits_of(say(LAN, i % 2 ? "xóa tôi" : "xoa toi"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_right_code_does_what_it_was_made_for_and_only_once, story_begin),
        cmocka_unit_test_setup(a_code_is_good_for_ten_minutes, story_begin),
        cmocka_unit_test_setup(a_code_is_its_persons_own, story_begin),
        cmocka_unit_test_setup(the_newest_code_counts, story_begin),
        cmocka_unit_test_setup(three_wrong_ones_void_it, story_begin),
        cmocka_unit_test_setup(five_wrong_ones_in_a_day_lock_and_the_officers_are_told, story_begin),
        cmocka_unit_test_setup(the_digits_alone_will_do_while_they_are_waited_for, story_begin),
        cmocka_unit_test_setup(every_language_carries_the_code, story_begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
