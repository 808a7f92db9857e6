/* SPDX-License-Identifier: Apache-2.0
 *
 * DU LIEU: what is known about me, in a message, and how to be rid of it.
 */
#include "parsers/base/day.h"
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"
#include "smsd/message/words.h"

void own_data_want(struct turn *turn)
{
    *turn_lookup(turn) = (struct lookup){.own_data = true, .subscriptions = true};
}

/* "lúa OM18, tôm sú"; NULL when there are none. */
static const char *goods(const struct turn *turn, const char *list, const char *code)
{
    const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, code);
    if (!commodity)
        return list;
    return arena_printf(turn->arena, "%s%s%s", list ? list : "", list ? words_of(turn->lang)->comma : "",
                        commodity->brief[turn->lang]);
}

static const char *crops(const struct turn *turn, const struct own_data *data)
{
    const char *list = NULL;
    for (size_t i = 0; i < data->n_crops; i++)
        list = goods(turn, list, data->crops[i]);
    return list;
}

/* As many as a DK may name at once; of more only how many. */
static const char *subscribed(const struct turn *turn, const struct found *found)
{
    const char *list = NULL;
    for (size_t i = 0; i < found->n_subscriptions && i < OWN_CROPS_MAX; i++)
        list = goods(turn, list, found->subscriptions[i].commodity);
    if (found->n_subscriptions > OWN_CROPS_MAX)
        list = arena_printf(turn->arena, "%s +%zu", list ? list : "", found->n_subscriptions - OWN_CROPS_MAX);
    return list;
}

void own_data_act(struct turn *turn)
{
    const struct found *found = &turn->found[0];
    const struct own_data *data = &found->own_data;
    const struct message_book *book = turn->knowledge->book;
    bool alerts = data->alerts && !turn->sender->stopped;
    turn_say(
        turn, MSG_OWN_DATA,
        ARGS({"since", format_full_day(turn->arena, turn->lang, day_of_moment(data->since_us))},
             {"count", format_number(turn->arena, turn->lang, data->listings)},
             {"name", *data->name ? data->name : NULL}, {"place", turn->home ? turn->home->brief[turn->lang] : NULL},
             {"crops", crops(turn, data)}, {"subscribed", subscribed(turn, found)},
             {"language", message_phrase(book, turn->lang, "language", lang_code(turn->sender->lang))},
             {"alerts", alerts ? "" : NULL}, {"stopped", alerts ? NULL : ""}, {"contact", data->contact ? "" : NULL}));
}
