/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person is asked once in a lifetime, within an answer: to be answered in Khmer, who writes it in Latin letters;
 * to show the number, once there is somebody who could call.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"

/* The same in every language: commands are taught as they are typed. */
#define SHOW_COMMAND "CHO XEM SO"

const char *offer_contact(const struct turn *turn)
{
    return turn->sender->contact_asked ? NULL : "";
}

/* A line behind the answer, where it has room for it; false when it has none. */
static bool append(struct turn *turn, enum message message)
{
    const char *line = message_render(turn->knowledge->book, turn->lang, turn->arena, message, NO_ARGS),
               *longer = arena_printf(turn->arena, "%s %s", turn->answer, line);
    if (sms_size(slice_of(longer)).segments > sms_size(slice_of(turn->answer)).segments)
        return false;
    turn->answer = longer;
    return true;
}

void offer_contact_behind(struct turn *turn)
{
    if (!turn->sender->contact_asked)
        append(turn, MSG_OFFER_CONTACT);
}

static bool wants_khmer(const struct turn *turn)
{
    const struct sender *s = turn->sender;
    return turn->path == PATH_READ && turn->reading.khmer_letters && !s->lang_chosen && !s->khmer_offered &&
           message_lang(turn->knowledge->book, LANG_KM) == LANG_KM;
}

void offers_act(struct turn *turn)
{
    if (!turn->answer)
        return;
    if (wants_khmer(turn) && append(turn, MSG_OFFER_KHMER))
        turn_change(turn)->set_khmer_offered = true;
    if (!turn->sender->contact_asked && strstr(turn->answer, SHOW_COMMAND)) /* its part was not dropped */
        turn_change(turn)->set_contact_asked = true;
}
