/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/work_hours.h"

#include "parsers/base/day.h"

#define MINUTE_US (60 * 1000000LL)
#define DAY_MINUTES (24 * 60)
#define ZONE_MINUTES (7 * 60)
#define LOOK_BACK_DAYS 183

/* ---- the text ---- */

static void skip_blanks(struct slice *rest)
{
    while (rest->n && *rest->at == ' ')
        rest->at++, rest->n--;
}

static bool take(struct slice *rest, char wanted)
{
    if (!rest->n || *rest->at != wanted)
        return false;
    rest->at++, rest->n--;
    return true;
}

/* A day's name: 0 is Monday. */
static bool take_day(struct slice *rest, int *day_r)
{
    static const char names[7][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int day = 0; day < 7; day++)
        if (rest->n >= 3 && memcmp(rest->at, names[day], 3) == 0) {
            *day_r = day;
            rest->at += 3, rest->n -= 3;
            return true;
        }
    return false;
}

static bool take_days(struct slice *rest, unsigned *days_r)
{
    int first, last;
    skip_blanks(rest);
    if (!take_day(rest, &first))
        return false;
    last = first;
    if (take(rest, '-') && !take_day(rest, &last))
        return false;
    *days_r = 1u << first;
    for (int day = first; day != last; day = (day + 1) % 7)
        *days_r |= 1u << ((day + 1) % 7);
    return true;
}

static bool take_digits(struct slice *rest, int *value_r)
{
    *value_r = 0;
    for (int i = 0; i < 2; i++) {
        if (!rest->n || *rest->at < '0' || *rest->at > '9')
            return false;
        *value_r = *value_r * 10 + (*rest->at - '0');
        rest->at++, rest->n--;
    }
    return true;
}

/* "07:30", in minutes of the day. */
static bool take_time(struct slice *rest, int *minutes_r)
{
    int hour, minute;
    if (!take_digits(rest, &hour) || !take(rest, ':') || !take_digits(rest, &minute) || minute > 59)
        return false;
    *minutes_r = hour * 60 + minute;
    return *minutes_r <= DAY_MINUTES;
}

/* The hours of a clause, up to its ',' or the text's end. */
static bool take_spans(struct slice *rest, unsigned days, struct work_hours *hours)
{
    int from, to, before = 0;
    do {
        skip_blanks(rest);
        if (hours->n == WORK_SPANS_MAX || !take_time(rest, &from) || !take(rest, '-') || !take_time(rest, &to) ||
            from < before || from >= to)
            return false;
        hours->spans[hours->n++] = (struct work_span){days, from, to};
        before = to;
        skip_blanks(rest);
    } while (rest->n && *rest->at != ',');
    return true;
}

bool work_hours_read(struct slice text, struct work_hours *hours_r)
{
    struct work_hours hours = {0};
    unsigned days;
    do {
        if (!take_days(&text, &days) || !take_spans(&text, days, &hours))
            return false;
    } while (take(&text, ','));
    *hours_r = hours;
    return true;
}

/* ---- the clock ---- */

static bool is_on(const struct work_span *span, day_t day)
{
    return span->days >> (day_weekday(day) - 1) & 1;
}

/* When the day begins in the province. */
static int64_t start_of(day_t day)
{
    return ((int64_t)day * DAY_MINUTES - ZONE_MINUTES) * MINUTE_US;
}

bool work_hours_at(const struct work_hours *hours, int64_t moment_us)
{
    day_t day = day_of_moment(moment_us);
    int64_t minute = (moment_us - start_of(day)) / MINUTE_US;
    for (size_t i = 0; i < hours->n; i++)
        if (is_on(&hours->spans[i], day) && minute >= hours->spans[i].from && minute < hours->spans[i].to)
            return true;
    return false;
}

/* The span of the day that ends last among those that begin before `until_us`; NULL when none does. */
static const struct work_span *last_span(const struct work_hours *hours, day_t day, int64_t until_us)
{
    const struct work_span *last = NULL;
    for (size_t i = 0; i < hours->n; i++) {
        const struct work_span *span = &hours->spans[i];
        if (is_on(span, day) && start_of(day) + span->from * MINUTE_US < until_us && (!last || span->to > last->to))
            last = span;
    }
    return last;
}

/* Backwards, span by span. */
int64_t work_hours_before(const struct work_hours *hours, int64_t now_us, int minutes)
{
    int64_t left = minutes * MINUTE_US, until = now_us;
    day_t today = day_of_moment(now_us);
    for (day_t day = today; day > today - LOOK_BACK_DAYS; day--) {
        for (const struct work_span *span; (span = last_span(hours, day, until));) {
            int64_t from = start_of(day) + span->from * MINUTE_US, to = start_of(day) + span->to * MINUTE_US;
            int64_t end = to < until ? to : until;
            if (end - from >= left)
                return end - left;
            left -= end - from;
            until = from;
        }
    }
    return start_of(today - LOOK_BACK_DAYS);
}
