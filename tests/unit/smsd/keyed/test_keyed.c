/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/keyed/keyed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define KEY "0123456789abcdef0123456789abcdef"

/* As other programs work them out: printf 'number 84912345678' | openssl dgst -sha256 -hmac KEY */
static void hashes_are_those_of_hmac_sha256(void **state)
{
    (void)state;
    char hex[KEYED_HEX], id[KEYED_ID_HEX];
    keyed_number(KEY, "84912345678", hex);
    assert_string_equal(hex, "9f70e29a61225ffdfdf4ef81b600eedb5fafd543a146d8a00f02a8da9233792f");
    keyed_code(KEY, 42, "012345", hex);
    assert_string_equal(hex, "ea0017e35b16f0e8d4b9e15a74d6a8cd238193d4cafa9a0f463067011a99deef");
    keyed_id(KEY, id);
    assert_string_equal(id, "68d6d73080fbe4ed");
}

static void what_differs_hashes_differently(void **state)
{
    (void)state;
    char a[KEYED_HEX], b[KEYED_HEX];
    keyed_code(KEY, 1, "123456", a);
    keyed_code(KEY, 1, "123456", b);
    assert_true(keyed_equal(a, b));
    keyed_code(KEY, 1, "123457", b);
    assert_false(keyed_equal(a, b));
    keyed_code(KEY, 2, "123456", b);
    assert_false(keyed_equal(a, b));
    keyed_code("another key that is just as long", 1, "123456", b);
    assert_false(keyed_equal(a, b));
    assert_false(keyed_equal(a, ""));
    assert_false(keyed_equal("", ""));
}

static void codes_are_six_digits_and_no_two_alike(void **state)
{
    (void)state;
    char seen[10][KEYED_DIGITS];
    bool differ = false;
    for (int i = 0; i < 10; i++) {
        keyed_digits(seen[i]);
        assert_int_equal(strspn(seen[i], "0123456789"), 6);
        assert_int_equal(strlen(seen[i]), 6);
        differ = differ || strcmp(seen[i], seen[0]) != 0;
    }
    assert_true(differ);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_hmac_sha256),
        cmocka_unit_test(what_differs_hashes_differently),
        cmocka_unit_test(codes_are_six_digits_and_no_two_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
