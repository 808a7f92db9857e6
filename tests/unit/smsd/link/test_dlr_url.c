/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "smsd/link/dlr_url.h"

static void test_plain(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    assert_string_equal(dlr_url(arena, "http://127.0.0.1:8055", "abc-._~9", 7, 1763791800000000),
                        "http://127.0.0.1:8055/kannel/dlr?id=7&at=1763791800000000&status=%d&secret=abc-._~9");
    arena_free(&arena);
}

/* Kannel takes %% for one percent sign: only the status may look like an escape to it. */
static void test_percent_signs_are_doubled(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    assert_string_equal(dlr_url(arena, "http://host/a%20b", "a&b%", 7, 9),
                        "http://host/a%%20b/kannel/dlr?id=7&at=9&status=%d&secret=a%%26b%%25");
    arena_free(&arena);
}

static void assert_key(struct arena *arena, const char *url, const char *secret, int64_t id, int64_t created_us)
{
    int64_t id_read = -1, created_read = -1;
    assert_true(dlr_url_read(arena, slice_of(url), secret, &id_read, &created_read));
    assert_int_equal(id_read, id);
    assert_int_equal(created_read, created_us);
}

/* Whichever instance made it. */
static void test_its_key_is_read_back(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    static const char *const bases[] = {"http://127.0.0.1:8055", "http://host/a%20b"};
    for (size_t i = 0; i < 2; i++)
        assert_key(arena, dlr_url(arena, bases[i], "a&b%", 7, 1763791800000000), "a&b%", 7, 1763791800000000);
    arena_free(&arena);
}

static void test_what_is_not_ours_has_no_key(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    static const char *const others[] = {"",
                                         "http://h",
                                         "http://h/kannel/dlr?id=",
                                         "http://h/kannel/dlr?id=&at=1&status=%d&secret=s",
                                         "http://h/kannel/dlr?id=-1&at=1&status=%d&secret=s",
                                         "http://h/kannel/dlr?id=1&at=&status=%d&secret=s",
                                         "http://h/kannel/dlr?id=1&at=2&secret=s",
                                         "http://h/kannel/dlr?id=1&to=2&status=%d&secret=s",
                                         "http://h/other/dlr?id=1&at=2&status=%d&secret=s",
                                         "http://h/kannel/dlr?id=1&at=2&status=%d&secret=other",
                                         "http://h/kannel/dlr?id=1&at=2&status=%d&secret=s2"};
    int64_t id, at;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(dlr_url_read(arena, slice_of(others[i]), "s", &id, &at));
    arena_free(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_percent_signs_are_doubled),
        cmocka_unit_test(test_its_key_is_read_back),
        cmocka_unit_test(test_what_is_not_ours_has_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
