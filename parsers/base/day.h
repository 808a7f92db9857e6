/* SPDX-License-Identifier: Apache-2.0
 *
 * A calendar day in the province (Asia/Ho_Chi_Minh, UTC+7, no daylight saving since 1975), as the
 * number of days since 1970-01-01. Pure arithmetic on the proleptic Gregorian calendar.
 */
#ifndef PARSERS_BASE_DAY_H
#define PARSERS_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day_t; /* days since 1970-01-01 */

#define DAY_NONE INT32_MIN

struct ymd {
    int year, month, day; /* month 1 to 12, day 1 to 31 */
};

/* The day of a date; the caller has checked it with day_valid. */
day_t day_from_ymd(int year, int month, int day);

/* Does the date exist? Years 1900 to 2199. */
bool day_valid(int year, int month, int day);

/* The date of a day. */
struct ymd day_to_ymd(day_t day);

/* Monday is 1, Sunday is 7 (ISO 8601). */
int day_weekday(day_t day);

/* The province's day at a moment, given in microseconds since the epoch (UTC). */
day_t day_of_moment(int64_t unix_us);

/* "2026-11-25" <-> day; buffer of at least 11 bytes. Parsing is strict; false leaves *day alone. */
void day_format_iso(day_t day, char *buffer);
bool day_parse_iso(const char *text, day_t *day);

#endif
