/* SPDX-License-Identifier: Apache-2.0
 *
 * Days as people name them. Lunar days are recognised, so that their numbers are not taken for something else, but not
 * computed: they give no day. */
#include <stdlib.h>
#include <string.h>

#include "parsers/read/amounts.h"

#define SATURDAY 6
#define SUNDAY 7

static int whole(const struct text *t, size_t i)
{
    return (int)(t->spans[i].milli / 1000);
}

static day_t month_day(day_t today, int months, int day)
{
    struct ymd now = day_to_ymd(today);
    int month = now.month - 1 + months;
    int year = now.year + (month >= 0 ? month / 12 : -1);
    month = (month % 12 + 12) % 12 + 1;
    while (day > 28 && !day_valid(year, month, day))
        day--;
    return day_from_ymd(year, month, day);
}

/* The next day with this number, in this month (0 = any). */
static day_t next_date(day_t today, int day, int month)
{
    for (int i = 0; i < 12; i++) {
        struct ymd at = day_to_ymd(month_day(today, i, 1));
        if ((month && at.month != month) || !day_valid(at.year, at.month, day))
            continue;
        day_t found = day_from_ymd(at.year, at.month, day);
        if (found >= today)
            return found;
    }
    struct ymd now = day_to_ymd(today);
    return month && day_valid(now.year + 1, month, day) ? day_from_ymd(now.year + 1, month, day) : DAY_NONE;
}

static day_t next_weekday(day_t today, int weekday)
{
    return today + (weekday - day_weekday(today) + 7) % 7;
}

day_t day_of_meaning(const char *meaning, day_t today)
{
    char *end;
    long days = strtol(meaning, &end, 10);
    if (end != meaning && *end == '\0')
        return today + (day_t)days;
    if (meaning[0] == 'D' && meaning[1] >= '1' && meaning[1] <= '7')
        return next_weekday(today, meaning[1] - '0');
    if (strcmp(meaning, "WEEK") == 0)
        return next_weekday(today, SUNDAY);
    if (strcmp(meaning, "WEEK+1") == 0)
        return next_weekday(today, SUNDAY) + 7;
    if (strcmp(meaning, "WEEKEND") == 0)
        return next_weekday(today, SATURDAY);
    if (strcmp(meaning, "MONTH_MID") == 0)
        return next_date(today, 15, 0);
    if (strcmp(meaning, "MONTH_START") == 0)
        return next_date(today, 5, 0);
    if (strcmp(meaning, "MONTH_END") == 0 || strcmp(meaning, "MONTH") == 0)
        return month_day(today, 0, 31);
    if (strcmp(meaning, "MONTH+1") == 0)
        return month_day(today, 1, 31);
    return DAY_NONE;
}

size_t make_when(struct text *t, size_t from, size_t to)
{
    struct fact *fact = text_fact(t, FACT_DAY, from, to);
    fact->keyword = t->spans[from].keyword;
    fact->day = day_of_meaning(fact->keyword->meaning, t->context->today);
    return to;
}

/* Day, or day and month, or both and the year, with or without words between. */
size_t make_date(struct text *t, size_t from, size_t to)
{
    int part[3] = {0}, n = 0;
    bool lunar = false, month_last = true;
    for (size_t i = from; i < to; i++) {
        lunar = lunar || t->tags[i] == TAG_LUNAR || t->tags[i] == TAG_LUNAR_MONTH;
        if (t->tags[i] == TAG_MONTH && n == 1 && i + 1 < to && to - i > 2)
            month_last = false; /* 11月25号 */
        if (tag_is_number(t->tags[i]) && n < 3)
            part[n++] = whole(t, i);
    }
    int day = month_last ? part[0] : part[1], month = month_last ? part[1] : part[0];
    if (day < 1 || day > 31 || (n > 1 && (month < 1 || month > 12)))
        return 0;
    struct fact *fact = text_fact(t, FACT_DAY, from, to);
    int year = part[2] && part[2] < 100 ? part[2] + 2000 : part[2];
    if (!lunar)
        fact->day = year == 0                     ? next_date(t->context->today, day, month)
                    : day_valid(year, month, day) ? day_from_ymd(year, month, day)
                                                  : DAY_NONE;
    return to;
}

size_t make_lunar(struct text *t, size_t from, size_t to)
{
    text_fact(t, FACT_DAY, from, to);
    return to;
}

/* "10 ngay nua". */
size_t make_ahead(struct text *t, size_t from, size_t to)
{
    int n = whole(t, from);
    struct fact *fact = text_fact(t, FACT_DAY, from, to);
    day_t today = t->context->today;
    char unit = t->tags[from + 1];
    fact->day = unit == TAG_DAY    ? today + n
                : unit == TAG_WEEK ? today + 7 * n
                                   : month_day(today, n, day_to_ymd(today).day);
    return to;
}

/* "thu 7": Monday is thứ hai. */
size_t make_weekday(struct text *t, size_t from, size_t to)
{
    int n = whole(t, from + 1);
    if (n < 2 || n > 7)
        return 0;
    text_fact(t, FACT_DAY, from, to)->day = next_weekday(t->context->today, n - 1);
    return to;
}
