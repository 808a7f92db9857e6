/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/msisdn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void assert_mobile(const char *sender, const char *expected)
{
    char msisdn[MSISDN_MAX] = "";
    assert_int_equal(msisdn_normalise(slice_of(sender), msisdn), SENDER_MOBILE);
    assert_string_equal(msisdn, expected);
}

static void assert_kind(const char *sender, enum sender_kind kind)
{
    char msisdn[MSISDN_MAX] = "untouched";
    assert_int_equal(msisdn_normalise(slice_of(sender), msisdn), kind);
    assert_string_equal(msisdn, "untouched");
}

static void one_person_in_many_spellings(void **state)
{
    (void)state;
    static const char *const spellings[] = {"0912345678",      "84912345678",   "+84912345678",
                                            "+84 912 345 678", "0084912345678", "+84 (0)912.345.678",
                                            "0912-345-678",    "840912345678",  " 0912 345 678 "};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        assert_mobile(spellings[i], "84912345678");
}

static void old_numbers_become_their_successors(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new;
    } plan[] = {
        {"0120", "070"}, {"0121", "079"}, {"0122", "077"}, {"0126", "076"}, {"0128", "078"}, {"0123", "083"},
        {"0124", "084"}, {"0125", "085"}, {"0127", "081"}, {"0129", "082"}, {"0162", "032"}, {"0163", "033"},
        {"0164", "034"}, {"0165", "035"}, {"0166", "036"}, {"0167", "037"}, {"0168", "038"}, {"0169", "039"},
        {"0186", "056"}, {"0188", "058"}, {"0199", "059"},
    };
    for (size_t i = 0; i < sizeof plan / sizeof *plan; i++) {
        char old[20], new[20];
        snprintf(old, sizeof old, "%s3456789", plan[i].old);
        snprintf(new, sizeof new, "84%s3456789", plan[i].new + 1);
        assert_mobile(old, new);
        snprintf(old, sizeof old, "84%s3456789", plan[i].old + 1);
        assert_mobile(old, new);
    }
    assert_kind("01301234567", SENDER_INVALID);
}

static void other_countries_stay(void **state)
{
    (void)state;
    assert_mobile("+85512345678", "85512345678");
    assert_mobile("0085512345678", "85512345678");
    assert_mobile("+8613912345678", "8613912345678");
    assert_mobile("+18005550199", "18005550199");
}

static void fixed_lines_can_text(void **state)
{
    (void)state;
    assert_mobile("02943855555", "842943855555");
}

static void services_are_never_answered(void **state)
{
    (void)state;
    static const char *const codes[] = {"8055", "1", "191", "900123", "19001234", "1900123456", "18001090"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_kind(codes[i], SENDER_SHORT_CODE);
    static const char *const brands[] = {"VIETTEL", "MobiFone", "QC 24h", "Chợ Nổi", "0912345678a", "09+12345678"};
    for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
        assert_kind(brands[i], SENDER_ALPHANUMERIC);
}

static void what_is_no_number(void **state)
{
    (void)state;
    static const char *const none[] = {"",
                                       "+",
                                       "  ",
                                       "091234567",
                                       "09123456789",
                                       "84112345678",
                                       "1234567",
                                       "+1234567",
                                       "2345678901234567",
                                       "00000000000000000000",
                                       "012345678901234567890123456789",
                                       "+0912345678",
                                       "0912\n345678",
                                       "+18008440"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_kind(none[i], SENDER_INVALID);
    char msisdn[MSISDN_MAX];
    assert_int_equal(msisdn_normalise((struct slice){"0912\0"
                                                     "345678",
                                                     11},
                                      msisdn),
                     SENDER_INVALID);
    assert_int_equal(msisdn_normalise((struct slice){NULL, 0}, msisdn), SENDER_INVALID);
}

static void a_number_is_stable(void **state)
{
    (void)state;
    char once[MSISDN_MAX], twice[MSISDN_MAX];
    assert_int_equal(msisdn_normalise(slice_of("01682345678"), once), SENDER_MOBILE);
    assert_int_equal(msisdn_normalise(slice_of(once), twice), SENDER_MOBILE);
    assert_string_equal(once, twice);
}

static void a_log_shows_the_ends_only(void **state)
{
    (void)state;
    char redacted[MSISDN_MAX];
    msisdn_redact("84912345678", redacted);
    assert_string_equal(redacted, "849****678");
    msisdn_redact("123456789012345", redacted);
    assert_string_equal(redacted, "123****345");
    msisdn_redact("8055", redacted);
    assert_string_equal(redacted, "****");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_in_many_spellings), cmocka_unit_test(old_numbers_become_their_successors),
        cmocka_unit_test(other_countries_stay),         cmocka_unit_test(fixed_lines_can_text),
        cmocka_unit_test(services_are_never_answered),  cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(a_number_is_stable),           cmocka_unit_test(a_log_shows_the_ends_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
