/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "db/array.h"
#include "db/lexicon.h"
#include "db/merge.h"
#include "db/pg.h"
#include "db/rows.h"

#define KEY_MAX 8
#define COLUMNS_MAX 32

static void close_kinds(struct db *db, const struct table *written);
static void close_areas(struct db *db, const struct table *written);
static void group_prices(struct db *db, const struct table *written);

/* A table that can be seeded: its three statements (db/queries), its key, and what follows from it. */
static const struct seed_table {
    const char *name;
    enum query current, offered, write;
    const char *key[KEY_MAX + 1];
    void (*follow)(struct db *db, const struct table *written); /* pipes statements; NULL = nothing follows */
} seed_tables[] = {
    {"commodities", Q_LEXICON_COMMODITIES, Q_SEEDED_COMMODITIES, Q_SEED_COMMODITIES, {"code"}, close_kinds},
    {"places", Q_LEXICON_PLACES, Q_SEEDED_PLACES, Q_SEED_PLACES, {"code"}, close_areas},
    {"units", Q_LEXICON_UNITS, Q_SEEDED_UNITS, Q_SEED_UNITS, {"code"}, NULL},
    {"seasons", Q_LEXICON_SEASONS, Q_SEEDED_SEASONS, Q_SEED_SEASONS, {"commodity_code", "season_code", "area"}, NULL},
    {"keywords", Q_LEXICON_KEYWORDS, Q_SEEDED_KEYWORDS, Q_SEED_KEYWORDS, {"keyword", "lang", "kind", "meaning"}, NULL},
    {"links", Q_LEXICON_LINKS, Q_SEEDED_LINKS, Q_SEED_LINKS, {"province_code", "linked_code"}, NULL},
    {"prices",
     Q_LEXICON_PRICES,
     Q_SEEDED_PRICES,
     Q_SEED_PRICES,
     {"date", "commodity_code", "place_code", "unit", "attrs", "basis", "price_vnd", "source_url"},
     group_prices},
};

static bool is_word_list(const char *column)
{
    static const char *const lists[] = {"aliases", "aliases_foreign", "aliases_ambiguous"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(column, lists[i]) == 0)
            return true;
    return false;
}

/* ---- one merge ---- */

struct merge {
    const struct seed_table *spec;
    const struct table *file;    /* theirs */
    const struct table *current; /* mine, in the columns of the database */
    const struct table *offered; /* base, row by row as current; NULL cells where nothing was offered */
    size_t in_file[COLUMNS_MAX]; /* the file's column for each of the database's */
    struct arena *arena;
    size_t *by_key;      /* rows of current, in the order of their keys */
    const char **keys;   /* the key of each row of current */
    const char **cells;  /* merged rows to write */
    const char **offers; /* what is offered with them, cell by cell */
    size_t n_writes;
    struct seed_count *count;
};

static const char *key_of(const struct merge *merge, const struct table *table, size_t row)
{
    const char *key = "";
    for (const char *const *column = merge->spec->key; *column; column++)
        key = arena_printf(merge->arena, "%s%s\t", key, table_cell(table, row, table_column(table, *column)));
    return key;
}

static int compare_rows(const void *a, const void *b, void *keys)
{
    const char *const *key = keys;
    return strcmp(key[*(const size_t *)a], key[*(const size_t *)b]);
}

static void index_current(struct merge *merge)
{
    size_t rows = merge->current->rows;
    merge->by_key = arena_calloc(merge->arena, rows, sizeof *merge->by_key);
    merge->keys = arena_calloc(merge->arena, rows, sizeof *merge->keys);
    for (size_t i = 0; i < rows; i++) {
        merge->by_key[i] = i;
        merge->keys[i] = key_of(merge, merge->current, i);
    }
    qsort_r(merge->by_key, rows, sizeof *merge->by_key, compare_rows, merge->keys);
}

#define NO_ROW ((size_t)-1)

static size_t find_current(const struct merge *merge, const char *key)
{
    size_t low = 0, high = merge->current->rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(merge->keys[merge->by_key[middle]], key);
        if (order == 0)
            return merge->by_key[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NO_ROW;
}

/* A cell of a row that is there: what to write, and whether anything about it is new. */
static const char *merge_cell(struct merge *merge, const char *column, const char *base, const char *mine,
                              const char *theirs, bool *taken)
{
    struct merged merged =
        is_word_list(column) ? merge_words(merge->arena, base, mine, theirs) : merge_value(base, mine, theirs);
    *taken |= merged.outcome == MERGE_TAKEN;
    merge->count->kept += merged.outcome == MERGE_KEPT;
    return merged.cell;
}

/* Merges a row of the file into the row at `at`; it is written when a cell or only what was offered is new. */
static void merge_row(struct merge *merge, size_t row, size_t at, const char **cells, const char **offers)
{
    size_t columns = merge->current->columns;
    bool taken = false, news = false;
    for (size_t i = 0; i < columns; i++) {
        const char *mine = merge->current->cells[at * columns + i], *base = merge->offered->cells[at * columns + i];
        cells[i] = mine;
        offers[i] = base;
        if (merge->in_file[i] == TABLE_NO_COLUMN)
            continue;
        offers[i] = table_cell(merge->file, row, merge->in_file[i]);
        cells[i] = merge_cell(merge, merge->current->head[i], base, mine, offers[i], &taken);
        news |= !base || strcmp(base, offers[i]) != 0;
    }
    merge->count->updated += taken;
    merge->count->unchanged += !taken;
    merge->n_writes += taken || news;
}

static void insert_row(struct merge *merge, size_t row, const char **cells, const char **offers)
{
    for (size_t i = 0; i < merge->current->columns; i++) {
        bool given = merge->in_file[i] != TABLE_NO_COLUMN;
        cells[i] = table_cell(merge->file, row, merge->in_file[i]);
        offers[i] = given ? cells[i] : NULL;
    }
    merge->count->inserted++;
    merge->n_writes++;
}

static void merge_rows(struct merge *merge)
{
    size_t columns = merge->current->columns;
    index_current(merge);
    merge->cells = arena_calloc(merge->arena, (merge->file->rows + 1) * columns, sizeof *merge->cells);
    merge->offers = arena_calloc(merge->arena, (merge->file->rows + 1) * columns, sizeof *merge->offers);
    for (size_t row = 0; row < merge->file->rows; row++) {
        const char **cells = merge->cells + merge->n_writes * columns;
        const char **offers = merge->offers + merge->n_writes * columns;
        size_t at = find_current(merge, key_of(merge, merge->file, row));
        if (at == NO_ROW)
            insert_row(merge, row, cells, offers);
        else
            merge_row(merge, row, at, cells, offers);
    }
}

/* ---- in and out ---- */

/* The file's column for each of the database's. An unknown one is refused rather than dropped: it would be lost at the
 * next export. */
static enum db_status match_columns(struct db *db, struct merge *merge)
{
    const struct table *file = merge->file, *current = merge->current;
    if (current->columns > COLUMNS_MAX - 2)
        abort();
    for (size_t i = 0; i < current->columns; i++)
        merge->in_file[i] = table_column(file, current->head[i]);
    for (size_t i = 0; i < file->columns; i++)
        if (table_column(current, file->head[i]) == TABLE_NO_COLUMN)
            return pg_fail(db, DB_REFUSED, "%s: the column %.40s is not known", file->name, file->head[i]);
    for (const char *const *key = merge->spec->key; *key; key++)
        if (table_column(file, *key) == TABLE_NO_COLUMN)
            return pg_fail(db, DB_REFUSED, "%s: the column %s is missing", file->name, *key);
    return DB_OK;
}

static enum db_status read_current(struct db *db, struct merge *merge)
{
    struct table_reading current = {.arena = merge->arena, .name = merge->spec->name};
    struct table_reading offered = {.arena = merge->arena, .name = merge->spec->name, .nulls = true};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN_STEADY, NULL, NULL);
    PIPE_PLAIN(db, merge->spec->current, read_table, &current);
    PIPE_PLAIN(db, merge->spec->offered, read_table, &offered);
    enum db_status status = pipe_end(db);
    merge->current = current.table;
    merge->offered = offered.table;
    return status;
}

static const char *column_of(struct arena *arena, const char *const *cells, size_t rows, size_t columns, size_t column)
{
    struct array array = array_begin(arena);
    for (size_t row = 0; row < rows; row++)
        array_text(&array, cells[row * columns + column]);
    return array_end(&array);
}

static const char *row_literal(struct arena *arena, const char *const *cells, size_t columns)
{
    struct array array = array_begin(arena);
    for (size_t i = 0; i < columns; i++)
        array_text(&array, cells[i]);
    return array_end(&array);
}

static enum db_status write_rows(struct db *db, const struct merge *merge)
{
    size_t columns = merge->current->columns;
    const char *values[COLUMNS_MAX];
    const struct table written = {merge->spec->name, columns, merge->n_writes, merge->current->head, merge->cells};
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    if (merge->n_writes) {
        struct array offered = array_begin(arena);
        for (size_t row = 0; row < merge->n_writes; row++)
            array_text(&offered, row_literal(arena, merge->offers + row * columns, columns));
        for (size_t i = 0; i < columns; i++)
            values[i] = column_of(arena, merge->cells, merge->n_writes, columns, i);
        values[columns] = array_end(&offered);
        values[columns + 1] = row_literal(arena, merge->current->head, columns);
        pipe_query(db, merge->spec->write, columns + 2, values, NULL, NULL);
        if (merge->spec->follow)
            merge->spec->follow(db, &written);
    }
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return pipe_end(db);
}

static enum db_status run_merge(struct db *db, struct merge *merge)
{
    enum db_status status = read_current(db, merge);
    if (status == DB_OK)
        status = match_columns(db, merge);
    if (status != DB_OK)
        return status;
    merge_rows(merge);
    return write_rows(db, merge);
}

enum db_status seed_merge(struct db *db, const struct table *table, struct seed_count *count_r)
{
    memset(count_r, 0, sizeof *count_r);
    const struct seed_table *spec = NULL;
    for (size_t i = 0; i < sizeof seed_tables / sizeof *seed_tables; i++)
        if (strcmp(seed_tables[i].name, table->name) == 0)
            spec = &seed_tables[i];
    if (!spec)
        return pg_fail(db, DB_REFUSED, "no table %.40s is seeded", table->name);
    struct arena *arena = arena_new(256 * 1024);
    struct merge merge = {.spec = spec, .file = table, .arena = arena, .count = count_r};
    enum db_status status = run_merge(db, &merge);
    pg_rollback(db);
    arena_free(&arena);
    return status;
}

/* ---- what follows ---- */

static void close_kinds(struct db *db, const struct table *written)
{
    (void)written;
    PIPE_PLAIN(db, Q_COMMODITY_KINDS_CLEAR, NULL, NULL);
    PIPE_PLAIN(db, Q_COMMODITY_KINDS_FILL, NULL, NULL);
}

static void close_areas(struct db *db, const struct table *written)
{
    (void)written;
    PIPE_PLAIN(db, Q_PLACE_AREAS_CLEAR, NULL, NULL);
    PIPE_PLAIN(db, Q_PLACE_AREAS_FILL, NULL, NULL);
}

/* Counts the groups of the days and commodities that were written again. */
static void group_prices(struct db *db, const struct table *written)
{
    struct arena *arena = db_scratch(db);
    const char *commodities =
        column_of(arena, written->cells, written->rows, written->columns, table_column(written, "commodity_code"));
    const char *days = column_of(arena, written->cells, written->rows, written->columns, table_column(written, "date"));
    PIPE(db, Q_PRICE_GROUPS_CLEAR, NULL, NULL, commodities, days);
    PIPE(db, Q_PRICE_GROUPS_FILL, NULL, NULL, commodities, days);
}
