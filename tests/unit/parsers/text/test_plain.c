/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/text/plain.h"
#include "parsers/text/sms.h"

static struct arena *arena;

static void assert_plain(const char *text, size_t max, const char *wanted)
{
    const char *plain = text_plain(arena, slice_of(text), max);
    assert_string_equal(plain, wanted);
    assert_true(strlen(plain) <= max);
    assert_int_not_equal(sms_size(slice_of(plain)).coding, SMS_UCS2);
}

static void words_are_shown_plain(void **state)
{
    (void)state;
    assert_plain("Lúa bị đạo ôn,\n phun thuốc gì?", 100, "Lua bi dao on, phun thuoc gi?");
    assert_plain("  gia #1 [QC] 50% <b>@me", 100, "gia 1 QC 50 b me");
    assert_plain("", 100, "");
    assert_plain("ស្រូវ OM18 ឈឺ", 100, "OM18");
    assert_plain("ស្រូវឈឺ", 100, "");
    assert_plain("稻子病了。", 100, "");
    assert_plain("... !", 100, "");
}

static void telephone_numbers_are_not_shown(void **state)
{
    (void)state;
    assert_plain("goi 0912345678 nhe", 100, "goi (...) nhe");
    assert_plain("goi +84 912 345 678.", 100, "goi (...).");
    assert_plain("sdt:0912.345.678,0294-385-1234", 100, "sdt:(...),(...)");
    assert_plain("gia 8500 8600 8700 tan 12000000", 100, "gia 8500 8600 8700 tan 12000000");
    assert_plain("a0912345678", 100, "a0912345678"); /* a code, no number */
}

static void long_words_are_cut_between_words(void **state)
{
    (void)state;
    assert_plain("mot hai ba bon", 14, "mot hai ba bon");
    assert_plain("mot hai ba bon", 13, "mot hai ba...");
    assert_plain("mot hai ba bon", 12, "mot hai...");
    assert_plain("abcdefghijklmnop", 10, "abcdefg...");
}

static void what_aggregators_bar_becomes_blanks(void **state)
{
    (void)state;
    assert_string_equal(text_unbarred(arena, slice_of("Phun 50% [A&B]\n0912345678 #1 @ph> lúa")),
                        "Phun 50   A B  0912345678  1  ph> lúa");
    assert_int_equal(text_characters(slice_of("lúa ស្រូវ")), 9);
    assert_int_equal(text_characters(slice_of("")), 0);
}

static void a_text_is_shown_by_its_beginning(void **state)
{
    (void)state;
    assert_string_equal(text_start(arena, slice_of("mưa lớn"), 7), "mưa lớn");
    assert_string_equal(text_start(arena, slice_of("mưa lớn"), 6), "mưa...");
    assert_string_equal(text_start(arena, slice_of("ស្រូវល្អ"), 5), "ស្...");
    assert_string_equal(text_start(arena, slice_of(""), 3), "");
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_shown_plain),
        cmocka_unit_test(telephone_numbers_are_not_shown),
        cmocka_unit_test(long_words_are_cut_between_words),
        cmocka_unit_test(what_aggregators_bar_becomes_blanks),
        cmocka_unit_test(a_text_is_shown_by_its_beginning),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
