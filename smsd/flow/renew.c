/* SPDX-License-Identifier: Apache-2.0
 *
 * GIA HAN B7K2: one of my own listings stands on, or again, as long as a new one would.
 */
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"

static void renew(struct turn *turn, const struct listing_facts *listing)
{
    const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, listing->commodity);
    struct listing_facts *to = &own_change(turn, listing)->to;
    day_t from = listing->ready != DAY_NONE && listing->ready > turn->today ? listing->ready : turn->today;
    day_t until = from + own_days(turn, commodity);
    to->until = until > listing->until ? until : listing->until;
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
