/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/deal.h"

#include <string.h>

#include "smsd/message/format.h"
#include "smsd/message/shape.h"

#define COUNTRY "84"

static const char *goods(struct arena *arena, const struct lexicon *lexicon, enum lang lang,
                         const struct deal_party *party)
{
    const struct commodity *commodity = lexicon_commodity(lexicon, party->commodity);
    return commodity ? format_goods(arena, lang, commodity, party->size, party->grade, party->state_of_goods)
                     : party->commodity;
}

/* So much of the own listing, in its unit where that comes out even. */
static const char *quantity(struct arena *arena, const struct lexicon *lexicon, enum lang lang,
                            const struct deal_party *party, int64_t milli)
{
    const struct deal_side *own = &party->own;
    __int128 entered = (__int128)milli * own->entered_milli;
    bool even = own->whole_milli > 0 && entered % own->whole_milli == 0;
    const struct unit *unit = lexicon_unit(lexicon, even ? own->entered_unit : party->base_unit);
    return format_quantity(arena, lang, even ? (int64_t)(entered / own->whole_milli) : milli, unit, false);
}

static const char *place(const struct lexicon *lexicon, enum lang lang, const struct deal_party *party)
{
    const struct place *there = lexicon_place(lexicon, party->other.place);
    return there ? there->brief[lang] : NULL;
}

/* As it is dialled in the country; NULL when it may not be shown. */
static const char *contact(struct arena *arena, const struct deal_side *side)
{
    bool national = strncmp(side->contact, COUNTRY, strlen(COUNTRY)) == 0;
    if (!*side->contact)
        return NULL;
    return national ? arena_printf(arena, "0%s", side->contact + strlen(COUNTRY))
                    : arena_printf(arena, "+%s", side->contact);
}

static bool takes(const struct message_shape *shape, const char *name)
{
    bool has = shape_has_arg(shape->args, slice_of(name));
    for (size_t i = 0; i < shape->n_parts && !has; i++)
        has = shape_has_arg(shape->parts[i].args, slice_of(name));
    return has;
}

struct message_args deal_args(struct arena *arena, const struct lexicon *lexicon, enum lang lang, enum message message,
                              const struct deal_party *party)
{
    const struct unit *unit = lexicon_unit(lexicon, party->price_unit);
    int64_t left = party->own.whole_milli - party->quantity_milli;
    const struct message_arg known[] = {
        {"code", party->code},
        {"listing", party->own.listing},
        {"phone", contact(arena, &party->other)},
        {"other", *party->other.contact ? NULL : party->other.listing},
        {"goods", goods(arena, lexicon, lang, party)},
        {"quantity", quantity(arena, lexicon, lang, party, party->quantity_milli)},
        {"left", left > 0 && party->stands ? quantity(arena, lexicon, lang, party, left) : NULL},
        {"price", format_price(arena, lang, party->price, party->price, unit)},
        {"place", place(lexicon, lang, party)},
        {"moment", format_moment(arena, lang, party->until_us)},
    };
    enum { KNOWN = sizeof known / sizeof *known };
    struct message_arg *args = arena_calloc(arena, KNOWN, sizeof *args);
    size_t n = 0;
    for (size_t i = 0; i < KNOWN; i++)
        if (takes(message_shape(message), known[i].name))
            args[n++] = known[i];
    return (struct message_args){args, n};
}

struct deal_party deal_turned(const struct deal_party *party)
{
    struct deal_party other = *party;
    other.sells = !party->sells;
    other.own = party->other;
    other.other = party->own;
    return other;
}
