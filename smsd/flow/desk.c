/* SPDX-License-Identifier: Apache-2.0
 *
 * HOI and GOI: what a person shall see to goes to the officers' desk (smsd/job/desk.h), and its writer is told so.
 */
#include "smsd/flow/flow.h"

/* What it is about, as far as that was understood, says which officer is asked. */
void desk_hand(struct turn *turn, const char *reason, enum message message)
{
    const struct read_item *item = turn->reading.n_items ? &turn->reading.items[0] : &(struct read_item){0};
    const struct place *place = item->place ? item->place : turn->home;
    *EFFECT(turn, desk) = (struct desk_row){
        .person_id = turn->sender->person_id,
        .inbound_id = turn->inbound_id,
        .reason = reason,
        .place = place ? place->code : "",
        .commodity = item->commodity ? item->commodity->code : "",
    };
    turn_say(turn, message, NO_ARGS);
}

void desk_act(struct turn *turn)
{
    desk_hand(turn, "question", MSG_NONE_DESK);
}

void call_act(struct turn *turn)
{
    desk_hand(turn, "call", MSG_CALL_DESK);
}

/* "HOI", and nothing else. */
static bool asks_nothing(const struct turn *turn)
{
    return !turn->reading.words.n && !strchr(turn->mo->text, ' ');
}

void question_act(struct turn *turn)
{
    if (asks_nothing(turn))
        turn_say(turn, MSG_QUESTION_WHAT, NO_ARGS);
    else
        desk_act(turn);
}
