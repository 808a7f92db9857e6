/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/meta.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

static void assert_value(const char *meta, const char *group, const char *key, const char *expected, size_t n)
{
    struct slice value = {NULL, 0};
    assert_true(kannel_meta_get(arena, slice_of(meta), group, key, &value));
    assert_int_equal(value.n, n);
    assert_memory_equal(value.at, expected, n);
}

static void assert_none(const char *meta, const char *group, const char *key)
{
    struct slice value;
    assert_false(kannel_meta_get(arena, slice_of(meta), group, key, &value));
}

static void the_session_of_a_ussd_text(void **state)
{
    (void)state;
    const char *meta = "?smpp?ussd_service_op=%01&its_session_info=%124&";
    assert_value(meta, "smpp", "ussd_service_op", "\x01", 1);
    assert_value(meta, "smpp", "its_session_info",
                 "\x12"
                 "4",
                 2);
    assert_none(meta, "smpp", "its_session");
    assert_none(meta, "http", "ussd_service_op");
}

static void octets_of_any_value(void **state)
{
    (void)state;
    assert_value("?smpp?a=%00%ff&", "smpp", "a", "\0\xff", 2);
    assert_value("?smpp?a=+%2B", "smpp", "a", " +", 2);
    assert_value("?smpp?a=", "smpp", "a", "", 0);
    assert_value("?smpp?a=b=c", "smpp", "a", "b=c", 3);
}

static void several_groups(void **state)
{
    (void)state;
    const char *meta = "?orig-smpp?a=1&?smpp?a=2&b=3?x?b=4";
    assert_value(meta, "smpp", "a", "2", 1);
    assert_value(meta, "smpp", "b", "3", 1);
    assert_value(meta, "x", "b", "4", 1);
    assert_none(meta, "x", "a");
}

static void what_is_ill_formed_has_no_value(void **state)
{
    (void)state;
    static const char *const bad[] = {"",       "smpp?a=1",  "?",          "??",          "?smpp",
                                      "?smpp?", "?smpp?a=%", "?smpp?a=%1", "?smpp?a=%g1", "?smpp?=1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_none(bad[i], "smpp", "a");
}

static void encoding_and_back(void **state)
{
    (void)state;
    char octets[256];
    for (int i = 0; i < 256; i++)
        octets[i] = (char)i;
    char *encoded = kannel_percent_encode(arena, (struct slice){octets, 256});
    assert_int_equal(strspn(encoded, "%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.~"),
                     strlen(encoded));
    struct slice back;
    assert_true(kannel_percent_decode(arena, slice_of(encoded), &back));
    assert_int_equal(back.n, 256);
    assert_memory_equal(back.at, octets, 256);
    assert_string_equal(kannel_percent_encode(arena, slice_of("a b-_.~&")), "a%20b-_.~%26");
}

static void a_plus_in_a_url_stays(void **state)
{
    (void)state;
    struct slice octets;
    assert_true(kannel_percent_decode(arena, slice_of("a+b%2b"), &octets));
    assert_true(slice_is(octets, "a+b+"));
    assert_false(kannel_percent_decode(arena, slice_of("a%2"), &octets));
    assert_false(kannel_percent_decode(arena, slice_of("%zz"), &octets));
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
        cmocka_unit_test(the_session_of_a_ussd_text),
        cmocka_unit_test(octets_of_any_value),
        cmocka_unit_test(several_groups),
        cmocka_unit_test(what_is_ill_formed_has_no_value),
        cmocka_unit_test(encoding_and_back),
        cmocka_unit_test(a_plus_in_a_url_stays),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
