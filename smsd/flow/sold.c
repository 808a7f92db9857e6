/* SPDX-License-Identifier: Apache-2.0
 *
 * BAN ROI B7K2 1 TAN 8450: so much of one of my own listings is sold (or bought), at this price. The rest stays open.
 */
#include <stdio.h>

#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"
#include "smsd/message/format.h"

/* What was sold, as said, or all of it. */
static struct listing_deal deal_of(const struct turn *turn, const struct listing_facts *listing)
{
    const struct read_item *item = turn->reading.n_items ? &turn->reading.items[0] : NULL;
    struct listing_deal deal = {.listing_id = listing->id,
                                .quantity_milli = listing->entered_milli,
                                .unit = listing->entered_unit,
                                .price_unit = "",
                                .inbound_id = turn->inbound_id};
    if (item && item->has_quantity) {
        deal.quantity_milli = item->quantity_milli;
        deal.unit = item->unit->code;
    }
    if (item && (item->price_low || item->price_high)) {
        bool range = item->price_low && item->price_high;
        deal.price = range ? (item->price_low + item->price_high) / 2 : item->price_low + item->price_high;
        deal.price_unit = item->price_unit->code;
    }
    return deal;
}

/* What is left, in the unit it was entered in where that comes out even, else in the base unit. */
static void keep_rest(struct listing_facts *to, int64_t rest_milli)
{
    __int128 entered = (__int128)to->entered_milli * rest_milli;
    if (entered % to->quantity_milli == 0) {
        to->entered_milli = (int64_t)(entered / to->quantity_milli);
    } else {
        to->entered_milli = rest_milli;
        to->entered_unit = to->base_unit;
    }
    to->quantity_milli = rest_milli;
}

/* Takes what was sold off the listing; false when its unit is another measure. */
static bool take_off(const struct turn *turn, const struct listing_deal *deal, struct listing_facts *to)
{
    const struct read_item sold = {.has_quantity = true,
                                   .quantity_milli = deal->quantity_milli,
                                   .unit = lexicon_unit(turn->knowledge->lexicon, deal->unit)};
    int64_t milli;
    const char *base;
    bool measured = to->quantity_milli && sold.unit && item_base_quantity(&sold, &milli, &base) &&
                    slice_is(slice_of(base), to->base_unit);
    if (!measured && !slice_is(slice_of(deal->unit), to->entered_unit))
        return false;
    int64_t rest = measured ? to->quantity_milli - milli : to->entered_milli - deal->quantity_milli;
    if (rest <= 0)
        to->state = LISTING_SOLD;
    else if (measured)
        keep_rest(to, rest);
    else
        to->entered_milli = rest;
    return true;
}

static void say(struct turn *turn, const struct listing_facts *was, const struct listing_facts *is,
                const struct listing_deal *deal)
{
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    struct listing_words before = own_words(turn, was);
    const char *left = is->state == LISTING_SOLD ? NULL : own_words(turn, is).quantity;
    const char *price = deal->price ? format_price(turn->arena, turn->lang, deal->price, deal->price,
                                                   lexicon_unit(lexicon, deal->price_unit))
                                    : NULL;
    turn_say(turn, MSG_SOLD_DONE,
             ARGS({"code", was->code}, {"goods", before.goods},
                  {"quantity", format_quantity(turn->arena, turn->lang, deal->quantity_milli,
                                               lexicon_unit(lexicon, deal->unit), false)},
                  {"price", price}, {"still", left}, {"all", left ? NULL : ""}, {"before", before.quantity}));
}

/* The same of the same listing: was it said twice, or sold twice? */
static bool was_sold_today(const struct turn *turn, const struct listing_deal *deal)
{
    const struct found *found = &turn->found[0];
    for (size_t i = 0; i < found->n_sales; i++) {
        const struct listing_sale *sale = &found->sales[i];
        if (sale->listing_id == deal->listing_id && sale->quantity_milli == deal->quantity_milli &&
            strcmp(sale->unit, deal->unit) == 0 && sale->price == deal->price &&
            strcmp(sale->price_unit, deal->price_unit) == 0)
            return true;
    }
    return false;
}

static void ask_whether_more(struct turn *turn, const struct listing_facts *listing, const struct listing_deal *deal)
{
    const struct unit *unit = lexicon_unit(turn->knowledge->lexicon, deal->unit);
    snprintf(turn->reading.listing, sizeof turn->reading.listing, "%s", listing->code);
    turn_say(turn, MSG_SOLD_AGAIN,
             ARGS({"code", listing->code}, {"goods", own_words(turn, listing).goods},
                  {"quantity", format_quantity(turn->arena, turn->lang, deal->quantity_milli, unit, false)}));
    turn->question = draft_write(turn->arena, DRAFT_SOLD, &turn->reading);
}

static void sell(struct turn *turn, const struct listing_facts *listing)
{
    struct listing_deal deal = deal_of(turn, listing);
    struct listing_facts to = *listing;
    if (!turn->repeat_confirmed && was_sold_today(turn, &deal)) {
        ask_whether_more(turn, listing, &deal);
        return;
    }
    if (!take_off(turn, &deal, &to)) {
        const struct unit *unit = lexicon_unit(turn->knowledge->lexicon, listing->entered_unit);
        turn_say(turn, MSG_SOLD_UNIT,
                 ARGS({"code", listing->code}, {"unit", unit ? format_unit(turn->lang, unit) : listing->entered_unit},
                      {"done", own_words(turn, listing).done}));
        return;
    }
    own_change(turn, listing)->to = to;
    if (listing->state != LISTING_MATCHED) /* that sale was written when both sides accepted it */
        *EFFECT(turn, deals) = deal;
    say(turn, listing, &to, &deal);
}

void sold_act(struct turn *turn)
{
    const struct listing_facts *listing = own_find(turn);
    if (!listing)
        return;
    if (listing->state == LISTING_CANCELLED || listing->state == LISTING_SOLD)
        own_is_over(turn, listing);
    else if (own_settle(turn, listing))
        sell(turn, listing);
}
