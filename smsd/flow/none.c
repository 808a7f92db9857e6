/* SPDX-License-Identifier: Apache-2.0
 *
 * Help, and the honest answers to what was not understood, cannot be done yet, or wants nothing.
 */
#include "smsd/flow/flow.h"

void help_act(struct turn *turn)
{
    turn_say(turn, MSG_HELP, NO_ARGS);
}

/* "ok", "8500": an answer, and nothing was asked. */
static bool answers_nothing(const struct turn *turn)
{
    return read_is_bare(turn->knowledge->reader, turn->arena, slice_of(turn->mo->text));
}

void junk_act(struct turn *turn)
{
    turn_say(turn, answers_nothing(turn) ? MSG_ANSWER_WHAT : MSG_GREETING, NO_ARGS);
}

void not_yet_act(struct turn *turn)
{
    turn_say(turn, MSG_NOT_YET, NO_ARGS);
}

static void hand_to_desk(struct turn *turn, const char *reason)
{
    *EFFECT(turn, desk) = (struct desk_row){turn->sender->person_id, turn->inbound_id, reason};
    turn_say(turn, MSG_NONE_DESK, NO_ARGS);
}

void desk_act(struct turn *turn)
{
    hand_to_desk(turn, "question");
}

/* An example made of the words that were understood. */
static void say_example(struct turn *turn)
{
    const struct read_item *item = turn->reading.n_items ? &turn->reading.items[0] : NULL;
    if (item && item->commodity)
        turn_say(turn, MSG_NONE_GOODS, ARGS({"goods", item->commodity->brief[turn->lang]}));
    else if (item && item->place)
        turn_say(turn, MSG_NONE_PLACE, ARGS({"place", item->place->brief[turn->lang]}));
    else
        turn_say(turn, MSG_NONE, NO_ARGS);
}

void none_act(struct turn *turn)
{
    if (answers_nothing(turn)) {
        turn_say(turn, MSG_ANSWER_WHAT, NO_ARGS);
        return;
    }
    turn->not_understood = true;
    if (turn->sender->failures > 0)
        hand_to_desk(turn, "not_understood");
    else
        say_example(turn);
}

/* MOI without a listing to repeat. */
void new_act(struct turn *turn)
{
    turn_say(turn, MSG_ANSWER_WHAT, NO_ARGS);
}
