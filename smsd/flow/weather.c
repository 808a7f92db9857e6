/* SPDX-License-Identifier: Apache-2.0
 *
 * THOI TIET and DO MAN: what the officers published last for the place or the nearest area around it, with its date.
 * The service knows no weather of its own.
 */
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"

/* NULL when none was named and the person's own is not known: the province's bulletin stands in, if there is one. */
static const struct place *asked_place(const struct turn *turn)
{
    if (turn->reading.n_items && turn->reading.items[0].place)
        return turn->reading.items[0].place;
    return turn->home;
}

void weather_want(struct turn *turn)
{
    const struct reading *r = &turn->reading;
    *turn_lookup(turn) = (struct lookup){
        .bulletin = r->salinity ? "salinity" : "weather",
        .place = r->n_items && r->items[0].place ? r->items[0].place->code : NULL,
    };
}

void weather_act(struct turn *turn)
{
    bool salinity = turn->reading.salinity;
    const struct bulletin *bulletin = &turn->found[0].bulletin;
    const struct place *area = bulletin->area ? lexicon_place(turn->knowledge->lexicon, bulletin->area) : NULL;
    if (area)
        turn_say(turn, salinity ? MSG_SALINITY : MSG_WEATHER,
                 ARGS({"place", area->brief[turn->lang]},
                      {"day", format_day(turn->arena, turn->lang, bulletin->day, turn->today)},
                      {"bulletin", bulletin->body}));
    else if (asked_place(turn))
        turn_say(turn, salinity ? MSG_SALINITY_NONE : MSG_WEATHER_NONE,
                 ARGS({"place", asked_place(turn)->brief[turn->lang]}));
    else
        turn_say(turn, salinity ? MSG_SALINITY_WHERE : MSG_WEATHER_WHERE, NO_ARGS);
}
