/* SPDX-License-Identifier: Apache-2.0 */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/lexicon/lexicon_p.h"
#include "parsers/text/token.h"

static void leave(void *entry)
{
    (void)entry; /* the arena's */
}

void lexicon_free(struct lexicon **lexicon)
{
    if (!*lexicon)
        return;
    for (size_t i = 0; i < CODE_TREES; i++)
        tdestroy((*lexicon)->codes[i], leave);
    arena_free(&(*lexicon)->arena);
    free(*lexicon);
    *lexicon = NULL;
}

/* ---- by code: of each offer that is matched three are looked up, and there are two thousand places ---- */

/* Every entry begins with its code. */
static int compare_codes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void lexicon_code_add(struct lexicon *lexicon, enum code_tree tree, const void *entry)
{
    if (!tsearch(entry, &lexicon->codes[tree], compare_codes))
        abort();
}

static const void *find_code(const struct lexicon *lexicon, enum code_tree tree, const char *code)
{
    const void *const *node = tfind(&code, &lexicon->codes[tree], compare_codes);
    return node ? *node : NULL;
}

const struct commodity *lexicon_commodity(const struct lexicon *lexicon, const char *code)
{
    return find_code(lexicon, CODES_OF_GOODS, code);
}

const struct place *lexicon_place(const struct lexicon *lexicon, const char *code)
{
    return find_code(lexicon, CODES_OF_PLACES, code);
}

const struct unit *lexicon_unit(const struct lexicon *lexicon, const char *code)
{
    return find_code(lexicon, CODES_OF_UNITS, code);
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
