/* SPDX-License-Identifier: Apache-2.0
 *
 * TIN: my listings that stand, with the numbers by which I may name them from now on; TIEP goes on with those that did
 * not fit. TIN B7K2 is XEM B7K2.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"
#include "smsd/flow/own.h"
#include "smsd/message/format.h"

/* Of the list, in GSM-7. */
#define LIST_SEGMENTS 2

/* How one says that a listing of these is done with: "BAN ROI", "MUA DU", or both. */
static const char *done(const struct turn *turn, const struct own_listing *own, size_t n)
{
    const char *first = own_words(turn, &own[0].is).done;
    for (size_t i = 1; i < n; i++)
        if (own[i].is.side != own[0].is.side)
            return arena_printf(turn->arena, "%s/%s", first, own_words(turn, &own[i].is).done);
    return first;
}

/* The first n, and how many there are besides. */
static void say(struct turn *turn, const struct own_listing *own, size_t n, size_t of)
{
    const char *lines = "";
    for (size_t i = 0; i < n; i++)
        lines = arena_printf(turn->arena, "%s%s%s", lines, i ? "; " : "", own_line(turn, &own[i]));
    turn_say(turn, MSG_LIST,
             ARGS({"lines", lines}, {"ends", own->number ? done(turn, own, n) : NULL},
                  {"rest", of > n ? format_number(turn->arena, turn->lang, (int64_t)(of - n)) : NULL}));
}

/* As many as fit; the rest is a page for TIEP. */
static void show(struct turn *turn, const struct own_listing *own, size_t of)
{
    size_t n = of;
    int64_t *ids = arena_calloc(turn->arena, of, sizeof *ids);
    for (size_t i = 0; i < of; i++)
        ids[i] = own[i].is.id;
    for (say(turn, own, n, of);
         n > 1 && !sms_fits(slice_of(turn->answer), LIST_SEGMENTS + lang_is_unicode(turn->lang));)
        say(turn, own, --n, of);
    *EFFECT(turn, pages) =
        (struct page_row){turn->sender->person_id, .commodity = "", .n = of, .ids = ids, .shown = (int)n};
}

void list_act(struct turn *turn)
{
    const struct found *found = &turn->found[0];
    if (*turn->reading.listing) {
        view_act(turn);
    } else if (found->n_own == 0) {
        turn_say(turn, MSG_LIST_NONE, NO_ARGS);
    } else {
        own_keep_numbers(turn);
        show(turn, found->own, found->n_own);
    }
}

void list_more(struct turn *turn)
{
    const struct found *found = &turn->found[0];
    struct own_listing *own = arena_calloc(turn->arena, found->n_page, sizeof *own);
    for (size_t i = 0; i < found->n_page; i++)
        own[i].is = found->page[i];
    show(turn, own, found->n_page);
}
