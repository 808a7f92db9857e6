/* SPDX-License-Identifier: Apache-2.0
 *
 * The inside of a lexicon, for the files that build it and for the reader.
 */
#ifndef PARSERS_LEXICON_LEXICON_P_H
#define PARSERS_LEXICON_LEXICON_P_H

#include "parsers/lexicon/keyword.h"
#include "parsers/lexicon/lexicon.h"
#include "parsers/lexicon/nearest.h"
#include "parsers/lexicon/phrases.h"

/* A commodity's plausible price per another unit than the usual one: "TRAI:2000-30000". */
struct alt_price {
    const struct unit *unit;
    int64_t low, high; /* đồng */
};

#define ALT_PRICES_MAX 4

/* What the reader must know of a commodity beside what a reply shows. The public part comes first. */
struct goods {
    struct commodity shown;
    struct alt_price alt[ALT_PRICES_MAX];
    size_t n_alt;
    bool sized;    /* "50 con" after it is a grade of 50 per kg, not 50 head */
    bool by_metre; /* its sizes are lengths: 1m6 */
    bool of_variety; /* seed and the like: a variety of its parent beside it says which */
    bool of_species; /* its species is what matters: a word after it that we do not know names one */
    bool has_kinds;  /* others have it for their parent */
    bool by_head;  /* livestock: a number right before its name counts heads */
};

enum code_tree { CODES_OF_GOODS, CODES_OF_PLACES, CODES_OF_UNITS, CODE_TREES };

struct lexicon {
    struct arena *arena;
    void *codes[CODE_TREES]; /* of tsearch: the entries, by code */
    struct goods *goods;
    struct place *places;
    struct unit *units;
    struct season *seasons; /* those of one commodity side by side */
    struct keyword *keywords;
    size_t n_goods, n_places, n_units, n_seasons, n_keywords;
    const struct commodity **commodity_list;
    const struct place **place_list;
    const struct unit **unit_list;
    struct phrases *phrases;
    struct nearest *nearest;
};

/* From now on the entry, which begins with its code, is found by it. */
void lexicon_code_add(struct lexicon *lexicon, enum code_tree tree, const void *entry);

/* A build under way. The first error stays. */
struct building {
    struct lexicon *lexicon;
    const struct lexicon_tables *tables;
    struct arena *scratch;
    const char *error;
};

/* Notes the first error, naming table, row (0 the first) and its first cell, which is its code or word; returns false. */
bool build_fails(struct building *b, const struct table *table, size_t row, const char *problem, const char *what);

/* A decimal number in thousandths: "0.1" is 100; "" is 0. False on anything else. */
bool build_milli(const char *text, int64_t *milli);

/* A copy in the lexicon's arena. */
const char *build_copy(struct building *b, const char *text);

/* The first of names written "a|b", in the lexicon's arena. */
const char *build_first_name(struct building *b, const char *names);

/* Fills `name` for all languages from the columns name_vi, name_km, name_zh, name_en of a row; those missing fall back. */
void build_names(struct building *b, const struct table *table, size_t row, const char *name[LANG_COUNT]);

/* Fills `brief` from short_*, else from `name`; false when one is too long. */
bool build_briefs(struct building *b, const struct table *table, size_t row, const char *const name[LANG_COUNT],
                  const char *brief[LANG_COUNT]);

/* The columns a table must have, NULL at the end; false when one is missing. */
bool build_columns(struct building *b, const struct table *table, const char *const *names);

/* Each fills its part of the lexicon; in this order. */
bool build_units(struct building *b);
bool build_commodities(struct building *b);
bool build_places(struct building *b);
bool build_seasons(struct building *b);
bool build_keywords(struct building *b);

/* Adds the names and aliases of all entries to the phrases. */
void build_phrases(struct building *b);

#endif
