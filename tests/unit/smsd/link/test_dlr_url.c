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

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_percent_signs_are_doubled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
