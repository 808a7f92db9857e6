/* SPDX-License-Identifier: Apache-2.0
 *
 * Help, and the honest answers to what was not understood, cannot be done yet, or wants nothing.
 */
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"
#include "smsd/message/words.h"

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
    if (turn->reading.thanks)
        turn_say(turn, MSG_THANKS, NO_ARGS);
    else
        turn_say(turn, answers_nothing(turn) ? MSG_ANSWER_WHAT : MSG_GREETING, NO_ARGS);
}

void not_yet_act(struct turn *turn)
{
    turn_say(turn, MSG_NOT_YET, NO_ARGS);
}

/* An example made of the words that were understood: "GIA lúa Cầu Kè"; with an amount or a day it is an offer. */
static const char *example(const struct turn *turn, const struct read_item *item)
{
    const struct message_book *book = turn->knowledge->book;
    bool offer = item->has_quantity || item->price_low || item->price_high || item->ready != DAY_NONE;
    const char *command = message_phrase(book, turn->lang, "example", offer ? "sell" : "price");
    const char *goods = item->commodity ? "" : message_phrase(book, turn->lang, "example", "goods");
    return arena_printf(turn->arena, "%s %s%s%s", command, goods, *goods ? " " : "",
                        format_item(turn->arena, turn->lang, item, " ", turn->today));
}

static void say_example(struct turn *turn)
{
    const struct reading *reading = &turn->reading;
    const struct read_item *item = reading->n_items ? &reading->items[0] : NULL;
    const char *heard =
        item ? format_item(turn->arena, turn->lang, item, words_of(turn->lang)->comma, turn->today) : "";
    if (*heard)
        turn_say(turn, MSG_NONE_HEARD, ARGS({"heard", heard}, {"example", example(turn, item)}, {"help", ""}));
    else if (*reading->listing)
        turn_say(turn, MSG_NONE_LISTING, ARGS({"code", reading->listing}));
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
        desk_hand(turn, "not_understood", MSG_NONE_DESK);
    else
        say_example(turn);
}

/* MOI without a listing to repeat. */
void new_act(struct turn *turn)
{
    turn_say(turn, MSG_ANSWER_WHAT, NO_ARGS);
}
