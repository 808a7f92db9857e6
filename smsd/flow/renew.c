/* SPDX-License-Identifier: Apache-2.0
 *
 * GIA HAN B7K2: one of my own listings stands on, or again, as long as a new one would; GIA HAN B7K2 10 NGAY: so many
 * days more.
 */
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"

#define DAYS_MAX 30 /* from today, or from when the goods are ready */

/* Its last day. What stands longer already stands so. */
static day_t renewed(const struct turn *turn, const struct listing_facts *listing)
{
    const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, listing->commodity);
    day_t from = listing->ready != DAY_NONE && listing->ready > turn->today ? listing->ready : turn->today;
    day_t until = from + own_days(turn, commodity);
    if (turn->reading.days) {
        until = (listing->until > from ? listing->until : from) + turn->reading.days;
        until = until < from + DAYS_MAX ? until : from + DAYS_MAX;
    }
    return until > listing->until ? until : listing->until;
}

static void renew(struct turn *turn, const struct listing_facts *listing)
{
    struct listing_facts *to = &own_change(turn, listing)->to;
    to->until = renewed(turn, listing);
    to->state = LISTING_OPEN; /* also one whose deal fell through */
    struct listing_words words = own_words(turn, to);
    turn_say(turn, MSG_RENEW_DONE,
             ARGS({"code", listing->code}, {"goods", words.goods}, {"quantity", words.quantity}, {"price", words.price},
                  {"until", words.until}));
}

void renew_act(struct turn *turn)
{
    const struct listing_facts *listing = own_find(turn);
    if (!listing)
        return;
    if (own_may_stand_again(listing))
        renew(turn, listing);
    else
        own_is_over(turn, listing);
}
