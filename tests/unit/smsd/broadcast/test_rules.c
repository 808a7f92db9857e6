/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/broadcast/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SECOND_US 1000000LL
#define HOUR_US (3600 * SECOND_US)
#define DAY_US (24 * HOUR_US)

/* An hour of a day in the province, seven hours east of UTC. */
static int64_t at(int day, double hour)
{
    return (20000 + day) * DAY_US + (int64_t)(hour * (double)HOUR_US) - 7 * HOUR_US;
}

static const struct broadcast_rules law = {.quiet_from = 22, .quiet_to = 7, .rate = 20};

static void it_closes_at_ten_in_the_evening(void **state)
{
    (void)state;
    static const struct {
        double hour;
        int day;
        double closes;
    } cases[] = {{7, 0, 22}, {12, 0, 22}, {21.99, 0, 22}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(broadcast_closes(&law, at(0, cases[i].hour)), at(cases[i].day, cases[i].closes));
    static const double quiet[] = {22, 23.5, 0, 3, 6.99};
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
        assert_int_equal(broadcast_closes(&law, at(0, quiet[i])), at(0, quiet[i]));
}

static void hours_within_a_day_may_be_quiet_and_none(void **state)
{
    (void)state;
    const struct broadcast_rules noon = {.quiet_from = 11, .quiet_to = 13, .rate = 20}, none = {.rate = 20};
    assert_int_equal(broadcast_closes(&noon, at(0, 9)), at(0, 11));
    assert_int_equal(broadcast_closes(&noon, at(0, 12)), at(0, 12));
    assert_int_equal(broadcast_closes(&noon, at(0, 14)), at(1, 11));
    assert_true(broadcast_closes(&none, at(0, 3)) > at(0, 3));
}

/* 20 a second are 72,000 an hour. */
static void the_end_leaves_the_nights_out(void **state)
{
    (void)state;
    assert_int_equal(broadcast_ends(&law, at(0, 12), 72000, false), at(0, 13));
    assert_int_equal(broadcast_ends(&law, at(0, 21), 2 * 72000, false), at(1, 8));
    assert_int_equal(broadcast_ends(&law, at(0, 23), 72000, false), at(1, 8));
    assert_int_equal(broadcast_ends(&law, at(0, 23), 72000, true), at(1, 0));
    assert_int_equal(broadcast_ends(&law, at(0, 12), 40 * 72000, false), at(2, 22));
    assert_int_equal(broadcast_ends(&law, at(0, 12), 0, false), at(0, 12));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_closes_at_ten_in_the_evening),
        cmocka_unit_test(hours_within_a_day_may_be_quiet_and_none),
        cmocka_unit_test(the_end_leaves_the_nights_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
