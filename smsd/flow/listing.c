/* SPDX-License-Identifier: Apache-2.0
 *
 * BAN and MUA: an offer or a request becomes a listing, and the reply echoes all of it with the code that undoes it.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/flow/matches.h"
#include "smsd/market/code.h"
#include "smsd/message/format.h"

/* Of an answer about several listings, in GSM-7; a list may take one more than an everyday answer. */
#define MANY_SEGMENTS 2

static bool selling(const struct turn *turn)
{
    return turn->reading.intent == INTENT_SELL;
}

void listing_want(struct turn *turn)
{
    for (size_t i = 0; i < turn->reading.n_items; i++) {
        const struct read_item *item = &turn->reading.items[i];
        *turn_lookup(turn) = (struct lookup){
            .commodity = item->commodity->code,
            .place = item->place ? item->place->code : NULL,
            .size = *item->size ? item->size : NULL,
            .lots_side = selling(turn) ? 'b' : 's',
            .lots_max = selling(turn) ? LOTS_FEW : LOTS_MAX, /* who wants it; what may be pooled */
            .repeat = i == 0 && turn->path == PATH_READ,     /* "8500" is not a listing's text */
        };
    }
}

/* Where the goods are: as said, else the person's own place. */
static const struct place *place_of(const struct turn *turn, const struct read_item *item)
{
    return item->place ? item->place : turn->home;
}

static void post(struct turn *turn, const struct read_item *item)
{
    struct listing_row *row = EFFECT(turn, listings);
    day_t from = item->ready != DAY_NONE && item->ready > turn->today ? item->ready : turn->today;
    *row = (struct listing_row){
        .id = turn_id(turn),
        .code = code_fresh(turn->db, turn->knowledge->lexicon, turn->arena),
        .person_id = turn->sender->person_id,
        .side = selling(turn) ? 's' : 'b',
        .commodity = item->commodity->code,
        .base_unit = item->unit->code,
        .entered_milli = item->quantity_milli,
        .entered_unit = item->unit->code,
        .price_low = item->price_low,
        .price_high = item->price_high,
        .price_unit = item->price_unit ? item->price_unit->code : "",
        .price_factor = item->price_unit ? item->price_unit->factor_milli : 0,
        .place = place_of(turn, item)->code,
        .ready = item->ready,
        .until = from + (item->commodity->stands_days ? item->commodity->stands_days : turn->policy->listing_days),
        .size = item->size,
        .grade = item->grade,
        .state = item->state,
        .inbound_id = turn->inbound_id,
        .text_hash = turn->path == PATH_READ ? turn->mo->text_hash : 0,
    };
    item_base_quantity(item, &row->quantity_milli, &row->base_unit);
}

static const char *goods(const struct turn *turn, const struct read_item *item)
{
    return format_goods(turn->arena, turn->lang, item->commodity, item->size, item->grade, item->state);
}

static const char *quantity(const struct turn *turn, const struct read_item *item)
{
    return format_quantity(turn->arena, turn->lang, item->quantity_milli, item->unit, item->quantity_about);
}

static const char *price(const struct turn *turn, const struct read_item *item)
{
    return format_price(turn->arena, turn->lang, item->price_low, item->price_high, item->price_unit);
}

/* What is said of the other side: whoever pays most; the one lot that is enough; or several together. */
struct other_side {
    const char *others;                              /* people of the other side; NULL when there are none */
    const char *code, *words;                        /* of the best one; NULL when there is none */
    const char *people, *places, *quantity, *prices; /* of several together; NULL when there is no need, or only one */
    bool enough;
};

static void say_pool(const struct turn *turn, const struct wanted *wanted, const struct matches *matches,
                     const struct read_item *item, struct other_side *side)
{
    const struct pool pool = pool_lots(wanted, matches->rows, matches->n);
    if (pool.n < 2)
        return;
    side->people = format_number(turn->arena, turn->lang, (int64_t)pool.people);
    side->places = format_number(turn->arena, turn->lang, (int64_t)pool.communes);
    side->quantity = pool_quantity(turn, &pool, item->unit);
    side->prices = pool_prices(turn, &pool, item->commodity);
    side->enough = pool.enough;
}

static struct other_side other_side(const struct turn *turn, const struct read_item *item,
                                    const struct listing_row *row)
{
    const struct wanted wanted = wanted_of(row->side, turn->sender->person_id, item, place_of(turn, item), row->until);
    const struct matches matches = matches_of(turn, &wanted, &turn->found[0]);
    const struct match *single = selling(turn) ? matches.rows : pool_single(&wanted, matches.rows, matches.n);
    struct other_side side = {.others = matches_people(turn, &turn->found[0])};
    if (!single)
        say_pool(turn, &wanted, &matches, item, &side);
    if (!single && !side.people)
        single = matches.rows;
    if (matches.n && single) {
        side.code = single->lot->code;
        side.words = match_words(turn, single);
    }
    return side;
}

static void say_one(struct turn *turn, const struct read_item *item, const struct listing_row *row)
{
    const struct found *found = &turn->found[0];
    const struct price_group *group = &found->groups[0];
    bool priced = found->n_groups == 1 && found->match == PRICE_HERE && strcmp(group->commodity, row->commodity) == 0;
    bool fresh = priced && turn->today - group->day <= PRICE_FRESH_DAYS;
    const struct unit *unit = fresh ? lexicon_unit(turn->knowledge->lexicon, group->unit) : NULL;
    const struct other_side side = other_side(turn, item, row);
    struct arena *a = turn->arena;
    turn_say(turn, selling(turn) ? MSG_SELL_SAVED : MSG_BUY_SAVED,
             ARGS({"code", row->code}, {"goods", goods(turn, item)}, {"quantity", quantity(turn, item)},
                  {"price", price(turn, item)}, {"place", place_of(turn, item)->brief[turn->lang]},
                  {"ready", item->ready != DAY_NONE ? format_day(a, turn->lang, item->ready, turn->today) : NULL},
                  {"until", format_day(a, turn->lang, row->until, turn->today)},
                  {"assumed", format_assumed(a, turn->lang, item)}, {"own_place", item->place ? NULL : ""},
                  {"prices", unit ? format_price(a, turn->lang, group->low, group->high, unit) : NULL},
                  {"reports", unit ? format_number(a, turn->lang, group->reports) : NULL},
                  {"others", selling(turn) || !side.words ? side.others : NULL}, {"best", side.words},
                  {"best_code", side.code}, {"people", side.people}, {"places", side.places},
                  {"pool_prices", side.prices}, {"all", side.enough ? side.quantity : NULL},
                  {"part", side.enough ? NULL : side.quantity}));
    if (side.code || side.people)
        offer_contact(turn);
}

/* One listing of several, in a line: "B7K2 tôm thẻ 500 kg 130.000đ/kg", or only its code and goods. */
static const char *line(const struct turn *turn, const struct read_item *item, const char *code, bool whole)
{
    if (!whole)
        return arena_printf(turn->arena, "%s %s", code, item->commodity->brief[turn->lang]);
    const struct place *place = place_of(turn, item);
    bool elsewhere = place != place_of(turn, &turn->reading.items[0]);
    return arena_printf(turn->arena, "%s %s %s %s%s%s", code, goods(turn, item), quantity(turn, item),
                        price(turn, item), elsewhere ? ", " : "", elsewhere ? place->brief[turn->lang] : "");
}

static void say_lines(struct turn *turn, const struct listing_row *rows, bool whole)
{
    const char *lines = "", *assumed = NULL;
    const struct read_item *items = turn->reading.items;
    for (size_t i = 0; i < turn->reading.n_items; i++) {
        lines = arena_printf(turn->arena, "%s%s%s", lines, i ? "; " : "", line(turn, &items[i], rows[i].code, whole));
        if (!assumed)
            assumed = format_assumed(turn->arena, turn->lang, &items[i]);
    }
    turn_say(turn, MSG_SAVED_MANY,
             ARGS({"count", format_number(turn->arena, turn->lang, (int64_t)turn->reading.n_items)}, {"lines", lines},
                  {"place", place_of(turn, &items[0])->brief[turn->lang]}, {"assumed", assumed}));
}

/* All that was understood; of very many only the codes and goods, so that no code is cut off. */
static void say_many(struct turn *turn, const struct listing_row *rows)
{
    say_lines(turn, rows, true);
    if (!sms_fits(slice_of(turn->answer), MANY_SEGMENTS + lang_is_unicode(turn->lang)))
        say_lines(turn, rows, false);
}

/* The same words made a listing that is still open, longer ago than a repeated text: perhaps the person forgot. */
static void ask_whether_again(struct turn *turn)
{
    turn_say(turn, MSG_REPEAT, ARGS({"code", turn->found[0].repeat.code}));
    turn->question = draft_write(turn->arena, DRAFT_REPEAT, &turn->reading);
}

void listing_act(struct turn *turn)
{
    if (turn->found[0].repeat.id && !turn->repeat_confirmed) {
        ask_whether_again(turn);
        return;
    }
    const struct listing_row *rows = &turn->effects->listings[turn->effects->n_listings];
    for (size_t i = 0; i < turn->reading.n_items; i++)
        post(turn, &turn->reading.items[i]);
    if (turn->reading.n_items == 1)
        say_one(turn, &turn->reading.items[0], &rows[0]);
    else
        say_many(turn, rows);
}
