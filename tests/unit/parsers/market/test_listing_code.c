/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/listing_code.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SAMPLE 9000 /* serials 0 to here have codes of four and five symbols */
static const char *const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

static bool reads(const char *text)
{
    char code[LISTING_CODE_MAX];
    return listing_code_read(slice_of(text), code);
}

static void every_code_reads_back(void **state)
{
    (void)state;
    char code[LISTING_CODE_MAX], read[LISTING_CODE_MAX];
    int made = 0;
    for (uint64_t n = 0; n < 300000; n++)
        if (listing_code_make(n, code)) {
            assert_true(listing_code_read(slice_of(code), read));
            assert_string_equal(code, read);
            made++;
        }
    assert_true(made > 150000);
}

static void codes_start_short_and_grow(void **state)
{
    (void)state;
    char code[LISTING_CODE_MAX];
    uint64_t n = 100;
    while (!listing_code_make(n, code))
        n++;
    assert_int_equal(strlen(code), 4);
    for (n = 2000000000; !listing_code_make(n, code);)
        n++;
    assert_int_equal(strlen(code), 8);
    assert_false(listing_code_make(UINT64_MAX, code));
}

static void neighbours_do_not_look_alike(void **state)
{
    (void)state;
    char before[LISTING_CODE_MAX] = "", code[LISTING_CODE_MAX];
    static const uint64_t starts[] = {0, 7935, 190440, 4388055};
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++)
        for (uint64_t n = starts[s]; n < starts[s] + 1000; n++) {
            bool made = listing_code_make(n, code);
            assert_true(!made || code[0] != before[0]);
            memcpy(before, code, sizeof code);
        }
}

static void shapes_that_mean_something_else_are_not_made(void **state)
{
    (void)state;
    char code[LISTING_CODE_MAX];
    for (uint64_t n = 0; n < 300000; n++) {
        if (!listing_code_make(n, code))
            continue;
        size_t letters = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assert_true(letters > 0 && letters < strlen(code));
        assert_true(letters + strspn(code + letters, "0123456789") < strlen(code)); /* ST25 */
        assert_null(strpbrk(code, "AEIOUY01"));
    }
}

/* Each wrong symbol in each place, and each two neighbours swapped. */
static void assert_mistakes_are_noticed(const char *code)
{
    char wrong[LISTING_CODE_MAX];
    size_t length = strlen(code);
    strcpy(wrong, code);
    for (size_t i = 0; i < length; i++) {
        for (const char *c = alphabet; *c; c++) {
            wrong[i] = *c;
            assert_true(*c == code[i] || !reads(wrong));
        }
        wrong[i] = code[i];
    }
    for (size_t i = 0; i + 1 < length; i++) {
        wrong[i] = code[i + 1];
        wrong[i + 1] = code[i];
        assert_true(wrong[i] == code[i] || !reads(wrong));
        wrong[i] = code[i];
        wrong[i + 1] = code[i + 1];
    }
}

static void any_one_mistake_is_noticed(void **state)
{
    (void)state;
    char code[LISTING_CODE_MAX];
    static const uint64_t starts[] = {0, 190440, 4388055, 100933200};
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++)
        for (uint64_t n = starts[s]; n < starts[s] + (s ? 500 : SAMPLE); n++)
            if (listing_code_make(n, code))
                assert_mistakes_are_noticed(code);
}

/* A code as a number of base 37. */
static uint64_t number_of(const char *code)
{
    uint64_t number = 0;
    for (; *code; code++)
        number = number * 37 + (uint64_t)(strchr(alphabet, *code) - alphabet) + 1;
    return number;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void no_code_is_given_twice(void **state)
{
    (void)state;
    const size_t serials = 3000000;
    uint64_t *numbers = malloc(serials * sizeof *numbers);
    size_t made = 0;
    char code[LISTING_CODE_MAX];
    for (uint64_t n = 0; n < serials; n++)
        if (listing_code_make(n, code))
            numbers[made++] = number_of(code);
    qsort(numbers, made, sizeof *numbers, compare);
    for (size_t i = 1; i < made; i++)
        assert_true(numbers[i] != numbers[i - 1]);
    free(numbers);
}

static void any_case_and_blanks_around(void **state)
{
    (void)state;
    char code[LISTING_CODE_MAX];
    assert_true(listing_code_read(slice_of(" b7k2\n"), code));
    assert_string_equal(code, "B7K2");
}

static void what_is_no_code(void **state)
{
    (void)state;
    static const char *const none[] = {"",
                                       " ",
                                       "B7",
                                       "B7K",
                                       "B7K3",
                                       "7BK2",
                                       "BBBB",
                                       "2222",
                                       "B7 K2",
                                       "B7K2X",
                                       "ST25",
                                       "8K50",
                                       "OM18",
                                       "\xc4\x90"
                                       "7K2",
                                       "B7K2B7K2B"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(reads(none[i]));
    char code[LISTING_CODE_MAX];
    assert_false(listing_code_read((struct slice){"B7K\0", 4}, code));
    assert_false(listing_code_read((struct slice){NULL, 0}, code));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_reads_back),        cmocka_unit_test(codes_start_short_and_grow),
        cmocka_unit_test(neighbours_do_not_look_alike), cmocka_unit_test(shapes_that_mean_something_else_are_not_made),
        cmocka_unit_test(any_one_mistake_is_noticed),   cmocka_unit_test(no_code_is_given_twice),
        cmocka_unit_test(any_case_and_blanks_around),   cmocka_unit_test(what_is_no_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
