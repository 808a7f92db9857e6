/* SPDX-License-Identifier: Apache-2.0
 *
 * The lunar calendar against dates out of printed and official calendars, and its own rules over all its years. */
#include "parsers/base/lunar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *solar;
    struct lunar lunar;
} known[] = {
    /* Tết */
    {"1900-01-31", {1900, 1, 1, false}},
    {"1945-02-13", {1945, 1, 1, false}},
    {"1954-02-03", {1954, 1, 1, false}},
    {"1968-01-29", {1968, 1, 1, false}}, /* Beijing: 30 January */
    {"1969-02-16", {1969, 1, 1, false}}, /* Beijing: 17 February */
    {"1975-02-11", {1975, 1, 1, false}},
    {"1985-01-21", {1985, 1, 1, false}}, /* Beijing: 20 February */
    {"2000-02-05", {2000, 1, 1, false}},
    {"2007-02-17", {2007, 1, 1, false}}, /* Beijing: 18 February */
    {"2019-02-05", {2019, 1, 1, false}},
    {"2020-01-25", {2020, 1, 1, false}},
    {"2021-02-12", {2021, 1, 1, false}},
    {"2022-02-01", {2022, 1, 1, false}},
    {"2023-01-22", {2023, 1, 1, false}},
    {"2024-02-10", {2024, 1, 1, false}},
    {"2025-01-29", {2025, 1, 1, false}},
    {"2026-02-17", {2026, 1, 1, false}},
    {"2027-02-06", {2027, 1, 1, false}},
    {"2028-01-26", {2028, 1, 1, false}},
    {"2029-02-13", {2029, 1, 1, false}},
    {"2030-02-02", {2030, 1, 1, false}}, /* Beijing: 3 February */
    {"2031-01-23", {2031, 1, 1, false}},
    {"2053-02-18", {2053, 1, 1, false}}, /* Beijing: 19 February */
    /* the eve: 29 or 30 */
    {"2025-01-28", {2024, 12, 29, false}},
    {"2026-02-16", {2025, 12, 29, false}},
    {"2024-02-09", {2023, 12, 30, false}},
    /* leap months */
    {"2020-05-23", {2020, 4, 1, true}},
    {"2023-03-22", {2023, 2, 1, true}},
    {"2025-07-25", {2025, 6, 1, true}},
    {"2028-06-23", {2028, 5, 1, true}},
    {"1985-03-21", {1985, 2, 1, true}}, /* Beijing: leap month 10 of 1984 */
    /* Trung thu, Vu lan, Doan ngo, Gio to, and the full moon of the tenth month */
    {"2023-09-29", {2023, 8, 15, false}},
    {"2024-09-17", {2024, 8, 15, false}},
    {"2025-10-06", {2025, 8, 15, false}},
    {"2026-09-25", {2026, 8, 15, false}},
    {"2023-08-30", {2023, 7, 15, false}},
    {"2024-08-18", {2024, 7, 15, false}},
    {"2025-09-06", {2025, 7, 15, false}},
    {"2024-06-10", {2024, 5, 5, false}},
    {"2025-05-31", {2025, 5, 5, false}},
    {"2024-04-18", {2024, 3, 10, false}},
    {"2025-04-07", {2025, 3, 10, false}},
    {"2026-04-26", {2026, 3, 10, false}},
    {"2024-11-15", {2024, 10, 15, false}},
    {"2026-11-22", {2026, 10, 14, false}},
};

static day_t day_of(const char *iso)
{
    day_t day = DAY_NONE;
    assert_true(day_parse_iso(iso, &day));
    return day;
}

static void dates_of_the_calendar(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct lunar want = known[i].lunar, got = lunar_of_day(day_of(known[i].solar));
        char back[11] = "";
        if (lunar_to_day(want) != DAY_NONE)
            day_format_iso(lunar_to_day(want), back);
        if (got.year != want.year || got.month != want.month || got.day != want.day || got.leap != want.leap)
            print_error("%s is %d/%d/%d\n", known[i].solar, got.day, got.month, got.year);
        assert_string_equal(back, known[i].solar);
        assert_true(got.year == want.year && got.month == want.month && got.day == want.day && got.leap == want.leap);
    }
}

static void every_day_converts_there_and_back(void **state)
{
    (void)state;
    struct lunar before = lunar_of_day(day_from_ymd(1899, 12, 31));
    for (day_t day = day_from_ymd(1900, 1, 1); day <= day_from_ymd(2199, 12, 31); day++) {
        struct lunar at = lunar_of_day(day);
        assert_int_equal(lunar_to_day(at), day);
        if (at.day == 1) {
            assert_in_range(before.day, 29, 30);
            bool follows = at.month == before.month % 12 + 1 && !at.leap, repeats = at.month == before.month && at.leap;
            assert_true(follows || (repeats && !before.leap));
            assert_int_equal(at.year, before.year + (at.month == 1 && !at.leap));
        } else
            assert_true(at.day == before.day + 1 && at.month == before.month && at.leap == before.leap);
        before = at;
    }
}

static void tet_lies_between_20_january_and_21_february(void **state)
{
    (void)state;
    for (int year = 1900; year < 2200; year++)
        assert_in_range(lunar_to_day((struct lunar){year, 1, 1, false}), day_from_ymd(year, 1, 19) + 1,
                        day_from_ymd(year, 2, 21));
}

static void next_day(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int day, month;
        const char *want;
    } rows[] = {
        {"2026-11-22", 15, 0, "2026-11-23"},  {"2026-11-23", 15, 0, "2026-11-23"},
        {"2026-11-24", 15, 0, "2026-12-23"},  {"2026-11-22", 1, 1, "2027-02-06"},
        {"2026-11-22", 30, 12, "2027-02-05"}, {"2026-01-01", 30, 12, "2026-02-16"},
        {"2026-01-01", 29, 12, "2026-02-16"}, {"2026-11-22", 23, 12, "2027-01-30"},
        {"2025-07-20", 1, 6, "2025-07-25"},   {"2025-06-01", 1, 6, "2025-06-25"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[11];
        day_format_iso(lunar_next(day_of(rows[i].from), rows[i].day, rows[i].month), got);
        assert_string_equal(got, rows[i].want);
    }
}

static void what_does_not_exist(void **state)
{
    (void)state;
    assert_int_equal(lunar_to_day((struct lunar){2024, 12, 30, false}), DAY_NONE); /* 29 days */
    assert_int_equal(lunar_to_day((struct lunar){2026, 6, 1, true}), DAY_NONE);
    assert_int_equal(lunar_to_day((struct lunar){2026, 13, 1, false}), DAY_NONE);
    assert_int_equal(lunar_to_day((struct lunar){2026, 1, 0, false}), DAY_NONE);
    assert_int_equal(lunar_to_day((struct lunar){1800, 1, 1, false}), DAY_NONE);
    assert_int_equal(lunar_of_day(day_from_ymd(2300, 1, 1)).month, 0);
    assert_int_equal(lunar_of_day(INT32_MIN).month, 0);
    assert_int_equal(lunar_next(20779, 31, 0), DAY_NONE);
    assert_int_equal(lunar_next(20779, 1, 13), DAY_NONE);
    assert_int_equal(lunar_next(day_from_ymd(2199, 12, 31), 1, 12), lunar_to_day((struct lunar){2199, 12, 1, false}));
    assert_int_equal(lunar_next(day_from_ymd(2199, 12, 31), 1, 1), DAY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_the_calendar),
        cmocka_unit_test(every_day_converts_there_and_back),
        cmocka_unit_test(tet_lies_between_20_january_and_21_february),
        cmocka_unit_test(next_day),
        cmocka_unit_test(what_does_not_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
