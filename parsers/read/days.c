/* SPDX-License-Identifier: Apache-2.0
 *
 * Days as people name them, solar and lunar: the next such day, today being one. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/base/lunar.h"
#include "parsers/read/amounts.h"

#define SATURDAY 6
#define SUNDAY 7
#define STEPS_TO_29_FEBRUARY 8 /* years, over one such as 2100 that has none */
#define FULL_MOON 15
#define LAST_DAY INT_MAX /* of a month, whatever its length: no number that is written */
#define DAYS_MAX 31

static int whole(const struct text *t, size_t i)
{
    return (int)(t->spans[i].milli / 1000);
}

/* The day of the month so many months from now; the last day for one it has not. */
static day_t month_day(day_t today, int months, int day)
{
    struct ymd now = day_to_ymd(today);
    int month = now.year * 12 + now.month - 1 + months;
    int year = month / 12;
    month = month % 12 + 1;
    day = day > DAYS_MAX ? DAYS_MAX : day;
    while (day > 28 && !day_valid(year, month, day))
        day--;
    return day_from_ymd(year, month, day);
}

enum direction { BACKWARD = -1, FORWARD = 1 };

/* The nearest day with this number in this month (0 = any), today or later, or today or earlier. */
static day_t nearest_date(day_t today, enum direction to, int day, int month)
{
    struct ymd now = day_to_ymd(today);
    int step = month ? 12 : 1, first = month ? month - now.month : 0;
    for (int i = -1; i <= STEPS_TO_29_FEBRUARY; i++) {
        struct ymd at = day_to_ymd(month_day(today, first + to * i * step, day));
        day_t found = day_from_ymd(at.year, at.month, at.day);
        if ((at.day == day || day == LAST_DAY) && (to == FORWARD ? found >= today : found <= today))
            return found;
    }
    return DAY_NONE;
}

static day_t next_weekday(day_t today, int weekday)
{
    return today + (weekday - day_weekday(today) + 7) % 7;
}

/* ---- days by their names ---- */

/* Of this week or month, n = 0, or the n-th after it. What has no certain day stands for none. */
static day_t week_start(day_t today, int n)
{
    return next_weekday(today, SUNDAY) + 1 + 7 * (n > 0 ? n - 1 : 0);
}

static day_t week_mid(day_t today, int n)
{
    return n > 0 ? week_start(today, n) + 2 : next_weekday(today, 3);
}

static day_t weekend(day_t today, int n)
{
    return n > 0 ? week_start(today, n) + SATURDAY - 1 : next_weekday(today, SATURDAY);
}

static day_t week(day_t today, int n)
{
    return next_weekday(today, SUNDAY) + 7 * n;
}

static day_t month_part(day_t today, int n, int day)
{
    return n > 0 ? month_day(today, n, day) : nearest_date(today, FORWARD, day, 0);
}

static day_t month_start(day_t today, int n)
{
    return month_part(today, n, 5);
}

static day_t month_mid(day_t today, int n)
{
    return month_part(today, n, 15);
}

static day_t month_end(day_t today, int n)
{
    return month_day(today, n, LAST_DAY);
}

static const struct named {
    const char *name;
    day_t (*day)(day_t today, int n);
    int part; /* the day before the name of a month: "dau thang 12"; 0 = it does not stand there */
} names[] = {
    {"WEEK_START", week_start, 0},
    {"WEEK_MID", week_mid, 0},
    {"WEEKEND", weekend, 0},
    {"WEEK", week, 0},
    {"MONTH_START", month_start, 5},
    {"MONTH_MID", month_mid, 15},
    {"MONTH_END", month_end, LAST_DAY},
    {"MONTH", month_end, 0},
};

/* The name and the number after it: "WEEK+1"; NULL for what is no certain day, which the past is neither. */
static const struct named *named_day(const char *meaning, int *n)
{
    size_t length = strcspn(meaning, "+-");
    *n = atoi(meaning + length);
    for (size_t i = 0; i < sizeof names / sizeof *names && *n >= 0; i++)
        if (strlen(names[i].name) == length && strncmp(names[i].name, meaning, length) == 0)
            return &names[i];
    return NULL;
}

/* The next of the full moons that come first on or after a solar date. */
static day_t full_moon_from(day_t today, int day, int month)
{
    day_t date = nearest_date(today, BACKWARD, day, month), found = lunar_next(date, FULL_MOON, LUNAR_ANY_MONTH);
    if (found < today)
        found = lunar_next(nearest_date(today, FORWARD, day, month), FULL_MOON, LUNAR_ANY_MONTH);
    return found;
}

/* "LUNAR 15/8", "SOLAR 14/4", "FULL MOON 31/10": a festival. */
static day_t calendar_day(const char *meaning, day_t today)
{
    int day, month;
    if (sscanf(meaning, "LUNAR %d/%d", &day, &month) == 2)
        return lunar_next(today, day, month);
    if (sscanf(meaning, "FULL MOON %d/%d", &day, &month) == 2)
        return full_moon_from(today, day, month);
    if (sscanf(meaning, "SOLAR %d/%d", &day, &month) == 2)
        return nearest_date(today, FORWARD, day, month);
    return DAY_NONE;
}

/* "D3", or "D3+1": of next week. */
static bool is_weekday(const char *meaning)
{
    return meaning[0] == 'D' && meaning[1] >= '1' && meaning[1] <= '7';
}

static day_t weekday_of_meaning(const char *meaning, day_t today)
{
    int day = meaning[1] - '0', weeks = atoi(meaning + 2);
    return weeks > 0 ? week_start(today, weeks) + day - 1 : next_weekday(today, day);
}

day_t day_of_meaning(const char *meaning, day_t today)
{
    char *end;
    int n;
    long days = strtol(meaning, &end, 10);
    if (end != meaning && *end == '\0')
        return today + (day_t)days;
    if (is_weekday(meaning))
        return weekday_of_meaning(meaning, today);
    const struct named *named = named_day(meaning, &n);
    return named ? named->day(today, n) : calendar_day(meaning, today);
}

/* ---- dates ---- */

struct date {
    int day, month, year; /* 0 = not said */
    int months_ahead;     /* "thang sau" */
    bool lunar, this_month;
};

/* "25.11", "25.11.2026". */
static void parse_dotted(struct slice text, struct date *d)
{
    char copy[16];
    int day;
    if (text.n < sizeof copy) {
        memcpy(copy, text.at, text.n);
        copy[text.n] = '\0';
        if (sscanf(copy, "%2d%*1[.,]%2d%*1[.,]%4d", &day, &d->month, &d->year) >= 2)
            d->day = day;
    }
}

/* Vietnamese, Khmer and English name the month after its word, Chinese before. */
static bool names_month(const struct text *t, size_t i, size_t from, size_t to)
{
    bool after = i > from && t->tags[i - 1] == TAG_MONTH && t->spans[i - 1].keyword->lang != LANG_ZH;
    bool before = i + 1 < to && t->tags[i + 1] == TAG_MONTH && t->spans[i + 1].keyword->lang == LANG_ZH;
    return after || before;
}

/* The 28 of "ngay 25 toi 28" and of "25-28/11": the goods are there from the first day on. */
static bool ends_range(const struct text *t, size_t i, size_t from, size_t to)
{
    bool after = i > from && t->tags[i - 1] == TAG_TO, before_month = i + 1 < to && t->tags[i + 1] == TAG_SLASH;
    return after && (before_month || whole(t, i) > 12);
}

static void parse_number(const struct text *t, size_t i, size_t from, size_t to, struct date *d)
{
    int value = whole(t, i);
    if (ends_range(t, i, from, to))
        return;
    if (t->tags[i] == TAG_DECIMAL || t->tags[i] == TAG_HUGE)
        parse_dotted(t->tokens[t->spans[i].first].text, d);
    else if (t->tags[i] == TAG_DIGIT_4 || (d->day && d->month))
        d->year = value < 100 ? value + 2000 : value;
    else if (names_month(t, i, from, to) || (d->day && !d->month))
        d->month = value;
    else
        d->day = value;
}

/* "30 tet", "mung 3 tet": the last days of the old year and the first of the new. */
static void parse_tet(struct date *d)
{
    d->lunar = true;
    d->month = d->day > 20 ? 12 : 1;
}

/* A day by its name beside a number. False when it is none that belongs to the date. */
static bool parse_name(const struct text *t, size_t i, struct date *d)
{
    const char *meaning = t->spans[i].keyword->meaning;
    const struct named *named = named_day(meaning, &d->months_ahead);
    if (named && named->day == month_end && !named->part)
        d->this_month = true;
    else if (named && named->part && !d->day)
        d->day = named->part;
    else if (strcmp(meaning, "LUNAR 1/1") == 0 && d->day)
        parse_tet(d);
    else
        return false;
    return true;
}

/* Reads the spans of a date; returns the span after the last it took. */
static size_t parse_date(const struct text *t, size_t from, size_t to, struct date *d)
{
    for (size_t i = from; i < to; i++) {
        char tag = t->tags[i];
        bool after_name = i > from && t->tags[i - 1] == TAG_LUNAR_MONTH && t->spans[i - 1].keyword->lang != LANG_ZH;
        if (after_name && tag_is_number(tag)) /* "thang chap 2 tan" */
            return i;
        if (tag_is_number(tag) || tag == TAG_HUGE)
            parse_number(t, i, from, to, d);
        else if (tag == TAG_WHEN && !parse_name(t, i, d))
            return i;
        if (tag == TAG_LUNAR_MONTH || tag == TAG_MONTH_NAME)
            d->month = (int)t->spans[i].keyword->value;
        if (tag == TAG_FULL_MOON)
            d->day = FULL_MOON;
        d->lunar = d->lunar || strchr("LXgO", tag);
    }
    return to;
}

static day_t lunar_date(const struct date *d, day_t today)
{
    int day = d->day && d->day != LAST_DAY ? d->day : LUNAR_LAST_DAY; /* of a month alone its end, as of a solar one */
    if (d->day == DAYS_MAX)
        return DAY_NONE;
    for (int i = 0; i < d->months_ahead; i++)
        today = lunar_next(today + 1, 1, LUNAR_ANY_MONTH);
    if (!d->year)
        return lunar_next(today, day, d->month);
    return lunar_to_day((struct lunar){d->year, d->month, day, false});
}

static day_t solar_date(const struct date *d, day_t today, enum direction to)
{
    int day = d->day ? d->day : LAST_DAY;
    if (d->this_month) {
        day_t found = month_day(today, d->months_ahead, day);
        return day == LAST_DAY || day_to_ymd(found).day == day ? found : DAY_NONE;
    }
    if (!d->year)
        return nearest_date(today, to, day, d->month);
    return day_valid(d->year, d->month, day) ? day_from_ymd(d->year, d->month, day) : DAY_NONE;
}

static bool is_date(const struct date *d)
{
    bool day = d->day >= 0 && (d->day <= DAYS_MAX || d->day == LAST_DAY);
    return day && d->month >= 0 && d->month <= 12 && (d->day || d->month);
}

size_t make_date(struct text *t, size_t from, size_t to)
{
    struct date d = {0};
    day_t today = t->context->today;
    size_t end = parse_date(t, from, to, &d);
    bool alone = end - from == 1 && tag_is_number(t->tags[from]) && !d.month; /* "12 mai" */
    if (alone || !is_date(&d))
        return 0;
    struct fact *fact = text_fact(t, FACT_DAY, from, end);
    fact->day = d.lunar ? lunar_date(&d, today) : solar_date(&d, today, FORWARD);
    fact->past = d.lunar ? DAY_NONE : solar_date(&d, today, BACKWARD);
    return end;
}

/* "25.11" and nothing else; with one figure after the dot, or as an answer, it is an amount. */
size_t make_lone_date(struct text *t, size_t from, size_t to)
{
    struct slice text = t->tokens[t->spans[from].first].text;
    bool month = text.n > 3 && (text.at[text.n - 3] == '.' || text.at[text.n - 3] == ',');
    return month && t->asked == ASK_NOTHING ? make_date(t, from, to) : 0;
}

/* "cuoi thang 12", "thu 7 tuan sau", or a name alone. */
size_t make_when(struct text *t, size_t from, size_t to)
{
    const struct keyword *word = t->spans[from].keyword, *next = to - from > 1 ? t->spans[from + 1].keyword : NULL;
    day_t today = t->context->today;
    int n;
    const struct named *named = named_day(word->meaning, &n);
    if (to - from > 1 && named && named->part && t->tags[from + 1] != TAG_WHEN && make_date(t, from, to))
        return to;
    struct fact *fact = text_fact(t, FACT_DAY, from, from + 1);
    fact->day = fact->past = day_of_meaning(word->meaning, today);
    if (!is_weekday(word->meaning))
        return from + 1;
    fact->past = fact->day > today ? fact->day - 7 : fact->day;
    const struct named *of = next && t->tags[from + 1] == TAG_WHEN ? named_day(next->meaning, &n) : NULL;
    if (!of || of->day != week)
        return from + 1;
    fact->day = n > 0 ? week_start(today, n) + word->meaning[1] - '1' : fact->day;
    fact->to = to;
    return to;
}

/* "10 ngay nua", "sau 10 ngay", "in 10 days". */
size_t make_ahead(struct text *t, size_t from, size_t to)
{
    size_t number = from;
    while (!tag_is_number(t->tags[number]))
        number++;
    int n = whole(t, number);
    bool said = number > from && t->tags[number - 1] == TAG_AHEAD; /* after "at" so many days may be an age */
    struct fact *fact = text_fact(t, FACT_DAY, said ? number - 1 : number, to);
    day_t today = t->context->today;
    char unit = t->tags[number + 1];
    fact->day = unit == TAG_DAY    ? today + n
                : unit == TAG_WEEK ? today + 7 * n
                                   : month_day(today, n, day_to_ymd(today).day);
    return to;
}

/* "thu 7": Monday is thứ hai, 星期一 the first. */
size_t make_weekday(struct text *t, size_t from, size_t to)
{
    int n = whole(t, from + 1) - (t->spans[from].keyword->lang != LANG_ZH);
    bool amount = to < t->n_spans && t->tags[to] == TAG_UNIT && t->spans[to].unit->dimension == DIM_MASS;
    if (n < 1 || n > 7 || amount) /* "sap thu 3 tan": thu is to harvest */
        return 0;
    struct fact *fact = text_fact(t, FACT_DAY, from, to);
    day_t today = t->context->today;
    fact->day = next_weekday(today, n);
    fact->past = fact->day > today ? fact->day - 7 : fact->day;
    return to;
}
