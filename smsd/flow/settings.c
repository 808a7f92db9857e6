/* SPDX-License-Identifier: Apache-2.0
 *
 * NN KM and O CAU KE: the language a person is answered in, and the place that stands in when a text names none.
 */
#include "smsd/flow/flow.h"

void language_act(struct turn *turn)
{
    if (!turn->reading.has_lang) {
        turn_say(turn, MSG_LANG_WHICH, NO_ARGS);
        return;
    }
    struct person_change *change = turn_change(turn);
    change->set_lang = true;
    change->lang = turn->reading.lang;
    change->lang_chosen = true;
    turn->lang = message_lang(turn->knowledge->book, turn->reading.lang);
    turn_say(turn, turn->lang == turn->reading.lang ? MSG_LANG_DONE : MSG_LANG_LATER, NO_ARGS);
}

void place_act(struct turn *turn)
{
    const struct place *place = turn->reading.items[0].place;
    struct person_change *change = turn_change(turn);
    change->set_place = true;
    change->place = place->code;
    turn_say(turn, MSG_PLACE_DONE, ARGS({"place", place->brief[turn->lang]}));
}
