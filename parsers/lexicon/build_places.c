/* SPDX-License-Identifier: Apache-2.0
 *
 * Places and seasons out of their tables. */
#include <stdio.h>
#include <string.h>

#include "parsers/lexicon/lexicon_p.h"

#define PLACE_DEPTH_MAX 16 /* parents and successors on one way up; more is a circle */

static const char *const levels[] = {
    [PLACE_COUNTRY] = "country",   [PLACE_REGION] = "region",   [PLACE_PROVINCE] = "province",
    [PLACE_DISTRICT] = "district", [PLACE_COMMUNE] = "commune", [PLACE_MARKET] = "market",
};

static bool find_level(const char *name, enum place_level *level)
{
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(levels[i], name) == 0) {
            *level = (enum place_level)i;
            return true;
        }
    return false;
}

static bool read_day(const char *text, day_t *day)
{
    *day = DAY_NONE;
    return !*text || day_parse_iso(text, day);
}

static bool build_place(struct building *b, const struct table *t, size_t row, struct place *place)
{
    const char *code = table_cell(t, row, table_column(t, "code"));
    const char *level = table_cell(t, row, table_column(t, "level"));
    const char *from = table_cell(t, row, table_column(t, "valid_from"));
    const char *to = table_cell(t, row, table_column(t, "valid_to"));
    if (!*code || lexicon_place(b->lexicon, code))
        return build_fails(b, t, row, *code ? "code used twice:" : "no code", code);
    if (!find_level(level, &place->level))
        return build_fails(b, t, row, "unknown level", level);
    if (!read_day(from, &place->valid_from) || !read_day(to, &place->valid_to))
        return build_fails(b, t, row, "not a date:", place->valid_from == DAY_NONE ? from : to);
    place->code = build_copy(b, code);
    build_names(b, t, row, place->name);
    return build_briefs(b, t, row, place->name, place->brief);
}

static bool link_successors(struct building *b, const struct table *t, size_t row, const char *cell)
{
    struct place *place = &b->lexicon->places[row];
    char *rest = arena_copy(b->scratch, slice_of(cell)), *code;
    const struct place **list = arena_calloc(b->lexicon->arena, strlen(cell) / 2 + 1, sizeof *list);
    while (*cell && (code = strsep(&rest, ";"))) {
        const struct place *next = lexicon_place(b->lexicon, code);
        if (!next || next == place)
            return build_fails(b, t, row, "unknown successor", code);
        list[place->n_successors++] = next;
    }
    place->successors = list;
    place->successor = list[0];
    return true;
}

static bool link_place(struct building *b, const struct table *t, size_t row)
{
    const char *parent = table_cell(t, row, table_column(t, "parent_code"));
    struct place *place = &b->lexicon->places[row];
    place->parent = lexicon_place(b->lexicon, parent);
    if (*parent && (!place->parent || place->parent == place))
        return build_fails(b, t, row, "unknown parent", parent);
    return link_successors(b, t, row, table_cell(t, row, table_column(t, "successor_code")));
}

/* Does every way up by parents and successors end? */
static bool ends(const struct place *place, int depth)
{
    if (!place)
        return true;
    if (depth > PLACE_DEPTH_MAX || !ends(place->parent, depth + 1))
        return false;
    for (size_t i = 0; i < place->n_successors; i++)
        if (!ends(place->successors[i], depth + 1))
            return false;
    return true;
}

bool build_places(struct building *b)
{
    static const char *const columns[] = {"code",    "parent_code",       "level",          "name_vi",
                                          "name_km", "aliases",           "valid_from",     "valid_to",
                                          "name_zh", "aliases_ambiguous", "successor_code", NULL};
    const struct table *t = b->tables->places;
    if (!build_columns(b, t, columns))
        return false;
    b->lexicon->places = arena_calloc(b->lexicon->arena, t->rows, sizeof *b->lexicon->places);
    for (size_t row = 0; row < t->rows; row++) {
        if (!build_place(b, t, row, &b->lexicon->places[row]))
            return false;
        lexicon_code_add(b->lexicon, CODES_OF_PLACES, &b->lexicon->places[row]);
        b->lexicon->n_places++;
    }
    for (size_t row = 0; row < t->rows; row++)
        if (!link_place(b, t, row))
            return false;
    for (size_t row = 0; row < t->rows; row++)
        if (!ends(&b->lexicon->places[row], 0))
            return build_fails(b, t, row, "its parents or successors run in a circle:", b->lexicon->places[row].code);
    return true;
}

/* "10-16" is 1016; "" is 0. */
static bool read_month_day(const char *text, int *value)
{
    int month, day, end = 0;
    *value = 0;
    if (!*text)
        return true;
    if (sscanf(text, "%2d-%2d%n", &month, &day, &end) != 2 || text[end] || !day_valid(2000, month, day))
        return false;
    *value = month * 100 + day;
    return true;
}

static bool build_season(struct building *b, const struct table *t, size_t row, struct season *season)
{
    struct {
        const char *column;
        int *value;
    } dates[] = {
        {"sow_from", &season->sow_from},
        {"sow_to", &season->sow_to},
        {"harvest_from", &season->harvest_from},
        {"harvest_to", &season->harvest_to},
    };
    const char *code = table_cell(t, row, table_column(t, "commodity_code"));
    const char *area = table_cell(t, row, table_column(t, "area"));
    season->commodity = lexicon_commodity(b->lexicon, code);
    season->area = lexicon_place(b->lexicon, area);
    if (!season->commodity || (*area && !season->area))
        return build_fails(b, t, row, "unknown", season->commodity ? area : code);
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        const char *text = table_cell(t, row, table_column(t, dates[i].column));
        if (!read_month_day(text, dates[i].value))
            return build_fails(b, t, row, "not a month and day:", text);
    }
    season->code = build_copy(b, table_cell(t, row, table_column(t, "season_code")));
    season->advice = build_copy(b, table_cell(t, row, table_column(t, "advice_key")));
    const char *vi = build_copy(b, table_cell(t, row, table_column(t, "season_vi")));
    const char *en = table_cell(t, row, table_column(t, "season_en"));
    for (int lang = 0; lang < LANG_COUNT; lang++)
        season->name[lang] = lang == LANG_EN && *en ? build_copy(b, en) : vi;
    return true;
}

/* Seasons of one commodity must lie side by side: lexicon_seasons hands out a slice of the array. */
bool build_seasons(struct building *b)
{
    static const char *const columns[] = {"commodity_code", "season_code", "season_vi", "season_en",
                                          "area",           "sow_from",    "sow_to",    "harvest_from",
                                          "harvest_to",     "advice_key",  NULL};
    const struct table *t = b->tables->seasons;
    struct lexicon *lexicon = b->lexicon;
    if (!build_columns(b, t, columns))
        return false;
    struct season *all = arena_calloc(b->scratch, t->rows, sizeof *all);
    for (size_t row = 0; row < t->rows; row++)
        if (!build_season(b, t, row, &all[row]))
            return false;
    lexicon->seasons = arena_calloc(lexicon->arena, t->rows, sizeof *lexicon->seasons);
    for (size_t c = 0; c < lexicon->n_goods; c++)
        for (size_t row = 0; row < t->rows; row++)
            if (all[row].commodity == &lexicon->goods[c].shown)
                lexicon->seasons[lexicon->n_seasons++] = all[row];
    return true;
}
