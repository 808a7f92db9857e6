/* SPDX-License-Identifier: Apache-2.0
 *
 * Keywords out of their table, and the phrases of all entries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/lexicon/lexicon_p.h"

static const char *const kinds[KW_COUNT] = {
#define X(symbol, name) [symbol] = name,
    KEYWORD_KINDS(X)
#undef X
};

const char *keyword_kind_name(enum keyword_kind kind)
{
    return kinds[kind];
}

static bool find_kind(const char *name, enum keyword_kind *kind)
{
    for (size_t i = 0; i < KW_COUNT; i++)
        if (strcmp(kinds[i], name) == 0) {
            *kind = (enum keyword_kind)i;
            return true;
        }
    return false;
}

/* An intent's name, with a side after it or not. */
static bool is_intent(const char *meaning)
{
    static const char *const intents[] = {
#define X(symbol, name) name,
#include "parsers/read/intents.def"
#undef X
    };
    size_t n = strcspn(meaning, " ");
    for (size_t i = 0; i < sizeof intents / sizeof *intents; i++)
        if (strlen(intents[i]) == n && strncmp(intents[i], meaning, n) == 0)
            return true;
    return false;
}

static bool build_keyword(struct building *b, const struct table *t, size_t row, struct keyword *keyword)
{
    const char *word = table_cell(t, row, table_column(t, "keyword"));
    const char *lang = table_cell(t, row, table_column(t, "lang"));
    const char *kind = table_cell(t, row, table_column(t, "kind"));
    if (!find_kind(kind, &keyword->kind))
        return build_fails(b, t, row, "unknown kind", kind);
    keyword->khmer = strcmp(lang, "km-latn") == 0;
    if (keyword->khmer)
        keyword->lang = LANG_VI;
    else if (!lang_from_code(lang, &keyword->lang))
        return build_fails(b, t, row, "unknown language", lang);
    if (!*word)
        return build_fails(b, t, row, "no keyword", "");
    keyword->meaning = build_copy(b, table_cell(t, row, table_column(t, "meaning")));
    if (keyword->kind == KW_INTENT && !is_intent(keyword->meaning))
        return build_fails(b, t, row, "unknown intent", keyword->meaning);
    keyword->value = strtoll(keyword->meaning, NULL, 10);
    return true;
}

/* ---- a row that stands twice ---- */

static int compare_rows(const void *a, const void *b, void *context)
{
    static const char *const key[] = {"keyword", "lang", "kind", "meaning"};
    const struct table *t = context;
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    int order = 0;
    for (size_t i = 0; i < sizeof key / sizeof *key && order == 0; i++) {
        size_t column = table_column(t, key[i]);
        order = strcmp(table_cell(t, left, column), table_cell(t, right, column));
    }
    return order;
}

/* The database would refuse it, and so would a seed. */
static bool check_keys(struct building *b, const struct table *t)
{
    size_t *rows = arena_calloc(b->scratch, t->rows, sizeof *rows);
    for (size_t i = 0; i < t->rows; i++)
        rows[i] = i;
    qsort_r(rows, t->rows, sizeof *rows, compare_rows, (void *)(uintptr_t)t);
    for (size_t i = 1; i < t->rows; i++) {
        size_t later = rows[i] > rows[i - 1] ? rows[i] : rows[i - 1];
        if (compare_rows(&rows[i - 1], &rows[i], (void *)(uintptr_t)t) == 0)
            return build_fails(b, t, later, "keyword used twice:", table_cell(t, later, table_column(t, "meaning")));
    }
    return true;
}

bool build_keywords(struct building *b)
{
    static const char *const columns[] = {"keyword", "lang", "kind", "meaning", NULL};
    const struct table *t = b->tables->keywords;
    if (!build_columns(b, t, columns) || !check_keys(b, t))
        return false;
    b->lexicon->keywords = arena_calloc(b->lexicon->arena, t->rows, sizeof *b->lexicon->keywords);
    for (size_t row = 0; row < t->rows; row++) {
        if (!build_keyword(b, t, row, &b->lexicon->keywords[row]))
            return false;
        b->lexicon->n_keywords++;
    }
    return true;
}

/* Adds a form; "green-skin pomelo" without its hyphens too. */
static void add_form(struct building *b, struct slice form, const char *accented, struct sense sense)
{
    phrases_add(b->lexicon->phrases, form, slice_of(accented), sense);
    if (!memchr(form.at, '-', form.n))
        return;
    char *apart = arena_copy(b->scratch, form);
    for (char *hyphen = apart; (hyphen = strchr(hyphen, '-'));)
        *hyphen = ' ';
    phrases_add(b->lexicon->phrases, slice_of(apart), slice_of(""), sense);
}

static bool is_ascii(struct slice form)
{
    for (size_t i = 0; i < form.n; i++)
        if (form.at[i] & 0x80)
            return false;
    return true;
}

/* Adds each of a list of forms ("a;b" or "a|b"). What stands among the Vietnamese ones already stays one of these. */
static void add_forms(struct building *b, const char *forms, bool foreign, const char *accented, struct sense sense)
{
    while (*forms) {
        size_t n = strcspn(forms, ";|");
        struct slice form = {forms, n};
        bool amount = sense.kind == SENSE_UNIT && *forms >= '0' && *forms <= '9'; /* "10 kg" explains a yến */
        struct sense meant = sense;
        meant.english = foreign && is_ascii(form);
        if (!amount)
            add_form(b, form, accented, meant);
        forms += n + (forms[n] != '\0');
    }
}

static void add_row(struct building *b, const struct table *t, size_t row, const char *const *columns,
                    struct sense sense)
{
    const char *accented = table_cell(t, row, table_column(t, "name_vi"));
    for (; *columns; columns++) {
        bool foreign = strcmp(*columns, "aliases_foreign") == 0 || strcmp(*columns, "name_en") == 0;
        add_forms(b, table_cell(t, row, table_column(t, *columns)), foreign && sense.kind == SENSE_COMMODITY, accented,
                  sense);
    }
}

/* Names with brackets or commas are descriptions, not what people type. */
static bool typed(const char *name)
{
    return strpbrk(name, "(),/") == NULL;
}

/* ---- Southern spelling ---- */

/* Finals and initials that sound alike in the South and are written for each other. */
static const struct {
    const char *from, *to;
    bool initial;
} swaps[] = {
    {"ng", "n", false}, {"n", "ng", false}, {"c", "t", false},  {"t", "c", false},
    {"s", "x", true},   {"x", "s", true},   {"tr", "ch", true}, {"gi", "d", true},
};

/* Writes the alias with the swap done in the word [at, at + n); false when it does not apply there. */
static bool swap_word(const char *alias, size_t length, size_t at, size_t n, size_t swap, char *out, size_t room)
{
    const char *from = swaps[swap].from, *to = swaps[swap].to;
    size_t k = strlen(from);
    if (n <= k + 1 || length + strlen(to) + 1 > room)
        return false;
    size_t where = swaps[swap].initial ? at : at + n - k;
    if (strncmp(alias + where, from, k) != 0 || (!swaps[swap].initial && strcmp(from, "n") == 0 && alias[where] != 'n'))
        return false;
    snprintf(out, room, "%.*s%s%.*s", (int)where, alias, to, (int)(length - where - k), alias + where + k);
    return true;
}

/* Adds the forms of an alias of several words with one word spelt the Southern way, where nothing else is called so. */
static void add_southern(struct building *b, const char *alias, size_t length, const char *accented, struct sense sense)
{
    char form[64];
    if (!memchr(alias, ' ', length))
        return;
    for (size_t at = 0; at < length;) {
        size_t n = strcspn(alias + at, " ;|");
        for (size_t s = 0; s < sizeof swaps / sizeof *swaps; s++)
            if (swap_word(alias, length, at, n, s, form, sizeof form) && !lexicon_has_word(b->lexicon, form))
                phrases_add(b->lexicon->phrases, slice_of(form), slice_of(accented), sense);
        at += n + 1;
    }
}

static void add_all_southern(struct building *b, const struct table *t, enum sense_kind kind)
{
    size_t column = table_column(t, "aliases"), name = table_column(t, "name_vi");
    for (size_t row = 0; row < t->rows; row++) {
        struct sense sense = {.kind = kind, .by_ear = true};
        if (kind == SENSE_COMMODITY)
            sense.commodity = &b->lexicon->goods[row].shown;
        else
            sense.place = &b->lexicon->places[row];
        for (const char *alias = table_cell(t, row, column); *alias;) {
            size_t n = strcspn(alias, ";");
            add_southern(b, alias, n, table_cell(t, row, name), sense);
            alias += n + (alias[n] == ';');
        }
    }
}

void build_phrases(struct building *b)
{
    static const char *const with_name[] = {"name_vi", "aliases", "aliases_foreign", "name_km", "name_zh",
                                            "name_en", NULL};
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
    /* before the Southern forms: misspelling them again would be two slips counted as one */
    b->lexicon->nearest = nearest_new(b->lexicon->arena, b->scratch, b->lexicon->phrases);
    add_all_southern(b, goods, SENSE_COMMODITY);
    add_all_southern(b, places, SENSE_PLACE);
}
