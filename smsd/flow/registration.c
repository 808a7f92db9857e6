/* SPDX-License-Identifier: Apache-2.0
 *
 * DK: who and where a person is and what he grows (DK TEN ... O ... TRONG ...), or the goods and place whose prices and
 * forecasts are to come unasked (DK LUA CAU KE); HUY DK takes one of these away. DK alone asks for the place. Each is a
 * yes to such texts, and is told as that.
 */
#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/message/words.h"

/* Goods of one DK; what is told must fit, and nothing is kept that is not told. */
#define GOODS_MAX 4

/* "lúa, tôm sú"; NULL when there are none. */
static const char *goods_of(const struct turn *turn)
{
    const char *list = NULL;
    for (size_t i = 0; i < turn->reading.n_items && i < GOODS_MAX; i++) {
        const struct commodity *commodity = turn->reading.items[i].commodity;
        if (commodity)
            list = arena_printf(turn->arena, "%s%s%s", list ? list : "", list ? words_of(turn->lang)->comma : "",
                                commodity->brief[turn->lang]);
    }
    return list;
}

static const struct place *place_said(const struct turn *turn)
{
    return turn->reading.n_items ? turn->reading.items[0].place : NULL;
}

/* ---- DK TEN, DK O, DK ---- */

static void keep_person(struct turn *turn)
{
    const struct reading *r = &turn->reading;
    int64_t person = turn->sender->person_id;
    if (place_said(turn)) {
        struct person_change *change = turn_change(turn);
        change->set_place = true;
        change->place = place_said(turn)->code;
    }
    if (*r->name)
        *EFFECT(turn, names) = (struct name_row){person, r->name};
    for (size_t i = 0; i < r->n_items && i < GOODS_MAX; i++)
        if (r->items[i].commodity)
            *EFFECT(turn, crops) = (struct crop_row){person, r->items[i].commodity->code};
}

/* Asks for the place, and for nothing else. */
static void ask_place(struct turn *turn)
{
    struct reading asked = {.outcome = READ_ASK, .intent = INTENT_START, .ask = ASK_PLACE, .n_items = 1};
    asked.items[0].ready = DAY_NONE;
    turn->question = draft_write(turn->arena, DRAFT_ASK, &asked);
}

static void register_person(struct turn *turn)
{
    const struct place *place = place_said(turn);
    keep_person(turn);
    const char *name = *turn->reading.name ? turn->reading.name : NULL, *crops = goods_of(turn);
    if (place || turn->home) {
        turn_say(turn, MSG_REGISTERED,
                 ARGS({"name", name}, {"place", place ? place->brief[turn->lang] : NULL}, {"crops", crops}));
        return;
    }
    turn_say(turn, MSG_REGISTERED_WHERE, ARGS({"name", name}, {"crops", crops}));
    ask_place(turn);
}

/* ---- DK LUA CAU KE ---- */

static void subscribe(struct turn *turn)
{
    const struct place *place = place_said(turn) ? place_said(turn) : turn->home;
    if (!place)
        place = lexicon_place(turn->knowledge->lexicon, turn->policy->province);
    for (size_t i = 0; i < turn->reading.n_items && i < GOODS_MAX; i++) {
        const struct read_item *item = &turn->reading.items[i];
        if (item->commodity)
            *EFFECT(turn, subscriptions) = (struct subscription_row){
                turn->sender->person_id, item->commodity->code, item->place ? item->place->code : place->code,
                message_version(turn->knowledge->book), turn->inbound_id};
    }
    turn_say(turn, MSG_SUBSCRIBED, ARGS({"goods", goods_of(turn)}, {"place", place->brief[turn->lang]}));
}

void start_act(struct turn *turn)
{
    consent_to_alerts(turn, true);
    if (!turn->reading.registers && goods_of(turn))
        subscribe(turn);
    else
        register_person(turn);
}

/* ---- HUY DK LUA ---- */

void stop_want(struct turn *turn)
{
    if (turn->reading.n_items && (turn->reading.items[0].commodity || turn->reading.items[0].place))
        *turn_lookup(turn) = (struct lookup){.subscriptions = true};
}

/* Is it one of those meant: the goods or kinds of them, in the place or in a part of it? */
static bool is_meant(const struct turn *turn, const struct subscription *subscription, const struct read_item *item)
{
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    const struct commodity *commodity = lexicon_commodity(lexicon, subscription->commodity);
    const struct place *place = lexicon_place(lexicon, subscription->place);
    return (!item->commodity || (commodity && commodity_within(commodity, item->commodity))) &&
           (!item->place || (place && place_within(place, item->place)));
}

static void drop(struct turn *turn, const struct subscription *subscription)
{
    *EFFECT(turn, unsubscriptions) =
        (struct subscription_row){turn->sender->person_id, subscription->commodity, subscription->place, "", 0};
}

void unsubscribe_act(struct turn *turn)
{
    const struct read_item *item = &turn->reading.items[0];
    const struct found *found = &turn->found[0];
    size_t dropped = 0;
    for (size_t i = 0; i < found->n_subscriptions; i++)
        if (is_meant(turn, &found->subscriptions[i], item)) {
            drop(turn, &found->subscriptions[i]);
            dropped++;
        }
    const char *what = item->commodity ? item->commodity->brief[turn->lang] : item->place->brief[turn->lang];
    turn_say(turn, dropped ? MSG_UNSUBSCRIBED : MSG_NOT_SUBSCRIBED, ARGS({"what", what}));
}

void unsubscribe_all(struct turn *turn)
{
    drop(turn, &(struct subscription){"", ""});
}
