/* SPDX-License-Identifier: Apache-2.0
 *
 * CHO XEM SO: whoever looks at a listing of mine (XEM) sees my number, once a code has come to that handset and back.
 * GIAU SO: nobody does, at once.
 */
#include "smsd/flow/code.h"
#include "smsd/flow/flow.h"

static void record(struct turn *turn, bool granted)
{
    *EFFECT(turn, consents) = (struct consent_row){turn->sender->person_id, "contact", granted,
                                                   message_version(turn->knowledge->book), turn->inbound_id};
}

static const char *own_number(const struct turn *turn)
{
    return arena_printf(turn->arena, "+%s", turn->mo->msisdn);
}

void show_act(struct turn *turn)
{
    const char *code = code_new(turn, "contact", "{}");
    turn_change(turn)->set_contact_asked = true;
    if (code)
        turn_say(turn, MSG_SHOW_ASK, ARGS({"code", code}, {"phone", own_number(turn)}));
}

void show_confirmed(struct turn *turn, const char *json)
{
    (void)json;
    record(turn, true);
    turn_say(turn, MSG_SHOW_DONE, ARGS({"phone", own_number(turn)}));
}

void hide_act(struct turn *turn)
{
    record(turn, false);
    turn_say(turn, MSG_HIDE_DONE, NO_ARGS);
}
