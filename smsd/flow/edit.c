/* SPDX-License-Identifier: Apache-2.0
 *
 * SUA B7K2 GIA 8400: price, quantity, place or day of one of my own listings. The answer says what it is now, and the
 * text that makes it what it was.
 */
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"
#include "smsd/message/format.h"

static bool has_price(const struct read_item *item)
{
    return item->price_low || item->price_high;
}

static bool says_anything(const struct reading *reading)
{
    const struct read_item *item = &reading->items[0];
    return reading->n_items && (item->has_quantity || has_price(item) || item->place || item->ready != DAY_NONE);
}

static bool says_quantity(const struct reading *reading)
{
    return reading->n_items && reading->items[0].has_quantity;
}

static bool are_other_goods(const struct turn *turn, const struct listing_facts *listing)
{
    const struct commodity *said = turn->reading.n_items ? turn->reading.items[0].commodity : NULL;
    return said && !own_are_goods(turn, listing, said);
}

/* Who edits what no longer stands wants it to stand. */
static void stand_again(const struct turn *turn, struct listing_facts *to)
{
    day_t from = to->ready != DAY_NONE && to->ready > turn->today ? to->ready : turn->today;
    bool over = to->until < from;
    to->state = LISTING_OPEN;
    if (over)
        to->until = from + own_days(turn, lexicon_commodity(turn->knowledge->lexicon, to->commodity));
}

static void edit(const struct turn *turn, const struct read_item *item, struct listing_facts *to)
{
    if (item->has_quantity) {
        to->entered_milli = item->quantity_milli;
        to->entered_unit = to->base_unit = item->unit->code;
        to->quantity_milli = 0;
        item_base_quantity(item, &to->quantity_milli, &to->base_unit);
    }
    if (has_price(item)) {
        to->price_low = item->price_low;
        to->price_high = item->price_high;
        to->price_unit = item->price_unit->code;
    }
    if (item->place)
        to->place = item->place->code;
    if (item->ready != DAY_NONE)
        to->ready = item->ready;
    stand_again(turn, to);
}

/* "2 tấn GIA 8.500đ/kg O Cầu Kè": what SUA makes it again; NULL when no words can. */
static const char *undo(const struct turn *turn, const struct read_item *item, const struct listing_facts *was)
{
    struct listing_words words = own_words(turn, was);
    const struct {
        bool changed;
        const char *command, *value;
    } parts[] = {
        {item->has_quantity, "", words.quantity},
        {has_price(item) && (was->price_low || was->price_high), "GIA ", words.price},
        {item->place != NULL, "O ", words.place},
        {item->ready != DAY_NONE && words.ready, "NGAY ", words.ready},
    };
    const char *text = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].changed)
            text = arena_printf(turn->arena, "%s%s%s%s", text ? text : "", text ? " " : "", parts[i].command,
                                parts[i].value);
    return text;
}

static void edit_and_say(struct turn *turn, const struct listing_facts *listing)
{
    const struct read_item *item = &turn->reading.items[0];
    struct listing_facts *to = &own_change(turn, listing)->to;
    edit(turn, item, to);
    struct listing_words words = own_words(turn, to);
    turn_say(turn, MSG_EDIT_DONE,
             ARGS({"code", listing->code}, {"side", words.side}, {"goods", words.goods}, {"quantity", words.quantity},
                  {"price", words.price}, {"place", words.place}, {"ready", words.ready}, {"until", words.until},
                  {"change", undo(turn, item, listing)}));
}

void edit_act(struct turn *turn)
{
    const struct listing_facts *listing = own_find(turn);
    if (!listing)
        return;
    if (listing->state == LISTING_MATCHED)
        turn_say(turn, MSG_OWN_HELD, ARGS({"code", listing->code}, {"done", own_words(turn, listing).done}));
    else if (listing->state == LISTING_CANCELLED || (listing->state == LISTING_SOLD && !says_quantity(&turn->reading)))
        own_is_over(turn, listing);
    else if (are_other_goods(turn, listing))
        turn_say(turn, MSG_EDIT_GOODS, ARGS({"code", listing->code}, {"goods", own_words(turn, listing).goods}));
    else if (!says_anything(&turn->reading))
        turn_say(turn, MSG_EDIT_WHAT, ARGS({"code", listing->code}));
    else if (own_settle(turn, listing))
        edit_and_say(turn, listing);
}
