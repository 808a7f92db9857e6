/* SPDX-License-Identifier: Apache-2.0
 *
 * The words people use for goods, places, units, commands and numbers, with what each means.
 * Built whole from tables (TSV files or the same rows out of PostgreSQL), checked, then immutable:
 * any number of threads may read it. A reload builds a new one and swaps the pointer; a build that
 * fails leaves the old one standing.
 *
 *     struct lexicon_tables tables = {...};
 *     const char *error;
 *     struct lexicon *lexicon = lexicon_build(&tables, arena, &error);
 *     const struct commodity *om18 = lexicon_commodity(lexicon, "LUA.OM18");
 *     lexicon_free(&lexicon);
 *
 * Pointers to entries stay valid as long as the lexicon. Names are never NULL: those of LANG_VI and LANG_VI_DAU are the
 * same accented string (rendering strips the accents for LANG_VI); where km or zh has none it is the Vietnamese
 * one, where en has none the Vietnamese one without accents.
 */
#ifndef PARSERS_LEXICON_LEXICON_H
#define PARSERS_LEXICON_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/day.h"
#include "parsers/base/lang.h"
#include "parsers/base/table.h"

enum dimension { DIM_MASS, DIM_COUNT, DIM_VOLUME, DIM_AREA, DIM_GRADE, DIM_CONTAINER, DIM_MONEY };

struct unit {
    const char *code; /* "TAN" */
    const char *base; /* code of the base unit: "KG" */
    enum dimension dimension;
    int64_t factor_milli; /* thousandths of the base unit in one of these; 0 = no fixed factor (THUNG) */
    bool ambiguous;       /* say or ask what was assumed: giạ, chục, bao, công */
    const char *name[LANG_COUNT]; /* short enough for a reply */
};

struct commodity {
    const char *code; /* "LUA.OM18" */
    const struct commodity *parent;
    const char *category;
    const char *name[LANG_COUNT];  /* in full */
    const char *brief[LANG_COUNT]; /* the short name a reply uses; see LEXICON_BRIEF_MAX */
    const struct unit *unit;       /* usual unit of quantities */
    const struct unit *price_unit; /* what prices are usually for */
    int64_t price_min, price_max;  /* đồng per price_unit, plausible; 0 = not known */
    int64_t qty_min_milli, qty_max_milli; /* thousandths of `unit`, plausible; 0 = not known */
    int stands_days; /* how long an offer of it stands, its own or that of its nearest ancestor; 0 = not said */
};

enum place_level { PLACE_COUNTRY, PLACE_REGION, PLACE_PROVINCE, PLACE_DISTRICT, PLACE_COMMUNE, PLACE_MARKET };

struct place {
    const char *code; /* "845" */
    const struct place *parent;
    enum place_level level;
    const char *name[LANG_COUNT];
    const char *brief[LANG_COUNT];
    day_t valid_from, valid_to;     /* valid_to is the first day no longer valid; DAY_NONE = open */
    const struct place *successor;  /* the first, when the unit was merged; NULL */
    const struct place *const *successors; /* all of them: a district was shared out among several */
    size_t n_successors;
};

struct season {
    const struct commodity *commodity;
    const char *code; /* "DX1" */
    const char *name[LANG_COUNT];
    const struct place *area;
    /* month * 100 + day, inclusive; a window may wrap the year's end; 0 = not given */
    int sow_from, sow_to, harvest_from, harvest_to;
    const char *advice; /* key of the advice */
};

/* Longest `brief` names, in characters: of English, and of the languages sent in UCS-2 (Vietnamese with accents is one).
 * Checked by the build. */
#define LEXICON_BRIEF_MAX 18
#define LEXICON_BRIEF_MAX_UNICODE 14

/* The five tables, columns as in the TSV files of locales/lexicon. The columns short_vi, short_km, short_zh and short_en
 * of commodities and places, and stands_days of commodities, are optional. */
struct lexicon_tables {
    const struct table *commodities, *places, *units, *seasons, *keywords;
};

struct lexicon;

/* Builds and checks a lexicon. NULL on error (unknown parent, a loop, a bad number, a duplicate code,
 * a missing column): *error is then a sentence made in the arena, naming table and row. Copies what it
 * needs: the tables may go afterwards. */
struct lexicon *lexicon_build(const struct lexicon_tables *tables, struct arena *scratch, const char **error);

/* Frees and nulls. */
void lexicon_free(struct lexicon **lexicon);

/* Entries by code; NULL when there is none. */
const struct commodity *lexicon_commodity(const struct lexicon *lexicon, const char *code);
const struct place *lexicon_place(const struct lexicon *lexicon, const char *code);
const struct unit *lexicon_unit(const struct lexicon *lexicon, const char *code);

/* All entries in the order of their table; *count is set. */
const struct commodity *const *lexicon_commodities(const struct lexicon *lexicon, size_t *count);
const struct place *const *lexicon_places(const struct lexicon *lexicon, size_t *count);
const struct unit *const *lexicon_units(const struct lexicon *lexicon, size_t *count);

/* The seasons of a commodity or, when it has none of its own, of its nearest ancestor that has;
 * NULL and 0 when nobody has. */
const struct season *lexicon_seasons(const struct lexicon *lexicon, const struct commodity *commodity, size_t *count);

/* Is this folded word (text_fold's form) an entry of the lexicon, of any kind? A listing code never is. */
bool lexicon_has_word(const struct lexicon *lexicon, const char *folded);

/* Is `commodity` the same as `kind`, or one of its kinds (OM18 is paddy)? */
bool commodity_within(const struct commodity *commodity, const struct commodity *kind);

/* Is `place` the same as, or inside, `area` on the old map or the new (through successors)? */
bool place_within(const struct place *place, const struct place *area);

#endif
