/* SPDX-License-Identifier: Apache-2.0
 *
 * Keywords out of their table, and the phrases of all entries. */
#include <stdlib.h>
#include <string.h>

#include "parsers/lexicon/lexicon_p.h"

static const char *const kinds[KW_COUNT] = {
#define X(symbol, name) [symbol] = name,
    KEYWORD_KINDS(X)
#undef X
};

static bool find_kind(const char *name, enum keyword_kind *kind)
{
    for (size_t i = 0; i < KW_COUNT; i++)
        if (strcmp(kinds[i], name) == 0) {
            *kind = (enum keyword_kind)i;
            return true;
        }
    return false;
}

static bool build_keyword(struct building *b, const struct table *t, size_t row, struct keyword *keyword)
{
    const char *word = table_cell(t, row, table_column(t, "keyword"));
    const char *lang = table_cell(t, row, table_column(t, "lang"));
    const char *kind = table_cell(t, row, table_column(t, "kind"));
    if (!find_kind(kind, &keyword->kind))
        return build_fails(b, t, row, "unknown kind", kind);
    if (strcmp(lang, "km-latn") == 0)
        keyword->lang = LANG_VI;
    else if (!lang_from_code(lang, &keyword->lang))
        return build_fails(b, t, row, "unknown language", lang);
    if (!*word)
        return build_fails(b, t, row, "no keyword", "");
    keyword->meaning = build_copy(b, table_cell(t, row, table_column(t, "meaning")));
    keyword->value = strtoll(keyword->meaning, NULL, 10);
    return true;
}

bool build_keywords(struct building *b)
{
    static const char *const columns[] = {"keyword", "lang", "kind", "meaning", NULL};
    const struct table *t = b->tables->keywords;
    if (!build_columns(b, t, columns))
        return false;
    b->lexicon->keywords = arena_calloc(b->lexicon->arena, t->rows, sizeof *b->lexicon->keywords);
    for (size_t row = 0; row < t->rows; row++) {
        if (!build_keyword(b, t, row, &b->lexicon->keywords[row]))
            return false;
        b->lexicon->n_keywords++;
    }
    return true;
}

/* Adds each of a list of forms ("a;b" or "a|b"). */
static void add_forms(struct building *b, const char *forms, const char *accented, struct sense sense)
{
    while (*forms) {
        size_t n = strcspn(forms, ";|");
        bool amount = sense.kind == SENSE_UNIT && *forms >= '0' && *forms <= '9'; /* "10 kg" explains a yến */
        if (!amount)
            phrases_add(b->lexicon->phrases, (struct slice){forms, n}, slice_of(accented), sense);
        forms += n + (forms[n] != '\0');
    }
}

static void add_row(struct building *b, const struct table *t, size_t row, const char *const *columns, struct sense sense)
{
    const char *accented = table_cell(t, row, table_column(t, "name_vi"));
    for (; *columns; columns++)
        add_forms(b, table_cell(t, row, table_column(t, *columns)), accented, sense);
}

/* Names with brackets or commas are descriptions, not what people type. */
static bool typed(const char *name)
{
    return strpbrk(name, "(),/") == NULL;
}

void build_phrases(struct building *b)
{
    static const char *const with_name[] = {"name_vi", "aliases", "aliases_foreign", "name_km", "name_zh", "name_en", NULL};
    static const char *const ambiguous[] = {"aliases_ambiguous", NULL};
    const struct table *goods = b->tables->commodities, *places = b->tables->places, *units = b->tables->units;
    const struct table *keywords = b->tables->keywords;
    for (size_t i = 0; i < goods->rows; i++) {
        struct sense sense = {.kind = SENSE_COMMODITY, .commodity = &b->lexicon->goods[i].shown};
        add_row(b, goods, i, with_name + !typed(b->lexicon->goods[i].shown.name[LANG_VI]), sense);
    }
    for (size_t i = 0; i < units->rows; i++) {
        struct sense sense = {.kind = SENSE_UNIT, .unit = &b->lexicon->units[i]};
        add_row(b, units, i, with_name + !typed(b->lexicon->units[i].name[LANG_VI]), sense);
    }
    for (size_t i = 0; i < places->rows; i++) {
        struct sense sense = {.kind = SENSE_PLACE, .place = &b->lexicon->places[i]};
        add_row(b, places, i, with_name + 1, sense);
        sense.ambiguous = true;
        add_row(b, places, i, ambiguous, sense);
    }
    size_t word = table_column(keywords, "keyword");
    for (size_t i = 0; i < keywords->rows; i++) {
        struct slice text = slice_of(table_cell(keywords, i, word));
        struct sense sense = {.kind = SENSE_KEYWORD, .keyword = &b->lexicon->keywords[i]};
        phrases_add(b->lexicon->phrases, text, text, sense);
    }
}
