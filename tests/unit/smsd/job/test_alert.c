/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/base/day.h"
#include "smsd/job/alert.h"

#define MINUTE_US 60000000LL

/* A moment in the province: minutes after midnight of 22 November 2026, which began at 17:00 UTC the day before. */
static int64_t at(int64_t minutes)
{
    return ((int64_t)day_from_ymd(2026, 11, 22) * 24 * 60 - 7 * 60 + minutes) * MINUTE_US;
}

static void quiet_hours_end_in_the_morning(void **state)
{
    (void)state;
    static const struct {
        int from, to;
        int64_t ready, goes; /* minutes */
    } cases[] = {
        {21, 7, 12 * 60, 12 * 60}, /* noon */
        {21, 7, 20 * 60 + 59, 20 * 60 + 59},
        {21, 7, 21 * 60, 31 * 60}, /* the evening: tomorrow */
        {21, 7, 23 * 60 + 59, 31 * 60},
        {21, 7, 0, 7 * 60}, /* the night: this morning */
        {21, 7, 6 * 60 + 59, 7 * 60},
        {21, 7, 7 * 60, 7 * 60},
        {12, 14, 11 * 60, 11 * 60}, /* within a day */
        {12, 14, 12 * 60, 14 * 60},
        {12, 14, 14 * 60, 14 * 60},
        {21, 0, 22 * 60, 24 * 60},
        {0, 6, 60, 6 * 60},
        {8, 8, 8 * 60, 8 * 60}, /* none */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct alert_rules rules = {.quiet_from = cases[i].from, .quiet_to = cases[i].to};
        if (alert_time(&rules, at(cases[i].ready)) != at(cases[i].goes))
            fail_msg("case %zu: %ld minutes early", i,
                     (long)((at(cases[i].goes) - alert_time(&rules, at(cases[i].ready))) / MINUTE_US));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_hours_end_in_the_morning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
