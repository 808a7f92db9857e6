/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/lunar.h"

#include <stddef.h>

#define FIRST_YEAR 1899

static const uint32_t years[] = {
#include "parsers/base/lunar_years.def"
};

#define N_YEARS ((int)(sizeof years / sizeof *years))

/* A month of the table: of which year, the how manieth, its first day and its length. */
struct month {
    int year, index, length;
    day_t first;
};

static uint32_t word_of(int year)
{
    return years[year - FIRST_YEAR];
}

static bool in_table(int year)
{
    return year >= FIRST_YEAR && year < FIRST_YEAR + N_YEARS;
}

static int leap_month(int year)
{
    return word_of(year) >> 13 & 15;
}

static int months_in(int year)
{
    return leap_month(year) ? 13 : 12;
}

static day_t tet(int year)
{
    return day_from_ymd(year, 1, 1) + (day_t)(word_of(year) >> 17);
}

static int length_of(int year, int index)
{
    return 29 + (int)(word_of(year) >> index & 1);
}

static struct month first_month(int year)
{
    return (struct month){year, 0, length_of(year, 0), tet(year)};
}

/* Goes on to the next month; false at the end of the table. */
static bool next_month(struct month *m)
{
    m->first += m->length;
    if (++m->index == months_in(m->year)) {
        m->year++;
        m->index = 0;
    }
    if (!in_table(m->year))
        return false;
    m->length = length_of(m->year, m->index);
    return true;
}

/* The leap month follows that of its number. */
static bool is_leap(const struct month *m)
{
    return leap_month(m->year) && m->index == leap_month(m->year);
}

static int number_of(const struct month *m)
{
    bool passed_leap = leap_month(m->year) && m->index >= leap_month(m->year);
    return m->index + 1 - passed_leap;
}

/* The month a day lies in; false outside the table. */
static bool month_of_day(day_t day, struct month *m)
{
    if (day < tet(FIRST_YEAR) || day >= day_from_ymd(FIRST_YEAR + N_YEARS, 1, 1) + 60)
        return false;
    int year = day_to_ymd(day).year;
    if (!in_table(year) || day < tet(year))
        year--;
    *m = first_month(year);
    while (day >= m->first + m->length)
        if (!next_month(m))
            return false;
    return true;
}

struct lunar lunar_of_day(day_t day)
{
    struct month m;
    if (!month_of_day(day, &m))
        return (struct lunar){0};
    return (struct lunar){m.year, number_of(&m), day - m.first + 1, is_leap(&m)};
}

day_t lunar_to_day(struct lunar date)
{
    if (!in_table(date.year))
        return DAY_NONE;
    struct month m = first_month(date.year);
    while (m.year == date.year) {
        if (number_of(&m) == date.month && is_leap(&m) == date.leap)
            return date.day >= 1 && date.day <= m.length ? m.first + date.day - 1 : DAY_NONE;
        if (!next_month(&m))
            break;
    }
    return DAY_NONE;
}

day_t lunar_next(day_t from, int day, int month)
{
    struct month m;
    if (day < 1 || day > LUNAR_LAST_DAY || month < 0 || month > 12 || !month_of_day(from, &m))
        return DAY_NONE;
    do {
        day_t found = m.first + (day < m.length ? day : m.length) - 1;
        if (found >= from && (month == LUNAR_ANY_MONTH || number_of(&m) == month))
            return found;
    } while (next_month(&m));
    return DAY_NONE;
}
