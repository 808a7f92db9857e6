/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/sms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

/* `unit` written n times. */
static struct slice times(const char *unit, size_t n)
{
    size_t length = strlen(unit);
    char *text = arena_alloc(arena, length * n + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(text + i * length, unit, length);
    return (struct slice){text, length * n};
}

static void assert_size(struct slice text, enum sms_coding coding, size_t units, size_t segments)
{
    struct sms_size size = sms_size(text);
    assert_int_equal(size.coding, coding);
    assert_int_equal(size.units, units);
    assert_int_equal(size.segments, segments);
    assert_true(sms_fits(text, segments));
    assert_true(segments == 0 || !sms_fits(text, segments - 1));
}

static void an_empty_text_has_no_segment(void **state)
{
    (void)state;
    assert_size((struct slice){NULL, 0}, SMS_GSM7, 0, 0);
}

static void segments_of_the_alphabet(void **state)
{
    (void)state;
    assert_size(times("a", 160), SMS_GSM7, 160, 1);
    assert_size(times("a", 161), SMS_GSM7, 161, 2);
    assert_size(times("a", 306), SMS_GSM7, 306, 2);
    assert_size(times("a", 307), SMS_GSM7, 307, 3);
}

static void segments_of_ucs2(void **state)
{
    (void)state;
    assert_size(times("đ", 70), SMS_UCS2, 70, 1);
    assert_size(times("đ", 71), SMS_UCS2, 71, 2);
    assert_size(times("ស", 134), SMS_UCS2, 134, 2);
    assert_size(times("卖", 135), SMS_UCS2, 135, 3);
    assert_size(times("😀", 35), SMS_UCS2, 70, 1);
}

/* An escape is never the last septet of a segment, nor half a surrogate pair the last unit. */
static void characters_of_two_units_are_not_torn(void **state)
{
    (void)state;
    assert_size(times("€", 80), SMS_GSM7, 160, 1);
    assert_size(times("€", 152), SMS_GSM7, 304, 2);
    assert_size(times("€", 153), SMS_GSM7, 306, 3);
    assert_size(times("😀", 66), SMS_UCS2, 132, 2);
    assert_size(times("😀", 67), SMS_UCS2, 134, 3);
}

static void every_character_of_the_alphabet(void **state)
{
    (void)state;
    assert_size(slice_of("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"), SMS_GSM7, 63, 1);
    assert_size(slice_of("¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"), SMS_GSM7, 64, 1);
    assert_size(slice_of("\f^{}\\[~]|€"), SMS_GSM7, 20, 1);
    static const char *const not_in[] = {"`", "ç", "á", "đ", "\t", "\x7f", "’", "…", "\xff"};
    for (size_t i = 0; i < sizeof not_in / sizeof *not_in; i++)
        assert_size(slice_of(not_in[i]), SMS_UCS2, 1, 1);
    assert_size((struct slice){"\0", 1}, SMS_UCS2, 1, 1);
}

static void assert_ucs2(const char *bytes, size_t n, const char *expected, size_t expected_bad)
{
    size_t length = 99, bad = 99;
    /* a copy without a byte to spare, so that the sanitizer sees a step too far */
    char *exact = malloc(n ? n : 1);
    memcpy(exact, bytes, n);
    const char *text = sms_from_ucs2(arena, (struct slice){exact, n}, &length, &bad);
    free(exact);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
    assert_int_equal(bad, expected_bad);
}

static void ucs2_becomes_utf8(void **state)
{
    (void)state;
    assert_ucs2("", 0, "", 0);
    assert_ucs2("\0b\0\xe1\0n", 6, "bán", 0);
    assert_ucs2("\x1e\xa7\x17\x9f", 4, "ầស", 0);
    assert_ucs2("\xd8\x3d\xde\x00", 4, "😀", 0);
}

static void utf8_becomes_ucs2(void **state)
{
    (void)state;
    static const struct {
        const char *text, *bytes;
        size_t n;
    } cases[] = {{"", "", 0},
                 {"bán", "\0b\0\xe1\0n", 6},
                 {"ầស", "\x1e\xa7\x17\x9f", 4},
                 {"😀", "\xd8\x3d\xde\x00", 4},
                 {"a\xff", "\0a\xff\xfd", 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = 99;
        const char *bytes = sms_to_ucs2(arena, slice_of(cases[i].text), &n);
        assert_int_equal(n, cases[i].n);
        assert_memory_equal(bytes, cases[i].bytes, n);
    }
}

static void broken_ucs2_is_marked_and_counted(void **state)
{
    (void)state;
    assert_ucs2("\0a\0", 3, "a\xef\xbf\xbd", 1);
    assert_ucs2("\xd8\x3d", 2, "\xef\xbf\xbd", 1);
    assert_ucs2("\xd8\x3d\0a", 4,
                "\xef\xbf\xbd"
                "a",
                1);
    assert_ucs2("\xde\x00\xd8\x3d", 4, "\xef\xbf\xbd\xef\xbf\xbd", 2);
    assert_ucs2("\xd8\x3d\xde", 3, "\xef\xbf\xbd\xef\xbf\xbd", 2);
}

static void a_nul_in_ucs2_is_kept(void **state)
{
    (void)state;
    size_t length = 0;
    const char *text = sms_from_ucs2(arena, (struct slice){"\0a\0\0\0b", 6}, &length, NULL);
    assert_int_equal(length, 3);
    assert_memory_equal(text, "a\0b", 4);
}

static void latin1_becomes_utf8(void **state)
{
    (void)state;
    size_t length = 0;
    assert_string_equal(sms_from_latin1(arena, slice_of("b\xe1n \xff"), &length), "bán ÿ");
    assert_int_equal(length, 7);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_text_has_no_segment),
        cmocka_unit_test(segments_of_the_alphabet),
        cmocka_unit_test(segments_of_ucs2),
        cmocka_unit_test(characters_of_two_units_are_not_torn),
        cmocka_unit_test(every_character_of_the_alphabet),
        cmocka_unit_test(ucs2_becomes_utf8),
        cmocka_unit_test(utf8_becomes_ucs2),
        cmocka_unit_test(broken_ucs2_is_marked_and_counted),
        cmocka_unit_test(a_nul_in_ucs2_is_kept),
        cmocka_unit_test(latin1_becomes_utf8),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
