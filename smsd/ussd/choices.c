/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ussd/choices.h"

#include "smsd/flow/flow.h"
#include "smsd/flow/listing_words.h"
#include "smsd/message/format.h"
#include "smsd/ussd/slots.h"

/* Goods of the first list: one screen in GSM-7, with what leads to all others. */
#define GOODS_FIRST (USSD_SHOWN_MAX - 1)
#define PLACES_USUAL 3

/* What the province deals in most, for who is new where nothing was announced yet. */
static const char *const common_goods[] = {"LUA", "DUA", "TOM", "CA", "BUOI", "HEO", "CUA", "BO", "CAM.SANH", "VIT"};

/* Categories of the lexicon, as groups to choose from. */
static const struct {
    const char *code, *category;
} groups[] = {
    {"*rice", "rice"},
    {"*fish", "aquaculture"},
    {"*fruit", "fruit"},
    {"*veg", "vegetable"},
    {"*animals", "livestock"},
    {"*crops", "industrial crop"},
    {"*crafts", "handicraft/OCOP"},
};
enum { N_GROUPS = sizeof groups / sizeof *groups };
_Static_assert(N_GROUPS <= USSD_SHOWN_MAX, "the groups are one screen");

struct list {
    const struct turn *turn;
    size_t max;
    struct choices choices;
};

static struct list list_new(const struct turn *turn, size_t max)
{
    return (struct list){turn, max, {.rows = arena_calloc(turn->arena, max, sizeof(struct choice))}};
}

static bool has(const struct choices *choices, const char *code)
{
    for (size_t i = 0; i < choices->n; i++)
        if (strcmp(choices->rows[i].code, code) == 0)
            return true;
    return false;
}

static void add(struct list *list, const char *code, const char *label)
{
    struct choices *choices = &list->choices;
    if (choices->n < list->max && strlen(code) < USSD_NAME_MAX && !has(choices, code))
        choices->rows[choices->n++] = (struct choice){code, label};
}

static const char *phrase(const struct turn *turn, const char *group, const char *name)
{
    return message_phrase(turn->knowledge->book, turn->lang, group, name);
}

/* ---- goods ---- */

static void add_goods(struct list *list, const struct commodity *commodity)
{
    if (commodity)
        add(list, commodity->code, commodity->brief[list->turn->lang]);
}

/* Is what these are a kind of in the list already? */
static bool is_covered(const struct choices *choices, const struct commodity *commodity)
{
    for (const struct commodity *kind = commodity; kind; kind = kind->parent)
        if (has(choices, kind->code))
            return true;
    return false;
}

/* The person's own goods, those of the place, then those that are common. */
static struct choices usual_goods(const struct turn *turn)
{
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    const struct usual *usual = turn->found[0].usual;
    struct list list = list_new(turn, USSD_SHOWN_MAX);
    list.max = GOODS_FIRST;
    for (size_t i = 0; usual && i < usual->n_goods; i++) {
        const struct commodity *commodity = lexicon_commodity(lexicon, usual->goods[i]);
        if (commodity && !is_covered(&list.choices, commodity))
            add_goods(&list, commodity);
    }
    for (size_t i = 0; i < sizeof common_goods / sizeof *common_goods; i++)
        add_goods(&list, lexicon_commodity(lexicon, common_goods[i]));
    list.max = USSD_SHOWN_MAX;
    add(&list, CODE_GROUPS, phrase(turn, "ussd", "other_goods"));
    return list.choices;
}

static struct choices goods_groups(const struct turn *turn)
{
    struct list list = list_new(turn, N_GROUPS);
    for (size_t i = 0; i < N_GROUPS; i++)
        add(&list, groups[i].code, phrase(turn, "ussd.group", groups[i].code + 1));
    return list.choices;
}

static bool is_in_group(const struct commodity *commodity, const char *group)
{
    for (size_t i = 0; i < N_GROUPS; i++)
        if (strcmp(groups[i].code, group) == 0)
            return !commodity->parent && strcmp(commodity->category, groups[i].category) == 0;
    return false;
}

/* The goods of a group, or the kinds of goods: those that are usual before the others. */
static struct choices goods_within(const struct turn *turn, const char *within)
{
    size_t n;
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    const struct commodity *const *all = lexicon_commodities(lexicon, &n);
    const struct commodity *kind = lexicon_commodity(lexicon, within);
    const struct usual *usual = turn->found[0].usual;
    struct list list = list_new(turn, n);
    if (kind)
        add(&list, kind->code, phrase(turn, "ussd", "any"));
    for (size_t i = 0; usual && i < usual->n_goods; i++) {
        const struct commodity *commodity = lexicon_commodity(lexicon, usual->goods[i]);
        if (commodity && (kind ? commodity_within(commodity, kind) : is_in_group(commodity, within)))
            add_goods(&list, commodity);
    }
    for (size_t i = 0; i < n; i++)
        if (kind ? commodity_within(all[i], kind) : is_in_group(all[i], within))
            add_goods(&list, all[i]);
    return list.choices;
}

bool choices_has_kinds(const struct turn *turn, const char *goods)
{
    size_t n;
    const struct commodity *const *all = lexicon_commodities(turn->knowledge->lexicon, &n);
    for (size_t i = 0; i < n; i++)
        if (all[i]->parent && strcmp(all[i]->parent->code, goods) == 0)
            return true;
    return false;
}

static struct choices from_goods(const struct turn *turn, const struct stand *stand)
{
    if (strcmp(stand->within, CODE_GROUPS) == 0)
        return goods_groups(turn);
    return *stand->within ? goods_within(turn, stand->within) : usual_goods(turn);
}

/* ---- prices ---- */

static void add_price(struct list *list, int64_t price, const struct unit *unit, const char *whose)
{
    const struct turn *turn = list->turn;
    if (price && unit)
        add(list, arena_printf(turn->arena, "%lld/%s", (long long)price, unit->code),
            arena_printf(turn->arena, "%s (%s)", format_price(turn->arena, turn->lang, price, price, unit),
                         phrase(turn, "ussd", whose)));
}

/* The market's price of the goods themselves, not of what they are a kind of; for one's own listing the price asked. */
static struct choices from_prices(const struct turn *turn, const struct ussd_session *session)
{
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    const struct found *found = &turn->found[0];
    const struct price_group *group = &found->groups[0];
    const struct commodity *commodity = session->reading.items[0].commodity;
    const struct listing_facts *listing = choices_listing(turn, session);
    struct list list = list_new(turn, USSD_SHOWN_MAX);
    const bool fresh = found->n_groups && turn->today - group->day <= PRICE_FRESH_DAYS && commodity &&
                       strcmp(group->commodity, commodity->code) == 0;
    if (listing)
        add_price(&list, listing->price_low ? listing->price_low : listing->price_high,
                  lexicon_unit(lexicon, listing->price_unit), "asked_price");
    else if (fresh)
        add_price(&list, group->median, lexicon_unit(lexicon, group->unit), "market_price");
    add(&list, CODE_NO_PRICE, phrase(turn, "ussd", session->reading.intent == INTENT_SOLD ? "no_price" : "agreed"));
    return list.choices;
}

/* ---- places, listings, languages ---- */

static void add_place(struct list *list, const struct place *place)
{
    if (place)
        add(list, place->code, place->brief[list->turn->lang]);
}

/* The places of a level in the province; false when it has none. */
static bool add_parts(struct list *list, enum place_level level)
{
    size_t n;
    const struct place *const *all = lexicon_places(list->turn->knowledge->lexicon, &n);
    const struct place *province = lexicon_place(list->turn->knowledge->lexicon, list->turn->policy->province);
    bool any = false;
    for (size_t i = 0; i < n; i++)
        if (all[i]->level == level && all[i]->parent == province) {
            add_place(list, all[i]);
            any = true;
        }
    return any;
}

/* The person's own place, those where they dealt before, then the districts of the province by the names people use, or
 * the communes of one that has no districts. */
static struct choices from_places(const struct turn *turn)
{
    size_t n;
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    const struct usual *usual = turn->found[0].usual;
    lexicon_places(lexicon, &n);
    struct list list = list_new(turn, n);
    add_place(&list, turn->home);
    for (size_t i = 0; usual && i < usual->n_places && i < PLACES_USUAL; i++)
        add_place(&list, lexicon_place(lexicon, usual->places[i]));
    if (!add_parts(&list, PLACE_DISTRICT))
        add_parts(&list, PLACE_COMMUNE);
    return list.choices;
}

/* "B7K2 lúa OM18 2 tấn", the newest first. */
static struct choices from_listings(const struct turn *turn)
{
    const struct found *found = &turn->found[0];
    struct list list = list_new(turn, found->n_own);
    for (size_t i = found->n_own; i-- > 0;) {
        const struct listing_facts *is = &found->own[i].is;
        struct listing_words words = listing_words(turn->arena, turn->knowledge, turn->lang, turn->today, is);
        const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, is->commodity);
        add(&list, is->code,
            arena_printf(turn->arena, "%s %s %s", is->code, commodity ? commodity->brief[turn->lang] : is->commodity,
                         words.quantity));
    }
    return list.choices;
}

static struct choices from_languages(const struct turn *turn)
{
    struct list list = list_new(turn, LANG_COUNT);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        add(&list, lang_code(lang), phrase(turn, "language", lang_code(lang)));
    return list.choices;
}

/* ---- of menus ---- */

static struct choices from_menu(const struct turn *turn, const struct stand *stand)
{
    struct list list = list_new(turn, USSD_SHOWN_MAX);
    enum screen_id child;
    for (size_t i = 1; screen_child(screens_all(), stand->id, i, &child); i++)
        add(&list, screen_of(child)->name, phrase(turn, "ussd.item", screen_of(child)->name));
    if (stand->id == SCREEN_RESUME) {
        add(&list, "on", phrase(turn, "ussd", "go_on"));
        add(&list, "anew", phrase(turn, "ussd", "anew"));
    }
    return list.choices;
}

/* ---- all of them ---- */

const struct listing_facts *choices_listing(const struct turn *turn, const struct ussd_session *session)
{
    const struct listing_facts *listing = &turn->found[0].listing;
    const bool own = *session->reading.listing && listing->id && listing->person_id == turn->sender->person_id;
    return own ? listing : NULL;
}

bool choices_want(const struct turn *turn, const struct ussd_session *session, const struct stand *stand,
                  struct lookup *lookup_r)
{
    const struct read_item *item = &session->reading.items[0];
    *lookup_r = (struct lookup){.mo = turn->index};
    if (*session->reading.listing) {
        lookup_r->listing_code = arena_copy(turn->arena, slice_of(session->reading.listing));
        return true;
    }
    switch (stand->screen->from) {
    case FROM_GOODS:
    case FROM_PLACES:
        lookup_r->usual = true;
        return true;
    case FROM_PRICES:
        lookup_r->commodity = item->commodity ? item->commodity->code : NULL;
        lookup_r->place = item->place ? item->place->code : NULL;
        return lookup_r->commodity != NULL;
    case FROM_LISTINGS:
        lookup_r->own_list = true;
        return true;
    case FROM_LANGUAGES:
    case FROM_NOTHING:
        break;
    }
    return false;
}

struct choices choices_of(const struct turn *turn, const struct ussd_session *session, const struct stand *stand)
{
    if (stand->screen->kind == KIND_MENU)
        return from_menu(turn, stand);
    if (stand->screen->kind == KIND_CONFIRM) {
        struct list list = list_new(turn, 1);
        add(&list, "yes", phrase(turn, "ussd", "yes"));
        return list.choices;
    }
    switch (stand->screen->from) {
    case FROM_GOODS:
        return from_goods(turn, stand);
    case FROM_PRICES:
        return from_prices(turn, session);
    case FROM_PLACES:
        return from_places(turn);
    case FROM_LISTINGS:
        return from_listings(turn);
    case FROM_LANGUAGES:
        return from_languages(turn);
    case FROM_NOTHING:
        break;
    }
    return (struct choices){0};
}
