/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/sim/octets.h"

static struct arena *arena;

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

static void gsm7_has_its_own_numbers(void **state)
{
    static const struct {
        const char *text;
        const char *hex;
    } rows[] = {
        {"", ""},      {"gia", "676961"},       {"@", "00"},      {"$_", "0211"},    {"Δ£", "1001"},
        {"€", "1b65"}, {"[~]", "1b3c1b3d1b3e"}, {"\n\r", "0a0d"}, {"à§¿", "7f5f60"}, {"ÉÆ", "1f1c"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice octets;
        assert_true(gsm7_encode(arena, slice_of(rows[i].text), &octets));
        assert_string_equal(hex_encode(arena, octets), rows[i].hex);
        assert_string_equal(charset_decode(arena, CODING_GSM7, octets), rows[i].text);
    }
}

static void gsm7_lacks_vietnamese_and_the_escape(void **state)
{
    static const char *const texts[] = {"á", "đ", "ạ", "gia lúa", "`", "\x1b", "\xff", "a\xc3"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct slice octets;
        assert_false(gsm7_encode(arena, slice_of(texts[i]), &octets));
    }
}

static void ucs2_carries_all_planes(void **state)
{
    struct slice octets;
    (void)state;
    assert_true(ucs2_encode(arena, slice_of("aạ𠮷"), &octets));
    assert_string_equal(hex_encode(arena, octets), "00611ea1d842dfb7");
    assert_string_equal(charset_decode(arena, CODING_UCS2, octets), "aạ𠮷");
    assert_false(ucs2_encode(arena, slice_of("a\xff"), &octets));
}

static void what_cannot_be_decoded_is_replaced(void **state)
{
    static const struct {
        enum coding coding;
        const char *hex;
        const char *text;
    } rows[] = {
        {CODING_GSM7, "61ff61",
         "a\xEF\xBF\xBD"
         "a"},
        {CODING_GSM7, "611b", "a\xEF\xBF\xBD"},
        {CODING_GSM7, "1b00", "\xEF\xBF\xBD"},
        {CODING_UCS2, "006100", "a\xEF\xBF\xBD"},
        {CODING_UCS2, "d842", "\xEF\xBF\xBD"},
        {CODING_UCS2, "d8420061",
         "\xEF\xBF\xBD"
         "a"},
        {CODING_UCS2, "dfb70061",
         "\xEF\xBF\xBD"
         "a"},
        {CODING_LATIN1, "e1", "á"},
        {CODING_BINARY, "00ff", "00ff"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice octets;
        assert_true(hex_decode(arena, slice_of(rows[i].hex), &octets));
        assert_string_equal(charset_decode(arena, rows[i].coding, octets), rows[i].text);
    }
}

static void data_coding_is_read_as_operators_write_it(void **state)
{
    static const struct {
        uint8_t data_coding;
        enum coding coding;
    } rows[] = {
        {0x00, CODING_GSM7},   {0x01, CODING_GSM7},   {0x03, CODING_LATIN1}, {0x08, CODING_UCS2}, {0x18, CODING_UCS2},
        {0x04, CODING_BINARY}, {0x02, CODING_BINARY}, {0xF5, CODING_BINARY}, {0xF1, CODING_GSM7}, {0x10, CODING_GSM7},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(coding_of(rows[i].data_coding), rows[i].coding);
}

static void bad_hexadecimal_is_refused(void **state)
{
    struct slice octets;
    (void)state;
    assert_false(hex_decode(arena, slice_of("0"), &octets));
    assert_false(hex_decode(arena, slice_of("0g"), &octets));
    assert_true(hex_decode(arena, slice_of("0aFF"), &octets));
    assert_string_equal(hex_encode(arena, octets), "0aff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gsm7_has_its_own_numbers),
        cmocka_unit_test(gsm7_lacks_vietnamese_and_the_escape),
        cmocka_unit_test(ucs2_carries_all_planes),
        cmocka_unit_test(what_cannot_be_decoded_is_replaced),
        cmocka_unit_test(data_coding_is_read_as_operators_write_it),
        cmocka_unit_test(bad_hexadecimal_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
