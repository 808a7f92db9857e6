/* SPDX-License-Identifier: Apache-2.0
 *
 * The Vietnamese lunisolar calendar (âm lịch) for UTC+7, lunar years 1899 to 2199, by a table of its years: pure, and a
 * few additions a call. The table is computed from the sky by tests/check/lunar.py, which names the sources (the rules as
 * Hồ Ngọc Đức published them, positions after Jean Meeus). All of it is at UTC+7, as calendars are since 1968; before,
 * almanacs followed Beijing or Saigon time in some years.
 */
#ifndef PARSERS_BASE_LUNAR_H
#define PARSERS_BASE_LUNAR_H

#include <stdbool.h>

#include "parsers/base/day.h"

#define LUNAR_ANY_MONTH 0
#define LUNAR_LAST_DAY 30 /* see lunar_next */

struct lunar {
    int year, month, day; /* month 1 to 12, day 1 to 30; the year has the number of the one its Tết falls in */
    bool leap;            /* the second month of this number */
};

/* The lunar date of a day; all zero outside the table. */
struct lunar lunar_of_day(day_t day);

/* The day of a lunar date; DAY_NONE when there is none: day 30 of a short month, a leap month the year has not. */
day_t lunar_to_day(struct lunar date);

/* The first day on or after `from` with this number in this month, or in any. In a month of 29 days the last one stands
 * for the 30th, as in "30 Tết"; a leap month goes by its number. DAY_NONE when there is no such day. */
day_t lunar_next(day_t from, int day, int month);

#endif
