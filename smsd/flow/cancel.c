/* SPDX-License-Identifier: Apache-2.0
 *
 * HUY B7K2, HUY 3: one of my own listings goes. HUY alone drops the open question, or asks which.
 */
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"

static void cancel(struct turn *turn, const struct listing_facts *listing)
{
    own_change(turn, listing)->to.state = LISTING_CANCELLED;
    turn_say(turn, MSG_CANCEL_DONE, ARGS({"code", listing->code}, {"goods", own_words(turn, listing).goods}));
}

void cancel_act(struct turn *turn)
{
    if (!*turn->reading.listing && turn->sender->question) {
        turn_say(turn, MSG_CANCEL_QUESTION, NO_ARGS);
        return;
    }
    const struct listing_facts *listing = own_find(turn);
    if (!listing)
        return;
    if (listing->state == LISTING_OPEN || listing->state == LISTING_MATCHED)
        cancel(turn, listing);
    else
        turn_say(turn, MSG_CANCEL_ALREADY, ARGS({"code", listing->code}));
}
