/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/day.h"

#include <stdio.h>
#include <string.h>

/* Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
 * (an era is 400 years, 146,097 days; a year begins in March so that leap days come last). */
day_t day_from_ymd(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

struct ymd day_to_ymd(day_t day)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp + (mp < 10 ? 3 : -9);
    return (struct ymd){yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

bool day_valid(int year, int month, int day)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    struct ymd back = day_to_ymd(day_from_ymd(year, month, day));
    return back.month == month && back.day == day;
}

int day_weekday(day_t day)
{
    int since_monday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

day_t day_of_moment(int64_t unix_us)
{
    const int64_t us_per_day = 86400LL * 1000000, offset = 7LL * 3600 * 1000000;
    int64_t local = unix_us + offset;
    int64_t day = local / us_per_day - (local % us_per_day < 0);
    return (day_t)day;
}

void day_format_iso(day_t day, char *buffer)
{
    struct ymd date = day_to_ymd(day);
    snprintf(buffer, 11, "%04u-%02u-%02u", (unsigned)date.year % 10000u, (unsigned)date.month % 100u,
             (unsigned)date.day % 100u);
}

bool day_parse_iso(const char *text, day_t *day)
{
    int y = 0, m = 0, d = 0, end = 0;
    if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != 10 || !day_valid(y, m, d))
        return false;
    *day = day_from_ymd(y, m, d);
    return true;
}
