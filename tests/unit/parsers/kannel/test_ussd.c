/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/ussd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static struct ussd_profile profile_of(const char *profiles, const char *smsc)
{
    struct ussd_profile profile;
    assert_true(ussd_profile_of(slice_of(profiles), slice_of(smsc), &profile));
    return profile;
}

static struct ussd_signal read_signal(const char *meta, const char *profiles)
{
    const struct ussd_profile profile = profile_of(profiles, "vnp");
    return ussd_signal_read(arena, slice_of(meta), &profile);
}

static void profiles_by_gateway(void **state)
{
    (void)state;
    const char *profiles = " vnp: reference, mobi:unnamed end-flag ,*: info";
    assert_int_equal(profile_of(profiles, "vnp").naming, USSD_BY_REFERENCE);
    assert_int_equal(profile_of(profiles, "mobi").naming, USSD_UNNAMED);
    assert_true(profile_of(profiles, "mobi").end_flag);
    assert_int_equal(profile_of(profiles, "other").naming, USSD_BY_INFO);
    assert_int_equal(profile_of(profiles, "").naming, USSD_BY_INFO);
    assert_int_equal(profile_of("*: info, vnp: number", "vnp").naming, USSD_BY_NUMBER);
    assert_int_equal(profile_of("vnp: number, *: info", "vnp").naming, USSD_BY_NUMBER);
    assert_int_equal(profile_of("", "vnp").naming, USSD_BY_NUMBER);
    assert_false(profile_of("", "vnp").end_flag);
}

static void profiles_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "vnp", "vnp:", ": info", "vnp: other", "vnp info", "vnp: info,,", "vnp: info; mobi: info"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (ussd_profiles_are_sound(slice_of(bad[i])))
            fail_msg("\"%s\" passes for profiles", bad[i]);
    assert_true(ussd_profiles_are_sound(slice_of("vnp: reference, mobi: unnamed, *: number end-flag")));
}

static void operations(void **state)
{
    (void)state;
    static const struct {
        const char *meta;
        enum ussd_sign sign;
    } cases[] = {{"", USSD_ABSENT},
                 {"?smpp?its_session_info=%124", USSD_ABSENT},
                 {"?smpp?ussd_service_op=%01&its_session_info=%124&", USSD_DIALS},
                 {"?smpp?ussd_service_op=%12&its_session_info=%124&", USSD_ANSWERS},
                 {"?smpp?ussd_service_op=%81&its_session_info=%124&", USSD_LEAVES},
                 {"?smpp?ussd_service_op=%03&", USSD_UNKNOWN},
                 {"?smpp?ussd_service_op=%02&", USSD_UNKNOWN},
                 {"?smpp?ussd_service_op=&", USSD_UNKNOWN},
                 {"?smpp?ussd_service_op=%01%01&", USSD_UNKNOWN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(read_signal(cases[i].meta, "").sign, cases[i].sign);
}

static void the_session_goes_back_as_it_came(void **state)
{
    (void)state;
    struct ussd_signal s = read_signal("?smpp?ussd_service_op=%01&its_session_info=%00%ff&", "");
    assert_string_equal(s.ask, "?smpp?ussd_service_op=%02&its_session_info=%00%FF");
    assert_string_equal(s.end, "?smpp?ussd_service_op=%11&its_session_info=%00%FF");
    assert_string_equal(s.session, "00");
    s = read_signal("?smpp?ussd_service_op=%12&user_message_reference=4711&", "vnp: reference");
    assert_string_equal(s.ask, "?smpp?ussd_service_op=%02&user_message_reference=4711");
    assert_string_equal(s.session, "34373131");
    s = read_signal("?smpp?ussd_service_op=%12&", "");
    assert_string_equal(s.end, "?smpp?ussd_service_op=%11");
    assert_string_equal(s.session, "");
}

static void what_names_a_session(void **state)
{
    (void)state;
    const char *meta = "?smpp?ussd_service_op=%12&its_session_info=%124&user_message_reference=7";
    assert_string_equal(read_signal(meta, "").session, "12");
    assert_string_equal(read_signal(meta, "vnp: info").session, "1234");
    assert_string_equal(read_signal(meta, "vnp: reference").session, "37");
    assert_string_equal(read_signal(meta, "vnp: unnamed").session, "");
    meta =
        "?smpp?ussd_service_op=%12&its_session_info=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; /* none has so
                                                                                                         long a name */
    assert_int_equal(strlen(read_signal(meta, "vnp: info").session), 32);
}

static void the_end_flag(void **state)
{
    (void)state;
    const char *over = "?smpp?ussd_service_op=%12&its_session_info=%07%05",
               *open = "?smpp?ussd_service_op=%12&its_session_info=%07%04";
    assert_int_equal(read_signal(over, "").sign, USSD_ANSWERS);
    assert_int_equal(read_signal(over, "vnp: number end-flag").sign, USSD_LEAVES);
    struct ussd_signal s = read_signal(open, "vnp: number end-flag");
    assert_int_equal(s.sign, USSD_ANSWERS);
    assert_string_equal(s.ask, "?smpp?ussd_service_op=%02&its_session_info=%07%04");
    assert_string_equal(s.end, "?smpp?ussd_service_op=%11&its_session_info=%07%05");
    assert_string_equal(read_signal(open, "").end, "?smpp?ussd_service_op=%11&its_session_info=%07%04");
    assert_string_equal(read_signal("?smpp?ussd_service_op=%12&its_session_info=%07", "*: end-flag").end,
                        "?smpp?ussd_service_op=%11&its_session_info=%07");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles_by_gateway),  cmocka_unit_test(profiles_that_are_none),
        cmocka_unit_test(operations),           cmocka_unit_test(the_session_goes_back_as_it_came),
        cmocka_unit_test(what_names_a_session), cmocka_unit_test(the_end_flag),
    };
    arena = arena_new(4096);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
