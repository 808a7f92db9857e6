/* SPDX-License-Identifier: Apache-2.0
 *
 * MUA VU: the season of a crop now, and the next one, by the windows of the province's calendar.
 */
#include <string.h>

#include "smsd/flow/flow.h"
#include "smsd/message/format.h"

/* A day of the year as the calendar writes it: month * 100 + day. */
static int month_day(day_t day)
{
    struct ymd date = day_to_ymd(day);
    return date.month * 100 + date.day;
}

/* Windows may wrap the year's end (20/12 to 10/02). */
static bool within(int from, int to, int today)
{
    if (!from || !to)
        return false;
    return from <= to ? from <= today && today <= to : today >= from || today <= to;
}

/* Days from today to the next time the calendar shows month_day. */
static int days_until(int month_and_day, day_t today)
{
    int year = day_to_ymd(today).year, month = month_and_day / 100, day = month_and_day % 100;
    for (; !day_valid(year, month, day); day--) /* 29/02 in a common year */
        ;
    day_t at = day_from_ymd(year, month, day);
    return at >= today ? at - today : at + 365 - today;
}

/* How soon a season matters: 0 while one of its windows is open, else the days until the next opens; *harvest_r says
 * which. */
static int distance(const struct season *season, day_t today, bool *harvest_r)
{
    int now = month_day(today), nearest = 1000;
    *harvest_r = within(season->harvest_from, season->harvest_to, now);
    if (*harvest_r || within(season->sow_from, season->sow_to, now))
        return 0;
    if (season->sow_from)
        nearest = days_until(season->sow_from, today);
    if (season->harvest_from && days_until(season->harvest_from, today) < nearest) {
        nearest = days_until(season->harvest_from, today);
        *harvest_r = true;
    }
    return nearest;
}

/* ---- whose calendar ---- */

static bool is_around(const struct season *season, const struct place *place)
{
    return !season->area || place_within(place, season->area);
}

/* A calendar of the place itself, of what it lies in, or of a part of it. */
static bool is_for(const struct season *season, const struct place *place)
{
    return is_around(season, place) || place_within(season->area, place);
}

/* Is a's calendar nearer to the place than b's: around it and narrower, or around it where b's is of a part only? */
static bool is_nearer(const struct season *a, const struct season *b, const struct place *place)
{
    if (is_around(a, place) != is_around(b, place))
        return is_around(a, place);
    return is_around(a, place) && a->area && a->area != b->area && (!b->area || place_within(a->area, b->area));
}

/* Does a nearer calendar say when this season is? */
static bool is_overruled(const struct season *season, const struct season *seasons, size_t n, const struct place *place)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(seasons[i].code, season->code) == 0 && is_for(&seasons[i], place) &&
            is_nearer(&seasons[i], season, place))
            return true;
    return false;
}

/* The nearest season in time for the place that is not `except`; NULL when there is none. */
static const struct season *nearest(const struct season *seasons, size_t n, const struct place *place, day_t today,
                                    const struct season *except)
{
    const struct season *best = NULL;
    bool harvest;
    for (size_t i = 0; i < n; i++)
        if ((!except || strcmp(seasons[i].code, except->code) != 0) && is_for(&seasons[i], place) &&
            !is_overruled(&seasons[i], seasons, n, place) &&
            (!best || distance(&seasons[i], today, &harvest) < distance(best, today, &harvest)))
            best = &seasons[i];
    return best;
}

/* The next season in one breath: its name and its windows. */
static const char *in_short(const struct turn *turn, const struct season *season)
{
    if (!season)
        return NULL;
    return arena_printf(turn->arena, "%s %s", season->name[turn->lang],
                        format_windows(turn->arena, turn->lang, season));
}

static void say_season(struct turn *turn, const struct commodity *commodity, const struct season *now,
                       const struct season *next)
{
    bool harvest;
    int days = distance(now, turn->today, &harvest);
    const char *work = format_work(turn->arena, turn->lang, now, harvest);
    turn_say(turn, MSG_SEASON,
             ARGS({"goods", commodity->brief[turn->lang]}, {"season", now->name[turn->lang]},
                  {"now", days == 0 ? work : NULL}, {"soon", days ? work : NULL},
                  {"days", format_number(turn->arena, turn->lang, days)},
                  {"place", now->area ? now->area->brief[turn->lang] : NULL},
                  {"windows", format_windows(turn->arena, turn->lang, now)}, {"next", in_short(turn, next)},
                  {"advice", message_advice(turn->knowledge->book, turn->lang, now->advice)}));
}

/* The kinds of a crop that have a calendar for the place ("tôm": tôm sú, tôm thẻ), at most READ_CHOICES_MAX. */
static size_t kinds(const struct turn *turn, const struct commodity *commodity, const struct place *place,
                    const struct commodity **kinds_r)
{
    size_t n_all, n_seasons, n = 0;
    const struct commodity *const *all = lexicon_commodities(turn->knowledge->lexicon, &n_all);
    for (size_t i = 0; i < n_all && n < READ_CHOICES_MAX; i++) {
        if (all[i] == commodity || !commodity_within(all[i], commodity))
            continue;
        const struct season *seasons = lexicon_seasons(turn->knowledge->lexicon, all[i], &n_seasons);
        if (nearest(seasons, n_seasons, place, turn->today, NULL))
            kinds_r[n++] = all[i];
    }
    return n;
}

static void ask_which(struct turn *turn, const struct commodity *const *choices, size_t n)
{
    struct reading *reading = &turn->reading;
    reading->outcome = READ_ASK;
    reading->ask = ASK_COMMODITY;
    reading->asked_item = 0;
    reading->n_choices = n;
    for (size_t i = 0; i < n; i++)
        reading->choices[i].commodity = choices[i];
    ask_act(turn);
}

/* Says the season of a crop; false when it has no calendar for the place. */
static bool say_of(struct turn *turn, const struct commodity *commodity, const struct place *place)
{
    size_t n;
    const struct season *seasons = lexicon_seasons(turn->knowledge->lexicon, commodity, &n);
    const struct season *now = nearest(seasons, n, place, turn->today, NULL);
    if (now)
        say_season(turn, commodity, now, nearest(seasons, n, place, turn->today, now));
    return now != NULL;
}

void season_act(struct turn *turn)
{
    const struct read_item *item = &turn->reading.items[0];
    const struct commodity *choices[READ_CHOICES_MAX];
    const struct place *place = item->place ? item->place : turn->home;
    if (!place)
        place = lexicon_place(turn->knowledge->lexicon, turn->policy->province);
    if (say_of(turn, item->commodity, place))
        return;
    size_t n = kinds(turn, item->commodity, place, choices);
    if (n == 1)
        say_of(turn, choices[0], place);
    else if (n > 1)
        ask_which(turn, choices, n);
    else
        turn_say(turn, MSG_SEASON_NONE, ARGS({"goods", item->commodity->brief[turn->lang]}));
}
