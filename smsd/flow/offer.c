/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person is asked once in a lifetime, behind an answer: to be answered in Khmer, who writes it in Latin letters;
 * to show the number, once there is somebody who could call.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"

/* The same in every language: commands are taught as they are typed. */
#define SHOW_COMMAND "CHO XEM SO"

/* Between the answer and one more sentence: many end in a command to send. */
static const char *full_stop(const struct turn *turn)
{
    const char last = turn->answer[strlen(turn->answer) - 1];
    bool ends = (last & 0x80) || strchr(".?!)", last);
    if (turn->lang == LANG_ZH)
        return ends ? "" : "。";
    return ends ? " " : turn->lang == LANG_KM ? "។ " : ". ";
}

/* A line behind the answer, where it has room for it; false when it has none. */
static bool append(struct turn *turn, enum message message)
{
    const char *line = message_render(turn->knowledge->book, turn->lang, turn->arena, message, NO_ARGS),
               *longer = arena_printf(turn->arena, "%s%s%s", turn->answer, full_stop(turn), line);
    if (sms_size(slice_of(longer)).segments > sms_size(slice_of(turn->answer)).segments)
        return false;
    turn->answer = longer;
    return true;
}

void offer_contact(struct turn *turn)
{
    if (!turn->sender->contact_asked && turn->path != PATH_USSD) /* screens are smaller */
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
    if (!turn->answer || !*turn->answer)
        return;
    if (wants_khmer(turn) && append(turn, MSG_OFFER_KHMER))
        turn_change(turn)->set_khmer_offered = true;
    if (!turn->sender->contact_asked && strstr(turn->answer, SHOW_COMMAND)) /* also in an answer of its own */
        turn_change(turn)->set_contact_asked = true;
}
