/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "parsers/lexicon/lexicon_p.h"
#include "parsers/text/token.h"

void lexicon_free(struct lexicon **lexicon)
{
    if (!*lexicon)
        return;
    arena_free(&(*lexicon)->arena);
    free(*lexicon);
    *lexicon = NULL;
}

/* Codes are looked up a few times a message among a few hundred: a walk is quick enough. */
const struct commodity *lexicon_commodity(const struct lexicon *lexicon, const char *code)
{
    for (size_t i = 0; i < lexicon->n_goods; i++)
        if (strcmp(lexicon->goods[i].shown.code, code) == 0)
            return &lexicon->goods[i].shown;
    return NULL;
}

const struct place *lexicon_place(const struct lexicon *lexicon, const char *code)
{
    for (size_t i = 0; i < lexicon->n_places; i++)
        if (strcmp(lexicon->places[i].code, code) == 0)
            return &lexicon->places[i];
    return NULL;
}

const struct unit *lexicon_unit(const struct lexicon *lexicon, const char *code)
{
    for (size_t i = 0; i < lexicon->n_units; i++)
        if (strcmp(lexicon->units[i].code, code) == 0)
            return &lexicon->units[i];
    return NULL;
}

const struct commodity *const *lexicon_commodities(const struct lexicon *lexicon, size_t *count)
{
    *count = lexicon->n_goods;
    return lexicon->commodity_list;
}

const struct place *const *lexicon_places(const struct lexicon *lexicon, size_t *count)
{
    *count = lexicon->n_places;
    return lexicon->place_list;
}

const struct unit *const *lexicon_units(const struct lexicon *lexicon, size_t *count)
{
    *count = lexicon->n_units;
    return lexicon->unit_list;
}

static const struct season *own_seasons(const struct lexicon *lexicon, const struct commodity *commodity, size_t *count)
{
    const struct season *first = NULL;
    *count = 0;
    for (size_t i = 0; i < lexicon->n_seasons; i++)
        if (lexicon->seasons[i].commodity == commodity) {
            first = first ? first : &lexicon->seasons[i];
            ++*count;
        }
    return first;
}

const struct season *lexicon_seasons(const struct lexicon *lexicon, const struct commodity *commodity, size_t *count)
{
    *count = 0;
    for (; commodity; commodity = commodity->parent) {
        const struct season *found = own_seasons(lexicon, commodity, count);
        if (found)
            return found;
    }
    return NULL;
}

bool lexicon_has_word(const struct lexicon *lexicon, const char *folded)
{
    struct arena *arena = arena_new(1024);
    size_t n;
    struct token *tokens = text_tokens(arena, slice_of(folded), &n);
    uint32_t node = n ? PHRASE_ROOT : 0;
    for (size_t i = 0; i < n && node; i++)
        node = phrases_step(lexicon->phrases, node, phrases_word(lexicon->phrases, tokens[i].text));
    arena_free(&arena);
    return node && phrases_senses(lexicon->phrases, node);
}

static bool among_successors(const struct place *place, const struct place *area)
{
    for (size_t i = 0; i < area->n_successors; i++)
        if (area->successors[i] == place)
            return true;
    return false;
}

static bool within_all_successors(const struct place *place, const struct place *area)
{
    for (size_t i = 0; i < place->n_successors; i++)
        if (!place_within(place->successors[i], area))
            return false;
    return place->n_successors > 0;
}

bool commodity_within(const struct commodity *commodity, const struct commodity *kind)
{
    while (commodity && commodity != kind)
        commodity = commodity->parent;
    return commodity != NULL;
}

/* The build has checked that no way up runs in a circle. */
bool place_within(const struct place *place, const struct place *area)
{
    if (!place || !area)
        return false;
    if (place == area || place_within(place->parent, area) || within_all_successors(place, area))
        return true;
    /* a new unit lies in the old district that was shared out among several such */
    return area->n_successors > 1 && among_successors(place, area);
}
