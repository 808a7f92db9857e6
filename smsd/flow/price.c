/* SPDX-License-Identifier: Apache-2.0
 *
 * GIA: the newest price near the place, with unit, place, date and number of reports, and in plain words when it is
 * from elsewhere, old, or of a relative of the goods.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"

/* Several goods in one question: their answers share one text of at most so many segments. */
#define PRICE_SEGMENTS 2

void price_want(struct turn *turn)
{
    for (size_t i = 0; i < turn->reading.n_items; i++) {
        const struct read_item *item = &turn->reading.items[i];
        struct lookup *lookup = turn_lookup(turn);
        *lookup = (struct lookup){
            .commodity = item->commodity ? item->commodity->code : NULL,
            .place = item->place ? item->place->code : NULL,
            .size = *item->size ? item->size : NULL,
        };
    }
}

static const struct commodity *commodity_of(const struct turn *turn, const struct price_group *group)
{
    return lexicon_commodity(turn->knowledge->lexicon, group->commodity);
}

static const char *group_price(const struct turn *turn, const struct price_group *group)
{
    return format_price(turn->arena, turn->lang, group->low, group->high,
                        lexicon_unit(turn->knowledge->lexicon, group->unit));
}

/* "50 con/kg 139.000đ/kg": a price with what tells it from its neighbours, the variety or the size. A single one needs
 * no label. */
static const char *labelled(const struct turn *turn, const struct found *found, size_t i,
                            const struct commodity *heading)
{
    const struct price_group *group = &found->groups[i];
    const struct commodity *own = commodity_of(turn, group);
    if (found->n_groups == 1)
        return group_price(turn, group);
    const char *label = own == heading
                            ? format_variant(turn->arena, turn->lang, own, group->size, group->grade, group->state)
                            : format_goods(turn->arena, turn->lang, own, group->size, group->grade, group->state);
    return arena_printf(turn->arena, "%s%s%s", label, *label ? " " : "", group_price(turn, group));
}

/* A further price, with its number of reports: "lúa ST25 8.000đ/kg (2)". */
static const char *further(const struct turn *turn, const struct found *found, size_t i,
                           const struct commodity *heading)
{
    if (i >= found->n_groups)
        return NULL;
    return arena_printf(turn->arena, "%s (%d)", labelled(turn, found, i, heading), found->groups[i].reports);
}

/* The change on last week, where both weeks have data (the last seven days are this one) and there is one price only.
 */
static const char *change(const struct turn *turn, const struct found *found)
{
    const struct price_group *group = &found->groups[0];
    if (found->n_groups != 1 || !group->week_before || turn->today - group->day >= 7)
        return NULL;
    return format_change(turn->arena, turn->lang, group->median - group->week_before);
}

static const struct place *asked_place(const struct turn *turn, const struct read_item *item)
{
    if (item->place)
        return item->place;
    return turn->home ? turn->home : lexicon_place(turn->knowledge->lexicon, turn->policy->province);
}

static enum message message_of(const struct turn *turn, const struct found *found)
{
    static const enum message messages[] = {
        [PRICE_HERE] = MSG_PRICE_HERE, [PRICE_NEAR] = MSG_PRICE_NEAR, [PRICE_REGION] = MSG_PRICE_FAR};
    return turn->today - found->groups[0].day > PRICE_FRESH_DAYS ? MSG_PRICE_OLD : messages[found->match];
}

static void say_found(struct turn *turn, const struct read_item *item, const struct found *found)
{
    const struct price_group *group = &found->groups[0];
    const struct commodity *own = commodity_of(turn, group);
    bool relative = !commodity_within(own, item->commodity), single = found->n_groups == 1;
    const struct commodity *heading = relative || single ? own : item->commodity;
    enum message message = message_of(turn, found);
    struct arena *a = turn->arena;
    turn_say(turn, message,
             ARGS({"goods", single ? format_goods(a, turn->lang, own, group->size, group->grade, group->state)
                                   : heading->brief[turn->lang]},
                  {"prices", labelled(turn, found, 0, heading)}, {"more1", further(turn, found, 1, heading)},
                  {"more2", further(turn, found, 2, heading)}, {"more3", further(turn, found, 3, heading)},
                  {"place", lexicon_place(turn->knowledge->lexicon, group->place)->brief[turn->lang]},
                  {"asked", message == MSG_PRICE_HERE ? NULL : asked_place(turn, item)->brief[turn->lang]},
                  {"day", format_full_day(a, turn->lang, group->day)},
                  {"reports", format_number(a, turn->lang, group->reports)},
                  {"basis", message_phrase(turn->knowledge->book, turn->lang, "basis", group->basis)},
                  {"instead", relative ? item->commodity->brief[turn->lang] : NULL}, {"change", change(turn, found)}));
}

/* Prices of another basis (retail beside farm-gate) are not comparable and stay out; the nearest to a farmer's come
 * first. */
static void keep_one_basis(struct found *found)
{
    size_t n = 0;
    while (n < found->n_groups && strcmp(found->groups[n].basis, found->groups[0].basis) == 0)
        n++;
    found->n_groups = n;
}

/* The database may be ahead of the lexicon in use: what that does not know cannot be said. */
static void keep_known(const struct lexicon *lexicon, struct found *found)
{
    size_t n = 0;
    for (size_t i = 0; i < found->n_groups; i++) {
        const struct price_group *group = &found->groups[i];
        if (lexicon_commodity(lexicon, group->commodity) && lexicon_place(lexicon, group->place) &&
            lexicon_unit(lexicon, group->unit))
            found->groups[n++] = *group;
    }
    found->n_groups = n;
}

static void say_item(struct turn *turn, size_t i)
{
    const struct read_item *item = &turn->reading.items[i];
    keep_known(turn->knowledge->lexicon, &turn->found[i]);
    keep_one_basis(&turn->found[i]);
    if (turn->found[i].n_groups == 0) {
        turn_say(turn, MSG_PRICE_NONE, ARGS({"goods", item->commodity->brief[turn->lang]}));
        return;
    }
    say_found(turn, item, &turn->found[i]);
}

void price_act(struct turn *turn)
{
    const char *all = NULL;
    for (size_t i = 0; i < turn->reading.n_items; i++) {
        if (!turn->reading.items[i].commodity)
            continue;
        say_item(turn, i);
        const char *longer = all ? arena_printf(turn->arena, "%s\n%s", all, turn->answer) : turn->answer;
        if (!all || sms_fits(slice_of(longer), PRICE_SEGMENTS))
            all = longer;
    }
    turn->answer = all;
}
