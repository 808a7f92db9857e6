/* SPDX-License-Identifier: Apache-2.0
 *
 * Every screen with its longest values, in every language that is served.
 */
#include <stdio.h>

#include "smsd/message/shape.h"
#include "smsd/ussd/choices.h"
#include "smsd/ussd/show.h"
#include "smsd/ussd/slots.h"

#define LONGEST_CODE "B7K2B7K2"

struct measure {
    struct turn turn;
    struct sender sender;
    struct policy policy;
    struct arena *scratch;
    const struct place *place; /* whose name is the longest in the turn's language */
};

static const struct place *longest_place(const struct lexicon *lexicon, enum lang lang)
{
    size_t n;
    const struct place *const *all = lexicon_places(lexicon, &n), *longest = all[0];
    for (size_t i = 0; i < n; i++)
        if (strlen(all[i]->brief[lang]) > strlen(longest->brief[lang]))
            longest = all[i];
    return longest;
}

/* As much of the goods as anybody has, at the highest price. */
static struct read_item most_of(const struct measure *m, const struct commodity *goods)
{
    return (struct read_item){.commodity = goods,
                              .has_quantity = true,
                              .quantity_milli = goods->qty_max_milli - 1, /* with decimals */
                              .unit = goods->unit,
                              .price_low = goods->price_max,
                              .price_high = goods->price_max,
                              .price_unit = goods->price_unit,
                              .place = m->place,
                              .ready = DAY_NONE};
}

static struct listing_facts listing_of(const struct measure *m, const struct read_item *item)
{
    return (struct listing_facts){.id = 1,
                                  .code = LONGEST_CODE,
                                  .person_id = m->sender.person_id,
                                  .side = 's',
                                  .commodity = item->commodity->code,
                                  .entered_milli = item->quantity_milli,
                                  .entered_unit = item->unit->code,
                                  .price_low = item->price_low,
                                  .price_high = item->price_high,
                                  .price_unit = item->price_unit->code,
                                  .place = item->place->code,
                                  .size = "",
                                  .grade = "",
                                  .state_of_goods = ""};
}

/* All pages of a screen, opened at something of it. */
static bool has_room(struct measure *m, const struct screen *screen, const char *within, const struct commodity *goods)
{
    struct ussd_session session = {.reading = slots_new(screen->intent)};
    snprintf(session.screen, sizeof session.screen, "%s%s%s", screen->name, *within ? "/" : "", within);
    session.reading.items[0] = most_of(m, goods);
    m->turn.found[0] = (struct found){.listing = listing_of(m, &session.reading.items[0])};
    for (int page = 0; page == 0 || session.page > 0; page++) {
        arena_reset(m->scratch);
        session.page = page;
        snprintf(session.reading.listing, sizeof session.reading.listing, "%s", LONGEST_CODE);
        if (!show_has_room(&m->turn, &session))
            return false;
    }
    return true;
}

/* A list of goods with its groups and its kinds; what names goods, with each of them. */
static bool screen_has_room(struct measure *m, const struct screen *screen)
{
    size_t n;
    const struct commodity *const *all = lexicon_commodities(m->turn.knowledge->lexicon, &n);
    const char *args = message_shape(screen->title)->args;
    const bool names_goods = shape_has_arg(args, slice_of("goods")) || shape_has_arg(args, slice_of("listing"));
    bool room = has_room(m, screen, "", all[0]);
    if (screen->from == FROM_GOODS)
        room = room && has_room(m, screen, CODE_GROUPS, all[0]);
    for (size_t i = 0; i < n && room; i++) {
        const bool kinds = screen->from == FROM_GOODS && choices_has_kinds(&m->turn, all[i]->code);
        if (names_goods)
            room = has_room(m, screen, "", all[i]);
        else if (kinds && strlen(screen->name) + 1 + strlen(all[i]->code) < USSD_NAME_MAX)
            room = has_room(m, screen, all[i]->code, all[i]);
    }
    return room;
}

const char *ussd_narrow(const struct knowledge *knowledge, const char *province, struct arena *arena)
{
    const char *narrow = NULL;
    struct measure m = {.sender = {.person_id = 1}, .policy = {.province = province}, .scratch = arena_new(1 << 16)};
    m.turn = (struct turn){.sender = &m.sender, .knowledge = knowledge, .policy = &m.policy, .arena = m.scratch};
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        m.turn.lang = lang;
        m.place = longest_place(knowledge->lexicon, lang);
        for (enum screen_id id = 0; id < SCREEN_COUNT && !narrow && message_lang(knowledge->book, lang) == lang; id++)
            if (screen_of(id)->kind != KIND_ANSWER && !screen_has_room(&m, screen_of(id)))
                narrow = arena_printf(arena, "the screen %s has no room in %s", screen_of(id)->name, lang_code(lang));
    }
    arena_free(&m.scratch);
    return narrow;
}
