/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "parsers/lexicon/lexicon_p.h"
#include "parsers/text/fold.h"

bool build_fails(struct building *b, const struct table *table, size_t row, const char *problem, const char *what)
{
    if (!b->error)
        b->error = arena_printf(b->scratch, "%s: row %zu (%s): %s \"%s\"", table->name, row + 1,
                                table_cell(table, row, 0), problem, what);
    return false;
}

bool build_milli(const char *text, int64_t *milli)
{
    int64_t value = 0, scale = 1000;
    bool point = false;
    size_t digits = 0;
    for (; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9' || ++digits > 15)
            return false;
        if (point && (scale /= 10) == 0)
            return false;
        value = value * 10 + (*text - '0');
    }
    *milli = value * scale;
    return true;
}

const char *build_copy(struct building *b, const char *text)
{
    return arena_copy(b->lexicon->arena, slice_of(text));
}

const char *build_first_name(struct building *b, const char *names)
{
    return arena_copy(b->lexicon->arena, (struct slice){names, strcspn(names, "|")});
}

static const char *cell(const struct table *table, size_t row, const char *column)
{
    return table_cell(table, row, table_column(table, column));
}

void build_names(struct building *b, const struct table *table, size_t row, const char *name[LANG_COUNT])
{
    const char *vi = build_first_name(b, cell(table, row, "name_vi"));
    const char *km = cell(table, row, "name_km"), *zh = cell(table, row, "name_zh"), *en = cell(table, row, "name_en");
    name[LANG_VI] = name[LANG_VI_DAU] = vi;
    name[LANG_KM] = *km ? build_first_name(b, km) : vi;
    name[LANG_ZH] = *zh ? build_first_name(b, zh) : vi;
    name[LANG_EN] = *en ? build_first_name(b, en) : text_unaccent(b->lexicon->arena, slice_of(vi), NULL);
}

static size_t characters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* The short name of a language whose own name is not given: the Vietnamese one's, in English without accents. */
static const char *fallback_brief(struct building *b, enum lang lang, const char *vi)
{
    return lang == LANG_EN ? text_unaccent(b->lexicon->arena, slice_of(vi), NULL) : vi;
}

bool build_briefs(struct building *b, const struct table *table, size_t row, const char *const name[LANG_COUNT],
                  const char *brief[LANG_COUNT])
{
    static const struct {
        const char *brief, *name;
    } columns[LANG_COUNT] = {[LANG_VI] = {"short_vi", "name_vi"},
                             [LANG_VI_DAU] = {"short_vi", "name_vi"},
                             [LANG_KM] = {"short_km", "name_km"},
                             [LANG_ZH] = {"short_zh", "name_zh"},
                             [LANG_EN] = {"short_en", "name_en"}};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *given = cell(table, row, columns[lang].brief);
        const char *own = *cell(table, row, columns[lang].name) ? name[lang] : NULL;
        brief[lang] = *given ? build_copy(b, given) : own ? own : fallback_brief(b, (enum lang)lang, brief[LANG_VI]);
        size_t most = lang == LANG_EN ? LEXICON_BRIEF_MAX : LEXICON_BRIEF_MAX_UNICODE;
        if (characters(brief[lang]) > most)
            return build_fails(b, table, row, "too long to be a short name:", brief[lang]);
    }
    return true;
}

bool build_columns(struct building *b, const struct table *table, const char *const *names)
{
    for (; *names; names++)
        if (table_column(table, *names) == TABLE_NO_COLUMN) {
            b->error = arena_printf(b->scratch, "%s: no column \"%s\"", table->name, *names);
            return false;
        }
    return true;
}

static void make_lists(struct lexicon *lexicon)
{
    lexicon->commodity_list = arena_calloc(lexicon->arena, lexicon->n_goods, sizeof *lexicon->commodity_list);
    for (size_t i = 0; i < lexicon->n_goods; i++)
        lexicon->commodity_list[i] = &lexicon->goods[i].shown;
    lexicon->place_list = arena_calloc(lexicon->arena, lexicon->n_places, sizeof *lexicon->place_list);
    for (size_t i = 0; i < lexicon->n_places; i++)
        lexicon->place_list[i] = &lexicon->places[i];
    lexicon->unit_list = arena_calloc(lexicon->arena, lexicon->n_units, sizeof *lexicon->unit_list);
    for (size_t i = 0; i < lexicon->n_units; i++)
        lexicon->unit_list[i] = &lexicon->units[i];
}

struct lexicon *lexicon_build(const struct lexicon_tables *tables, struct arena *scratch, const char **error)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (!lexicon)
        abort();
    lexicon->arena = arena;
    lexicon->phrases = phrases_new(arena);
    struct building b = {.lexicon = lexicon, .tables = tables, .scratch = scratch};
    if (build_units(&b) && build_commodities(&b) && build_places(&b) && build_seasons(&b) && build_keywords(&b)) {
        build_phrases(&b);
        make_lists(lexicon);
        return lexicon;
    }
    *error = b.error;
    lexicon_free(&lexicon);
    return NULL;
}
