/* SPDX-License-Identifier: Apache-2.0
 *
 * TIN: my listings that stand, with the numbers by which I may name them from now on. TIN B7K2 is XEM B7K2.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"
#include "smsd/message/format.h"

/* Of the list, in GSM-7. */
#define LIST_SEGMENTS 2

/* The first n, and how many there are besides. */
static void say(struct turn *turn, size_t n)
{
    const struct found *found = &turn->found[0];
    const char *lines = "";
    for (size_t i = 0; i < n; i++)
        lines = arena_printf(turn->arena, "%s%s%s", lines, i ? "; " : "", own_line(turn, &found->own[i]));
    size_t rest = found->n_own - n;
    turn_say(turn, MSG_LIST,
             ARGS({"lines", lines}, {"how", ""},
                  {"rest", rest ? format_number(turn->arena, turn->lang, (int64_t)rest) : NULL}));
}

void list_act(struct turn *turn)
{
    size_t n = turn->found[0].n_own;
    if (*turn->reading.listing) {
        view_act(turn);
        return;
    }
    if (n == 0) {
        turn_say(turn, MSG_LIST_NONE, NO_ARGS);
        return;
    }
    own_keep_numbers(turn);
    do
        say(turn, n);
    while (--n > 0 && !sms_fits(slice_of(turn->answer), LIST_SEGMENTS + lang_is_unicode(turn->lang)));
}
