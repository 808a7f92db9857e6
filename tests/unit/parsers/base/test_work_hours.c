/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/base/day.h"
#include "parsers/base/work_hours.h"

#define MINUTE_US (60 * 1000000LL)

/* Of the province: Monday 2026-11-23 09:00 is at(23, 9, 0). */
static int64_t at(int day, int hour, int minute)
{
    return ((int64_t)day_from_ymd(2026, 11, day) * 24 * 60 + (hour - 7) * 60 + minute) * MINUTE_US;
}

static struct work_hours office(void)
{
    struct work_hours hours;
    assert_true(work_hours_read(slice_of("mon-fri 07:30-11:30 13:30-17:00"), &hours));
    return hours;
}

static void hours_are_read(void **state)
{
    (void)state;
    static const char *const good[] = {"mon 00:00-24:00", "fri-mon 08:00-09:00, wed 10:00-11:00 12:00-13:00",
                                       "sun 07:30-07:31", "mon-fri 07:30-11:30 , sat 07:30-11:30"};
    static const char *const bad[] = {"",
                                      "mon",
                                      "07:30-11:30",
                                      "mon 7:30-11:30",
                                      "mon 11:30-07:30",
                                      "mon 07:30-07:30",
                                      "mon 07:60-08:00",
                                      "mon 23:00-24:01",
                                      "mon 08:00-10:00 09:00-11:00",
                                      "mon 08:00-10:00,",
                                      "mon 08:00-10:00 tue",
                                      "day 08:00-10:00",
                                      "mon- 08:00-10:00",
                                      "mon 01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00 11:00-12:00 "
                                      "13:00-14:00 15:00-16:00 17:00-18:00"};
    struct work_hours hours;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!work_hours_read(slice_of(good[i]), &hours))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (work_hours_read(slice_of(bad[i]), &hours))
            fail_msg("%s", bad[i]);
}

static void a_moment_is_one_of_work_or_not(void **state)
{
    (void)state;
    struct work_hours hours = office(), over;
    assert_false(work_hours_at(&hours, at(23, 7, 29)));
    assert_true(work_hours_at(&hours, at(23, 7, 30)));
    assert_true(work_hours_at(&hours, at(23, 11, 29)));
    assert_false(work_hours_at(&hours, at(23, 11, 30)));
    assert_true(work_hours_at(&hours, at(27, 16, 59)));
    assert_false(work_hours_at(&hours, at(28, 9, 0)));
    assert_true(work_hours_read(slice_of("sat-mon 06:00-07:00"), &over));
    assert_true(work_hours_at(&over, at(29, 6, 30)));
    assert_true(work_hours_at(&over, at(23, 6, 0))); /* 23:00 of the Sunday before in UTC */
    assert_false(work_hours_at(&over, at(24, 6, 30)));
}

static void waiting_counts_hours_of_work_alone(void **state)
{
    (void)state;
    struct work_hours hours = office();
    static const struct {
        int now_day, now_hour, now_minute, minutes, day, hour, minute;
    } cases[] = {
        {23, 11, 30, 240, 23, 7, 30}, /* a morning */
        {23, 15, 0, 240, 23, 9, 0},   /* over noon: 90 minutes after it, 150 before */
        {23, 12, 15, 240, 23, 7, 30}, /* at noon nothing passes */
        {23, 9, 30, 240, 20, 15, 0},  /* Friday's last two hours and Monday's first two */
        {22, 12, 0, 240, 20, 11, 0},  /* Sunday: as on Friday at five: 210 minutes after noon, 30 before */
        {24, 7, 30, 450, 23, 7, 30},  /* a day's work */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t now = at(cases[i].now_day, cases[i].now_hour, cases[i].now_minute);
        int64_t wanted = at(cases[i].day, cases[i].hour, cases[i].minute);
        int64_t found = work_hours_before(&hours, now, cases[i].minutes);
        if (found != wanted)
            fail_msg("case %zu: %lld minutes off", i, (long long)((found - wanted) / MINUTE_US));
    }
}

static void hours_that_overlap_count_once(void **state)
{
    (void)state;
    struct work_hours hours;
    assert_true(work_hours_read(slice_of("mon 08:00-12:00, mon 09:00-17:00, mon 10:00-11:00"), &hours));
    assert_int_equal(work_hours_before(&hours, at(23, 18, 0), 9 * 60), at(23, 8, 0));
}

static void too_few_hours_end_somewhere(void **state)
{
    (void)state;
    struct work_hours hours;
    assert_true(work_hours_read(slice_of("mon 08:00-08:01"), &hours));
    assert_int_equal(work_hours_before(&hours, at(23, 9, 0), 240), at(23, 0, 0) - 183 * 24 * 60 * MINUTE_US);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_read),
        cmocka_unit_test(a_moment_is_one_of_work_or_not),
        cmocka_unit_test(waiting_counts_hours_of_work_alone),
        cmocka_unit_test(hours_that_overlap_count_once),
        cmocka_unit_test(too_few_hours_end_somewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
