/* SPDX-License-Identifier: Apache-2.0
 *
 * HUY B7K2, HUY 3: one of my own listings goes. HUY alone drops the open question, or asks which.
 */
#include <stdlib.h>

#include "parsers/market/listing_code.h"
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"

#define OWN_NUMBER_MAX 9999

/* The number in one's own list; 0 when it is none. */
static int own_number(const char *text)
{
    long number = strtol(text, NULL, 10);
    return number > 0 && number <= OWN_NUMBER_MAX ? (int)number : 0;
}

void cancel_want(struct turn *turn)
{
    char code[LISTING_CODE_MAX];
    struct lookup want = {.own_number = own_number(turn->reading.listing)};
    if (listing_code_read(slice_of(turn->reading.listing), code))
        want.listing_code = arena_copy(turn->arena, slice_of(code));
    *turn_lookup(turn) = want;
}

static void cancel(struct turn *turn, const struct listing_facts *listing)
{
    const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, listing->commodity);
    *EFFECT(turn, cancels) = (struct listing_cancel){listing->id, listing->person_id, turn->inbound_id};
    turn_say(turn, MSG_CANCEL_DONE,
             ARGS({"code", listing->code}, {"goods", commodity ? commodity->brief[turn->lang] : listing->commodity}));
}

/* HUY alone: the open question goes; without one, the listing is asked for. */
static void cancel_nothing(struct turn *turn)
{
    if (turn->sender->question) {
        turn_say(turn, MSG_CANCEL_QUESTION, NO_ARGS);
        return;
    }
    turn->reading.outcome = READ_ASK;
    turn->reading.ask = ASK_LISTING;
    ask_act(turn);
}

void cancel_act(struct turn *turn)
{
    const struct listing_facts *listing = &turn->found[0].listing;
    if (!*turn->reading.listing)
        cancel_nothing(turn);
    else if (!listing->id || listing->person_id != turn->sender->person_id)
        turn_say(turn, MSG_CANCEL_UNKNOWN, ARGS({"code", turn->reading.listing}));
    else if (listing->state != LISTING_OPEN)
        turn_say(turn, MSG_CANCEL_ALREADY, ARGS({"code", listing->code}));
    else
        cancel(turn, listing);
}
