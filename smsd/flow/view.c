/* SPDX-License-Identifier: Apache-2.0
 *
 * XEM B7K2: one listing in full, anybody's. XEM 2: of my own.
 */
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"

static bool stands(const struct turn *turn, const struct listing_facts *listing)
{
    return listing->state == LISTING_MATCHED || (listing->state == LISTING_OPEN && listing->until >= turn->today);
}

/* As people dial it, "0912345678"; NULL when its owner does not show it. */
static const char *phone_of(const struct turn *turn)
{
    const char *phone = turn->found[0].phone;
    if (!phone)
        return NULL;
    return strncmp(phone, "84", 2) == 0 ? arena_printf(turn->arena, "0%s", phone + 2)
                                        : arena_printf(turn->arena, "+%s", phone);
}

static void say(struct turn *turn, const struct listing_facts *listing, bool own)
{
    struct listing_words words = own_words(turn, listing);
    turn_say(turn, own ? MSG_VIEW_OWN : MSG_VIEW,
             ARGS({"code", listing->code}, {"side", words.side}, {"goods", words.goods}, {"quantity", words.quantity},
                  {"price", words.price}, {"place", words.place}, {"ready", words.ready}, {"until", words.until},
                  {"phone", own ? NULL : phone_of(turn)}, {"show", own ? "" : NULL}));
}

static void show(struct turn *turn, const struct listing_facts *listing, bool own)
{
    say(turn, listing, own);
    if (!own)
        offer_contact(turn);
}

void view_act(struct turn *turn)
{
    const struct listing_facts *listing = &turn->found[0].listing;
    bool own = listing->person_id == turn->sender->person_id;
    if (!listing->id)
        turn_say(turn, MSG_VIEW_UNKNOWN, ARGS({"code", turn->reading.listing}));
    else if (stands(turn, listing))
        show(turn, listing, own);
    else
        turn_say(turn, MSG_VIEW_OVER,
                 ARGS({"code", listing->code}, {"renew", own && own_may_stand_again(listing) ? "" : NULL}));
}
