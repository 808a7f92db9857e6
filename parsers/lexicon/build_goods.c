/* SPDX-License-Identifier: Apache-2.0
 *
 * Units and commodities out of their tables. */
#include <stdlib.h>
#include <string.h>

#include "parsers/lexicon/lexicon_p.h"
#include "parsers/text/lower.h"

static const struct {
    const char *name;
    enum dimension dimension;
} dimensions[] = {
    {"mass", DIM_MASS},   {"count", DIM_COUNT},         {"volume", DIM_VOLUME}, {"area", DIM_AREA},
    {"grade", DIM_GRADE}, {"container", DIM_CONTAINER}, {"money", DIM_MONEY},
};

static bool find_dimension(const char *name, enum dimension *dimension)
{
    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++)
        if (strcmp(dimensions[i].name, name) == 0) {
            *dimension = dimensions[i].dimension;
            return true;
        }
    return false;
}

static bool build_unit(struct building *b, const struct table *t, size_t row, struct unit *unit)
{
    const char *code = table_cell(t, row, table_column(t, "code"));
    const char *dimension = table_cell(t, row, table_column(t, "dimension"));
    const char *factor = table_cell(t, row, table_column(t, "factor"));
    if (!*code || lexicon_unit(b->lexicon, code))
        return build_fails(b, t, row, *code ? "code used twice:" : "no code", code);
    if (!find_dimension(dimension, &unit->dimension))
        return build_fails(b, t, row, "unknown dimension", dimension);
    if (!build_milli(factor, &unit->factor_milli))
        return build_fails(b, t, row, "not a factor:", factor);
    unit->code = build_copy(b, code);
    unit->base = build_copy(b, table_cell(t, row, table_column(t, "base")));
    unit->ambiguous = strcmp(table_cell(t, row, table_column(t, "ambiguous")), "y") == 0;
    if (unit->dimension == DIM_CONTAINER)
        unit->factor_milli = 0; /* a crate holds what it holds */
    build_names(b, t, row, unit->name);
    return true;
}

bool build_units(struct building *b)
{
    static const char *const columns[] = {"code",    "dimension", "base",      "name_vi", "name_km", "name_zh",
                                          "name_en", "aliases",   "ambiguous", "factor",  NULL};
    const struct table *t = b->tables->units;
    if (!build_columns(b, t, columns))
        return false;
    b->lexicon->units = arena_calloc(b->lexicon->arena, t->rows, sizeof *b->lexicon->units);
    for (size_t row = 0; row < t->rows; row++) {
        if (!build_unit(b, t, row, &b->lexicon->units[row]))
            return false;
        lexicon_code_add(b->lexicon, CODES_OF_UNITS, &b->lexicon->units[row]);
        b->lexicon->n_units++;
    }
    return true;
}

/* A bound of prices in whole đồng. */
static bool read_dong(const char *text, int64_t *dong)
{
    int64_t milli;
    if (!build_milli(text, &milli) || milli % 1000 != 0)
        return false;
    *dong = milli / 1000;
    return true;
}

/* "TRAI:2000-30000"; a part of another shape is a note and left out. */
static void build_alt_price(struct building *b, struct goods *goods, char *part)
{
    char *colon = strchr(part, ':'), *dash = colon ? strchr(colon, '-') : NULL;
    if (!dash || goods->n_alt == ALT_PRICES_MAX)
        return;
    *colon = *dash = '\0';
    struct alt_price alt = {.unit = lexicon_unit(b->lexicon, part)};
    if (alt.unit && read_dong(colon + 1, &alt.low) && read_dong(dash + 1, &alt.high))
        goods->alt[goods->n_alt++] = alt;
}

static void build_alt_prices(struct building *b, struct goods *goods, const char *cell)
{
    char *rest = arena_copy(b->scratch, slice_of(cell)), *part;
    while ((part = strsep(&rest, ";")))
        build_alt_price(b, goods, part);
}

static bool build_bounds(struct building *b, const struct table *t, size_t row, struct commodity *c)
{
    struct {
        const char *column;
        int64_t *value;
        bool dong;
    } bounds[] = {
        {"min_plausible_price", &c->price_min, true},
        {"max_plausible_price", &c->price_max, true},
        {"min_plausible_qty", &c->qty_min_milli, false},
        {"max_plausible_qty", &c->qty_max_milli, false},
    };
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        const char *text = table_cell(t, row, table_column(t, bounds[i].column));
        if (!(bounds[i].dong ? read_dong : build_milli)(text, bounds[i].value))
            return build_fails(b, t, row, "not a number:", text);
    }
    return true;
}

#define STANDS_DAYS_MAX 365

static bool build_days(struct building *b, const struct table *t, size_t row, struct commodity *c)
{
    const char *text = table_cell(t, row, table_column(t, "stands_days"));
    int64_t milli;
    if (!build_milli(text, &milli) || milli % 1000 != 0 || milli / 1000 > STANDS_DAYS_MAX)
        return build_fails(b, t, row, "not a number of days:", text);
    c->stands_days = (int)(milli / 1000);
    return true;
}

static bool build_commodity(struct building *b, const struct table *t, size_t row, struct goods *goods)
{
    struct commodity *c = &goods->shown;
    const char *code = table_cell(t, row, table_column(t, "code"));
    const char *unit = table_cell(t, row, table_column(t, "default_unit"));
    const char *price_unit = table_cell(t, row, table_column(t, "typical_price_unit"));
    if (!*code || lexicon_commodity(b->lexicon, code))
        return build_fails(b, t, row, *code ? "code used twice:" : "no code", code);
    c->code = build_copy(b, code);
    c->category = build_copy(b, table_cell(t, row, table_column(t, "category")));
    c->unit = lexicon_unit(b->lexicon, unit);
    c->price_unit = lexicon_unit(b->lexicon, price_unit);
    if (!c->unit || !c->price_unit)
        return build_fails(b, t, row, "unknown unit", c->unit ? price_unit : unit);
    goods->by_metre = strstr(table_cell(t, row, table_column(t, "attributes")), "size 1m") != NULL;
    goods->of_variety = strncmp(table_cell(t, row, table_column(t, "attributes")), "variety;", 8) == 0;
    goods->of_species = strcmp(table_cell(t, row, table_column(t, "attributes")), "species") == 0;
    goods->by_head = strcmp(c->category, "livestock") == 0;
    build_names(b, t, row, c->name);
    build_alt_prices(b, goods, table_cell(t, row, table_column(t, "alt_prices")));
    goods->sized = strstr(table_cell(t, row, table_column(t, "attributes")), "size") && c->unit->dimension == DIM_MASS;
    if (!build_bounds(b, t, row, c) || !build_days(b, t, row, c) || !build_briefs(b, t, row, c->name, c->brief))
        return false;
    for (int lang = 0; lang < LANG_COUNT; lang++) /* English writes proper names ("Monthong durian") as they are */
        if (lang != LANG_EN)
            c->brief[lang] = text_lower_first(b->lexicon->arena, slice_of(c->brief[lang]));
    return true;
}

static void inherit_days(struct lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->n_goods; i++) {
        struct commodity *c = &lexicon->goods[i].shown;
        for (const struct commodity *kind = c->parent; kind && !c->stands_days; kind = kind->parent)
            c->stands_days = kind->stands_days;
    }
}

/* Parents may stand after their children. */
static bool link_parents(struct building *b, const struct table *t)
{
    size_t column = table_column(t, "parent");
    for (size_t row = 0; row < t->rows; row++) {
        const char *code = table_cell(t, row, column);
        const struct commodity *parent = *code ? lexicon_commodity(b->lexicon, code) : NULL;
        if (*code && !parent)
            return build_fails(b, t, row, "unknown parent", code);
        b->lexicon->goods[row].shown.parent = parent;
        if (parent) /* every public commodity is the first member of its goods */
            b->lexicon->goods[(const struct goods *)parent - b->lexicon->goods].has_kinds = true;
        size_t steps = 0;
        for (const struct commodity *c = parent; c; c = c->parent)
            if (++steps > row + t->rows)
                return build_fails(b, t, row, "its parents run in a circle:", code);
    }
    inherit_days(b->lexicon);
    return true;
}

bool build_commodities(struct building *b)
{
    static const char *const columns[] = {"code",
                                          "parent",
                                          "category",
                                          "name_vi",
                                          "name_km",
                                          "name_zh",
                                          "name_en",
                                          "aliases",
                                          "aliases_foreign",
                                          "default_unit",
                                          "typical_price_unit",
                                          "min_plausible_price",
                                          "max_plausible_price",
                                          "min_plausible_qty",
                                          "max_plausible_qty",
                                          "attributes",
                                          "alt_prices",
                                          NULL};
    const struct table *t = b->tables->commodities;
    if (!build_columns(b, t, columns))
        return false;
    b->lexicon->goods = arena_calloc(b->lexicon->arena, t->rows, sizeof *b->lexicon->goods);
    for (size_t row = 0; row < t->rows; row++) {
        if (!build_commodity(b, t, row, &b->lexicon->goods[row]))
            return false;
        lexicon_code_add(b->lexicon, CODES_OF_GOODS, &b->lexicon->goods[row]);
        b->lexicon->n_goods++;
    }
    return link_parents(b, t);
}
