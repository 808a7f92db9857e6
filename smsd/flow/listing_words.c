/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/flow/listing_words.h"

#include "smsd/message/format.h"

/* Codes stay in the lexicon while listings name them; should one be gone all the same, the code itself is said. */
static const char *goods(struct arena *arena, const struct lexicon *lexicon, enum lang lang,
                         const struct listing_facts *listing)
{
    const struct commodity *commodity = lexicon_commodity(lexicon, listing->commodity);
    return commodity ? format_goods(arena, lang, commodity, listing->size, listing->grade, listing->state_of_goods)
                     : listing->commodity;
}

struct listing_words listing_words(struct arena *arena, const struct knowledge *knowledge, enum lang lang, day_t today,
                                   const struct listing_facts *listing)
{
    const struct lexicon *lexicon = knowledge->lexicon;
    const struct place *place = lexicon_place(lexicon, listing->place);
    return (struct listing_words){
        .side = message_phrase(knowledge->book, lang, "intent", listing->side == 's' ? "sell" : "buy"),
        .done = listing->side == 's' ? "BAN ROI" : "MUA DU",
        .goods = goods(arena, lexicon, lang, listing),
        .quantity =
            format_quantity(arena, lang, listing->entered_milli, lexicon_unit(lexicon, listing->entered_unit), false),
        .price = format_price(arena, lang, listing->price_low, listing->price_high,
                              lexicon_unit(lexicon, listing->price_unit)),
        .place = place ? place->brief[lang] : listing->place,
        .ready = listing->ready != DAY_NONE ? format_day(arena, lang, listing->ready, today) : NULL,
        .until = format_day(arena, lang, listing->until, today),
    };
}
