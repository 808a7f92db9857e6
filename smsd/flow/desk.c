/* SPDX-License-Identifier: Apache-2.0
 *
 * HOI and GOI: what a person shall see to goes to the officers' desk (smsd/job/desk.h), and its writer is told so. TL:
 * an officer's answer, which goes to who asked once its code came.
 */
#include <jansson.h>
#include <stdlib.h>

#include "parsers/text/fold.h"
#include "parsers/text/plain.h"
#include "smsd/flow/code.h"
#include "smsd/flow/flow.h"
#include "smsd/job/desk.h"

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

/* ---- TL 152 ... ---- */

/* The reader gives a question a number only when it is an officer's answer to it. */
static bool is_answer(const struct turn *turn)
{
    return *turn->reading.number != '\0';
}

void question_want(struct turn *turn)
{
    if (is_answer(turn))
        *turn_lookup(turn) =
            (struct lookup){.code = true, .officer = true, .desk_item = strtoll(turn->reading.number, NULL, 10)};
}

static void ask_for_code(struct turn *turn, struct slice words)
{
    json_t *root = json_pack("{s:s, s:s%}", "item", turn->reading.number, "words", words.at, words.n);
    char *text = json_dumps(root, JSON_COMPACT);
    const char *code = code_new(turn, "desk_answer", arena_copy(turn->arena, slice_of(text)));
    free(text);
    json_decref(root);
    if (code)
        turn_say(turn, MSG_DESK_CONFIRM,
                 ARGS({"number", turn->reading.number}, {"code", code}, {"said", code_said(turn, words)}));
}

/* Is the price right? As the database keeps it; empty when the officer says neither. */
static struct slice judgement(const struct turn *turn)
{
    static const char *const said[][2] = {{"dung", "dung"}, {"right", "dung"}, {"sai", "sai"}, {"wrong", "sai"}};
    const char *words = text_fold(turn->arena, turn->reading.words, NULL);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (strcmp(words, said[i][0]) == 0)
            return slice_of(said[i][1]);
    return slice_of("");
}

static void judge(struct turn *turn)
{
    struct slice words = judgement(turn);
    if (words.n)
        ask_for_code(turn, words);
    else
        turn_say(turn, MSG_DESK_PRICE, ARGS({"number", turn->reading.number}));
}

static void answer(struct turn *turn)
{
    const char *number = turn->reading.number;
    if (!turn->found[0].officer)
        turn_say(turn, MSG_DESK_OFFICERS, NO_ARGS);
    else if (!turn->found[0].desk_item)
        turn_say(turn, MSG_DESK_UNKNOWN, ARGS({"number", number}));
    else if (turn->found[0].desk_price)
        judge(turn);
    else if (text_characters(turn->reading.words) > DESK_ANSWER_MAX)
        turn_say(turn, MSG_DESK_LONG, ARGS({"number", number}));
    else
        ask_for_code(turn, turn->reading.words);
}

void desk_answer_confirmed(struct turn *turn, const char *json)
{
    json_t *root = json_loads(json, 0, NULL);
    const char *number = "", *words = "";
    json_unpack(root, "{s:s, s:s}", "item", &number, "words", &words); /* as ask_for_code wrote it */
    *EFFECT(turn, desk_answers) = (struct desk_answer_row){.desk_id = strtoll(number, NULL, 10),
                                                           .officer_id = turn->sender->person_id,
                                                           .words = arena_copy(turn->arena, slice_of(words))};
    turn_say(turn, MSG_DESK_ANSWERED, ARGS({"number", number}));
    json_decref(root);
}

void question_act(struct turn *turn)
{
    if (is_answer(turn))
        answer(turn);
    else if (asks_nothing(turn))
        turn_say(turn, MSG_QUESTION_WHAT, NO_ARGS);
    else
        desk_act(turn);
}
