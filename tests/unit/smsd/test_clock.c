/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "smsd/clock.h"

#define HOUR_US (3600 * SECOND_US)

static void assert_now(int64_t us)
{
    assert_true(llabs(clock_now_us() - us) < SECOND_US);
}

/* The database's clock, asked and answered at once. */
static int64_t follow(int64_t ahead_us)
{
    int64_t now_us = clock_monotonic_us();
    return clock_follow(clock_of(CLOCK_REALTIME) + ahead_us, now_us, now_us);
}

static void it_is_this_machines_time_until_the_database_says_otherwise(void **state)
{
    (void)state;
    assert_now(clock_of(CLOCK_REALTIME));
    assert_int_equal(follow(HOUR_US), 0);
    assert_now(clock_of(CLOCK_REALTIME) + HOUR_US);
}

static void a_step_is_followed_and_told(void **state)
{
    (void)state;
    follow(0);
    assert_in_range(follow(HOUR_US), HOUR_US - SECOND_US, HOUR_US + SECOND_US);
    assert_now(clock_of(CLOCK_REALTIME) + HOUR_US);
    assert_in_range(-follow(-HOUR_US), 2 * HOUR_US - SECOND_US, 2 * HOUR_US + SECOND_US);
    assert_now(clock_of(CLOCK_REALTIME) - HOUR_US);
}

static void what_the_way_may_account_for_is_no_step(void **state)
{
    (void)state;
    follow(0);
    int64_t heard_us = clock_monotonic_us();
    assert_int_equal(clock_follow(clock_of(CLOCK_REALTIME), heard_us - 4 * SECOND_US, heard_us), 0);
    assert_now(clock_of(CLOCK_REALTIME));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_this_machines_time_until_the_database_says_otherwise),
        cmocka_unit_test(a_step_is_followed_and_told),
        cmocka_unit_test(what_the_way_may_account_for_is_no_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
