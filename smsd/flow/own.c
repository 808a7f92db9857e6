/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/flow/own.h"

#include <stdlib.h>

#include "parsers/market/listing_code.h"
#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"

/* The number in one's own list; 0 when it is none. */
static int own_number(const char *text)
{
    char *end = NULL;
    long number = strtol(text, &end, 10);
    return !*end && number > 0 && number <= OWN_LISTINGS_MAX ? (int)number : 0;
}

static struct lookup *want_named(struct turn *turn)
{
    const char *named = turn->reading.listing;
    char code[LISTING_CODE_MAX];
    struct lookup *want = turn_lookup(turn);
    *want = (struct lookup){.own_list = !*named, .own_number = own_number(named)};
    if (listing_code_read(slice_of(named), code))
        want->listing_code = arena_copy(turn->arena, slice_of(code));
    return want;
}

/* The listing, or the list when none is named. */
void list_want(struct turn *turn)
{
    want_named(turn)->phone = true;
}

/* And nothing else changes them meanwhile. */
void own_want(struct turn *turn)
{
    struct lookup *want = want_named(turn);
    want->change = true;
    want->sales = turn->reading.intent == INTENT_SOLD;
}

void own_keep_numbers(struct turn *turn)
{
    const struct found *found = &turn->found[0];
    if (found->n_own == 0)
        return;
    size_t last = (size_t)found->own[found->n_own - 1].number;
    int64_t *ids = arena_calloc(turn->arena, last, sizeof *ids);
    for (size_t i = 0; i < found->n_own; i++)
        ids[found->own[i].number - 1] = found->own[i].is.id;
    *EFFECT(turn, lists) = (struct listing_list){turn->sender->person_id, last, ids};
}

bool own_are_goods(const struct turn *turn, const struct listing_facts *listing, const struct commodity *goods)
{
    const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, listing->commodity);
    return commodity && (commodity_within(commodity, goods) || commodity_within(goods, commodity));
}

/* The only one that stands of the goods that are named; NULL when there are none or several, or none are named. */
static const struct listing_facts *only_one_of_goods(const struct turn *turn)
{
    const struct found *found = &turn->found[0];
    const struct listing_facts *only = NULL;
    if (turn->reading.n_items != 1 || !turn->reading.items[0].commodity)
        return NULL;
    for (size_t i = 0; i < found->n_own; i++) {
        if (!own_are_goods(turn, &found->own[i].is, turn->reading.items[0].commodity))
            continue;
        if (only)
            return NULL;
        only = &found->own[i].is;
    }
    return only;
}

const struct listing_facts *own_find(struct turn *turn)
{
    const struct listing_facts *listing = &turn->found[0].listing;
    if (!*turn->reading.listing) {
        listing = only_one_of_goods(turn);
        if (!listing)
            own_ask(turn);
        return listing;
    }
    if (own_number(turn->reading.listing))
        own_keep_numbers(turn);
    if (listing->id && listing->person_id == turn->sender->person_id)
        return listing;
    turn_say(turn, MSG_OWN_UNKNOWN, ARGS({"code", turn->reading.listing}));
    return NULL;
}

/* "1) lúa OM18, 2) dừa khô": the newest, for one who has many. */
static const char *choices(const struct turn *turn)
{
    const struct found *found = &turn->found[0];
    const char *list = NULL;
    size_t first = found->n_own > READ_CHOICES_MAX ? found->n_own - READ_CHOICES_MAX : 0;
    for (size_t i = first; i < found->n_own; i++) {
        const struct own_listing *own = &found->own[i];
        const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, own->is.commodity);
        list = format_choice(turn->arena, turn->lang, list, (size_t)own->number,
                             commodity ? commodity->brief[turn->lang] : own->is.code);
    }
    return list;
}

void own_ask(struct turn *turn)
{
    if (turn->found[0].n_own == 0) {
        turn_say(turn, MSG_LIST_NONE, NO_ARGS);
        return;
    }
    own_keep_numbers(turn);
    turn->reading.outcome = READ_ASK;
    turn->reading.ask = ASK_LISTING;
    turn_say(turn, MSG_ASK_LISTING, ARGS({"choices", choices(turn)}));
    turn->question = draft_write(turn->arena, DRAFT_ASK, &turn->reading);
}

void own_is_over(struct turn *turn, const struct listing_facts *listing)
{
    turn_say(turn, MSG_OWN_OVER, ARGS({"code", listing->code}));
}

bool own_may_stand_again(const struct listing_facts *listing)
{
    return listing->state == LISTING_OPEN || listing->state == LISTING_MATCHED || listing->state == LISTING_EXPIRED;
}

bool own_settle(struct turn *turn, const struct listing_facts *listing)
{
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    struct read_item *item = &turn->reading.items[0];
    if (turn->reading.n_items == 0)
        return true;
    item->commodity = lexicon_commodity(lexicon, listing->commodity);
    if (item->has_quantity && !item->unit)
        item->unit = lexicon_unit(lexicon, listing->entered_unit);
    if (!item->price_unit)
        item->price_unit = lexicon_unit(lexicon, listing->price_unit);
    if (!item->price_unit && item->commodity)
        item->price_unit = item->commodity->price_unit;
    reading_settle(&(struct read_context){.today = turn->today, .home = turn->home}, &turn->reading);
    if (turn->reading.outcome == READ_SURE)
        return true;
    ask_act(turn);
    return false;
}

struct listing_change *own_change(struct turn *turn, const struct listing_facts *listing)
{
    struct listing_change *change = EFFECT(turn, changes);
    *change = (struct listing_change){.to = *listing, .inbound_id = turn->inbound_id};
    return change;
}

struct listing_words own_words(const struct turn *turn, const struct listing_facts *listing)
{
    return listing_words(turn->arena, turn->knowledge, turn->lang, turn->today, listing);
}

const char *own_line(const struct turn *turn, const struct own_listing *own)
{
    struct listing_words words = own_words(turn, &own->is);
    const char *number = own->number ? arena_printf(turn->arena, "%d ", own->number) : "";
    return arena_printf(turn->arena, "%s%s %s %s %s %s", number, own->is.code, words.side, words.goods, words.quantity,
                        words.price);
}

int own_days(const struct turn *turn, const struct commodity *commodity)
{
    return commodity && commodity->stands_days ? commodity->stands_days : turn->policy->listing_days;
}
