/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/flow/matches.h"

#include "smsd/message/format.h"

struct matches matches_of(const struct turn *turn, const struct wanted *wanted, const struct found *found)
{
    struct match *rows = arena_calloc(turn->arena, found->n_lots + 1, sizeof *rows);
    return (struct matches){match_lots(turn->knowledge->lexicon, wanted, found->lots, found->n_lots, rows), rows};
}

static bool counts(const struct turn *turn, const struct found *found, size_t i)
{
    const struct lot *lots = found->lots;
    if (lots[i].step == LOT_LINKED || lots[i].person_id == turn->sender->person_id)
        return false;
    for (size_t k = 0; k < i; k++)
        if (lots[k].person_id == lots[i].person_id)
            return false;
    return true;
}

const char *matches_people(const struct turn *turn, const struct found *found)
{
    int n = 0;
    for (size_t i = 0; i < found->n_lots; i++)
        n += counts(turn, found, i);
    return n ? arena_printf(turn->arena, "%d%s", n, found->n_lots == (size_t)turn->lookups[0].lots_max ? "+" : "")
             : NULL;
}

struct listing_facts match_facts(const struct match *match, char side)
{
    const struct lot *lot = match->lot;
    return (struct listing_facts){.id = lot->id,
                                  .code = lot->code,
                                  .person_id = lot->person_id,
                                  .state = LISTING_OPEN,
                                  .side = side,
                                  .commodity = lot->commodity,
                                  .quantity_milli = lot->quantity_milli,
                                  .base_unit = lot->base_unit,
                                  .entered_milli = lot->entered_milli,
                                  .entered_unit = lot->entered_unit,
                                  .price_low = lot->price_low,
                                  .price_high = lot->price_high,
                                  .price_unit = lot->price_unit,
                                  .place = lot->place,
                                  .ready = lot->ready,
                                  .until = lot->until,
                                  .size = lot->size,
                                  .grade = lot->grade,
                                  .state_of_goods = lot->state};
}

const char *match_words(const struct turn *turn, const struct match *match)
{
    const struct lot *lot = match->lot;
    const struct unit *unit = lexicon_unit(turn->knowledge->lexicon, lot->entered_unit);
    return arena_printf(turn->arena, "%s %s %s",
                        format_quantity(turn->arena, turn->lang, lot->entered_milli, unit, false),
                        format_price(turn->arena, turn->lang, lot->price_low, lot->price_high, match->price_unit),
                        match->place->brief[turn->lang]);
}

/* đồng per `unit`, as long as both are of one base; 0 when there is none */
static int64_t price_in(const struct match *match, const struct unit *unit)
{
    bool known = match && unit && strcmp(match->price_unit->base, unit->base) == 0;
    return known ? match->price * unit->factor_milli / 1000000 : 0;
}

const char *pool_prices(const struct turn *turn, const struct pool *pool, const struct commodity *commodity)
{
    const struct unit *unit = commodity->price_unit;
    return format_price(turn->arena, turn->lang, price_in(pool->low, unit), price_in(pool->high, unit), unit);
}

const char *pool_quantity(const struct turn *turn, const struct pool *pool, const struct unit *unit)
{
    return format_quantity(turn->arena, turn->lang, pool->quantity_milli * 1000 / unit->factor_milli, unit, false);
}
