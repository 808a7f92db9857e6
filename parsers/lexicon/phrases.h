/* SPDX-License-Identifier: Apache-2.0
 *
 * The index of all phrases of the lexicon: a trie over words. Filled while a lexicon is built, then only read. What a
 * phrase may mean is a list of senses; which of them holds is for the reader to say.
 */
#ifndef PARSERS_LEXICON_PHRASES_H
#define PARSERS_LEXICON_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"
#include "parsers/lexicon/keyword.h"
#include "parsers/lexicon/lexicon.h"

enum sense_kind { SENSE_COMMODITY, SENSE_PLACE, SENSE_UNIT, SENSE_KEYWORD };

struct sense {
    const struct sense *next;
    enum sense_kind kind;
    bool ambiguous; /* a place's form that fits more than one: ask */
    bool english;   /* a name of goods that is no Vietnamese one */
    bool by_ear;    /* a form nobody listed, spelt as it sounds: gives way to listed ones */
    uint8_t words;
    const char *const *marks; /* of each word, as in struct token; an element or the whole may be NULL = any */
    union {
        const struct commodity *commodity;
        const struct place *place;
        const struct unit *unit;
        const struct keyword *keyword;
    };
};

/* What senses are, as bits: their kinds, the kinds of keywords, and whether one is by ear. */
#define KIND_BIT(kind) (UINT64_C(1) << (kind))
#define KEYWORD_BIT(kind) (KIND_BIT(SENSE_KEYWORD + 1) << (kind))
#define BY_EAR_BIT (UINT64_C(1) << 63)
_Static_assert(SENSE_KEYWORD + 1 + KW_COUNT <= 63, "each kind has its bit");

static inline uint64_t sense_kinds(const struct sense *sense)
{
    return KIND_BIT(sense->kind) | (sense->kind == SENSE_KEYWORD ? KEYWORD_BIT(sense->keyword->kind) : 0) |
           (sense->by_ear ? BY_EAR_BIT : 0);
}

struct phrases;

#define PHRASE_WORDS_MAX 12

struct phrases *phrases_new(struct arena *arena);

/* Adds a sense of a phrase. The words of `accented`, where they are the phrase's words with marks, say which marks agree;
 * NULL = any. A sense already there is not added twice. */
void phrases_add(struct phrases *phrases, struct slice phrase, struct slice accented, struct sense sense);

/* The number of a folded word, 0 when no phrase has it. */
uint32_t phrases_word(const struct phrases *phrases, struct slice folded);

#define PHRASE_ROOT 1u

/* The node after a word, 0 when no phrase goes on so. */
uint32_t phrases_step(const struct phrases *phrases, uint32_t node, uint32_t word);

/* What the phrase ending at a node may mean; NULL when none ends there. */
const struct sense *phrases_senses(const struct phrases *phrases, uint32_t node);

/* The kinds of all of these. */
uint64_t phrases_kinds(const struct phrases *phrases, uint32_t node);

/* Hands out each phrase that means anything, its folded words with blanks between them, or only the given one (as it is
 * typed; NULL = all). */
typedef void phrases_visit(void *context, const char *phrase, const struct sense *senses);
void phrases_each(const struct phrases *phrases, struct arena *arena, const char *only, phrases_visit *visit,
                  void *context);

#endif
