/* SPDX-License-Identifier: Apache-2.0
 *
 * DU BAO: how much of the goods is announced and wanted in the coming weeks, by how many people, and what the officers
 * forecast.
 */
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"
#include "smsd/message/words.h"

/* Weeks told one by one; the sums are of all. */
#define WEEKS_TOLD 4

void forecast_want(struct turn *turn)
{
    const struct read_item *item = &turn->reading.items[0];
    *turn_lookup(turn) = (struct lookup){
        .bulletin = "forecast",
        .supply = item->commodity->code,
        .place = item->place ? item->place->code : NULL,
    };
}

/* Weights are told in tonnes, other goods in the unit they are counted in. */
static const struct unit *told_unit(const struct turn *turn, const struct supply *supply)
{
    const struct unit *unit = lexicon_unit(turn->knowledge->lexicon, supply->unit);
    return unit && unit->dimension == DIM_MASS ? lexicon_unit(turn->knowledge->lexicon, "TAN") : unit;
}

/* Thousandths of the unit it is told in, to the nearest tenth, from ten on to the nearest whole: nobody knows more. */
static int64_t rounded(int64_t milli, const struct supply *supply, const struct unit *unit)
{
    bool other = strcmp(unit->code, supply->unit) != 0 && unit->factor_milli;
    int64_t value = other ? milli / (unit->factor_milli / 1000) : milli, step = value < 10000 ? 100 : 1000;
    return (value + step / 2) / step * step;
}

static int64_t sum(const struct supply *supply, bool offered)
{
    int64_t milli = 0;
    for (size_t i = 0; i < supply->n_weeks; i++)
        milli += offered ? supply->weeks[i].offered : supply->weeks[i].wanted;
    return milli;
}

/* "55 tấn", "1.200 trái"; NULL for nothing. */
static const char *total(const struct turn *turn, const struct supply *supply, const struct unit *unit, bool offered)
{
    int64_t milli = sum(supply, offered);
    const struct read_item *item = &turn->reading.items[0];
    if (milli == 0)
        return NULL;
    if (unit->dimension != DIM_COUNT)
        return format_quantity(turn->arena, turn->lang, rounded(milli, supply, unit), unit, false);
    return arena_printf(turn->arena, "%s%s%s",
                        format_quantity(turn->arena, turn->lang, rounded(milli, supply, unit), NULL, false),
                        words_of(turn->lang)->blank, format_piece(turn->lang, item->commodity));
}

static const char *people(const struct turn *turn, int n)
{
    return format_number(turn->arena, turn->lang, n);
}

/* "23/11 40/20; 30/11 30/0": announced and wanted in each week that begins on that day; NULL when there is only one. */
static const char *weeks(const struct turn *turn, const struct supply *supply, const struct unit *unit)
{
    const char *list = "";
    struct arena *a = turn->arena;
    for (size_t i = 0; i < supply->n_weeks && i < WEEKS_TOLD; i++) {
        const struct supply_week *week = &supply->weeks[i];
        list =
            arena_printf(a, "%s%s%s %s/%s", list, i ? "; " : "", format_day(a, turn->lang, week->monday, turn->today),
                         format_quantity(a, turn->lang, rounded(week->offered, supply, unit), NULL, false),
                         format_quantity(a, turn->lang, rounded(week->wanted, supply, unit), NULL, false));
    }
    return supply->n_weeks > 1 ? list : NULL;
}

static void say_supply(struct turn *turn, const struct commodity *commodity, const struct place *place,
                       const struct supply *supply, const struct unit *unit)
{
    const struct bulletin *bulletin = &turn->found[0].bulletin;
    turn_say(turn, MSG_SUPPLY,
             ARGS({"goods", commodity->brief[turn->lang]}, {"place", place->brief[turn->lang]},
                  {"offered", unit ? total(turn, supply, unit, true) : NULL},
                  {"sellers", unit ? people(turn, supply->sellers) : NULL},
                  {"wanted", unit ? total(turn, supply, unit, false) : NULL},
                  {"buyers", unit ? people(turn, supply->buyers) : NULL},
                  {"weeks", unit ? weeks(turn, supply, unit) : NULL},
                  {"day", bulletin->body ? format_day(turn->arena, turn->lang, bulletin->day, turn->today) : NULL},
                  {"bulletin", bulletin->body}));
}

void forecast_act(struct turn *turn)
{
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    const struct read_item *item = &turn->reading.items[0];
    const struct supply *supply = turn->found[0].supply;
    const struct unit *unit = supply ? told_unit(turn, supply) : NULL;
    const char *area = supply ? supply->area : turn->found[0].bulletin.area;
    const struct place *place = area ? lexicon_place(lexicon, area) : NULL;
    if (place) {
        say_supply(turn, item->commodity, place, supply, unit);
        return;
    }
    const struct place *asked = item->place ? item->place : turn->home;
    if (!asked)
        asked = lexicon_place(lexicon, turn->policy->province);
    turn_say(turn, MSG_SUPPLY_NONE,
             ARGS({"goods", item->commodity->brief[turn->lang]}, {"place", asked->brief[turn->lang]}));
}
