/* SPDX-License-Identifier: Apache-2.0
 *
 * MUA VU: the season of a crop now, and the next one, by the windows of the province's calendar.
 */
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

/* How soon a season matters: 0 while one of its windows is open, else the days until the next opens. */
static int distance(const struct season *season, day_t today)
{
    int now = month_day(today), nearest = 1000;
    if (within(season->sow_from, season->sow_to, now) || within(season->harvest_from, season->harvest_to, now))
        return 0;
    if (season->sow_from)
        nearest = days_until(season->sow_from, today);
    if (season->harvest_from && days_until(season->harvest_from, today) < nearest)
        nearest = days_until(season->harvest_from, today);
    return nearest;
}

/* A calendar of the place itself, of what it lies in, or of a part of it. */
static bool is_for(const struct season *season, const struct place *place)
{
    return !season->area || place_within(place, season->area) || place_within(season->area, place);
}

/* The nearest season for the place that is not `except`; NULL when there is none. */
static const struct season *nearest(const struct season *seasons, size_t n, const struct place *place, day_t today,
                                    const struct season *except)
{
    const struct season *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (&seasons[i] != except && is_for(&seasons[i], place) &&
            (!best || distance(&seasons[i], today) < distance(best, today)))
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
    turn_say(turn, MSG_SEASON,
             ARGS({"goods", commodity->brief[turn->lang]}, {"season", now->name[turn->lang]},
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
