/* SPDX-License-Identifier: Apache-2.0 */
#include "db/seed_table.h"

#include <stdlib.h>
#include <string.h>

#include "db/array.h"
#include "db/merge.h"
#include "db/pg.h"
#include "db/rows.h"

#define KEY_MAX 8
#define COLUMNS_MAX 32

static void close_kinds(struct db *db, const struct table *touched);
static void close_areas(struct db *db, const struct table *touched);
static void group_prices(struct db *db, const struct table *touched);
static void remove_prices(struct db *db, const struct table *gone);

#define STATEMENTS(table) Q_LEXICON_##table, Q_SEEDED_##table, Q_SEED_##table

/* A table that can be seeded: its three statements (db/queries), its key, what follows from rows that were written or
 * removed, and how rows that left the file are removed. The last two pipe statements, NULL = none: without the last a
 * row stays when it leaves the file. */
static const struct seed_table {
    const char *name;
    enum query current, offered, write;
    const char *key[KEY_MAX + 1];
    void (*follow)(struct db *db, const struct table *touched);
    void (*remove)(struct db *db, const struct table *gone);
} seed_tables[] = {
    {"commodities", STATEMENTS(COMMODITIES), {"code"}, close_kinds, NULL},
    {"places", STATEMENTS(PLACES), {"code"}, close_areas, NULL},
    {"units", STATEMENTS(UNITS), {"code"}, NULL, NULL},
    {"seasons", STATEMENTS(SEASONS), {"commodity_code", "season_code", "area"}, NULL, NULL},
    {"keywords", STATEMENTS(KEYWORDS), {"keyword", "lang", "kind", "meaning"}, NULL, NULL},
    {"links", STATEMENTS(LINKS), {"province_code", "linked_code"}, NULL, NULL},
    {"prices",
     STATEMENTS(PRICES),
     {"date", "commodity_code", "place_code", "unit", "attrs", "basis", "price_vnd", "source_url"},
     group_prices,
     remove_prices},
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

struct index {
    const char **keys; /* of each row */
    size_t *rows, n;   /* in the order of their keys; of the same key, in the order of the table */
};

struct merge {
    const struct seed_table *spec;
    const struct table *file;    /* theirs */
    const struct table *current; /* mine, in the columns of the database */
    const struct table *offered; /* base, row by row as current; NULL cells where nothing was offered */
    size_t in_file[COLUMNS_MAX]; /* the file's column for each of the database's */
    struct arena *arena;
    struct index by_key; /* of current */
    bool *in_both;       /* which rows of current the file has */
    const char **cells;  /* merged rows to write, and after them those to remove */
    const char **offers; /* what is offered with the former, cell by cell */
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

/* Was the row of current offered by a seed, or did the desk add it? */
static bool was_offered(const struct merge *merge, size_t at)
{
    return table_cell(merge->offered, at, table_column(merge->offered, merge->spec->key[0])) != NULL;
}

/* Where rows leave with the file they are known by what was offered: a price is a part of its key, and one that the
 * desk corrected is still the file's row. */
static const char *key_of_current(const struct merge *merge, size_t at)
{
    bool as_offered = merge->spec->remove && was_offered(merge, at);
    return key_of(merge, as_offered ? merge->offered : merge->current, at);
}

static int compare_rows(const void *a, const void *b, void *keys)
{
    const char *const *key = keys;
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    int order = strcmp(key[left], key[right]);
    return order ? order : (left > right) - (left < right);
}

static struct index index_of(const struct merge *merge, size_t n, const char *(*key)(const struct merge *, size_t row))
{
    struct index index = {.n = n};
    index.rows = arena_calloc(merge->arena, n, sizeof *index.rows);
    index.keys = arena_calloc(merge->arena, n, sizeof *index.keys);
    for (size_t i = 0; i < n; i++) {
        index.rows[i] = i;
        index.keys[i] = key(merge, i);
    }
    qsort_r(index.rows, n, sizeof *index.rows, compare_rows, index.keys);
    return index;
}

#define NO_ROW ((size_t)-1)

static size_t find(const struct index *index, const char *key)
{
    size_t low = 0, high = index->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(index->keys[index->rows[middle]], key);
        if (order == 0)
            return index->rows[middle];
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

/* Rows that were offered, are as they were offered, and have left the file. */
static void remove_rows(struct merge *merge)
{
    size_t columns = merge->current->columns, size = columns * sizeof *merge->cells;
    for (size_t at = 0; at < merge->current->rows; at++) {
        bool changed = false;
        if (merge->in_both[at] || !was_offered(merge, at))
            continue;
        for (size_t i = at * columns; i < (at + 1) * columns; i++)
            changed |= merge->offered->cells[i] && strcmp(merge->offered->cells[i], merge->current->cells[i]) != 0;
        merge->count->kept += changed;
        if (!changed)
            memcpy(merge->cells + (merge->n_writes + merge->count->removed++) * columns,
                   merge->current->cells + at * columns, size);
    }
}

static void merge_rows(struct merge *merge)
{
    size_t columns = merge->current->columns, rows = merge->file->rows;
    merge->by_key = index_of(merge, merge->current->rows, key_of_current);
    merge->in_both = arena_calloc(merge->arena, merge->current->rows, sizeof *merge->in_both);
    merge->cells = arena_calloc(merge->arena, (rows + merge->current->rows) * columns, sizeof *merge->cells);
    merge->offers = arena_calloc(merge->arena, rows * columns, sizeof *merge->offers);
    for (size_t row = 0; row < rows; row++) {
        const char **cells = merge->cells + merge->n_writes * columns;
        const char **offers = merge->offers + merge->n_writes * columns;
        size_t at = find(&merge->by_key, key_of(merge, merge->file, row));
        if (at == NO_ROW) {
            insert_row(merge, row, cells, offers);
        } else {
            merge->in_both[at] = true;
            merge_row(merge, row, at, cells, offers);
        }
    }
    if (merge->spec->remove)
        remove_rows(merge);
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

static const char *key_of_file(const struct merge *merge, size_t row)
{
    return key_of(merge, merge->file, row);
}

/* Two rows of one key in a file: which of them was meant is not ours to say. */
static enum db_status check_keys(struct db *db, const struct merge *merge)
{
    struct index index = index_of(merge, merge->file->rows, key_of_file);
    for (size_t i = 1; i < index.n; i++) {
        size_t before = index.rows[i - 1], row = index.rows[i];
        if (strcmp(index.keys[before], index.keys[row]) == 0)
            return pg_fail(db, DB_REFUSED, "%s: line %zu has the key of line %zu", merge->file->name,
                           seed_line(merge->file, row), seed_line(merge->file, before));
    }
    return DB_OK;
}

static enum db_status read_current(struct db *db, struct merge *merge)
{
    struct table_reading current = {.arena = merge->arena, .name = merge->spec->name};
    struct table_reading offered = {.arena = merge->arena, .name = merge->spec->name, .nulls = true};
    pipe_begin(db);
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

static void write_rows(struct db *db, const struct merge *merge)
{
    size_t columns = merge->current->columns;
    const char *values[COLUMNS_MAX];
    struct arena *arena = db_scratch(db);
    struct array offered = array_begin(arena);
    for (size_t row = 0; row < merge->n_writes; row++)
        array_text(&offered, row_literal(arena, merge->offers + row * columns, columns));
    for (size_t i = 0; i < columns; i++)
        values[i] = column_of(arena, merge->cells, merge->n_writes, columns, i);
    values[columns] = array_end(&offered);
    values[columns + 1] = row_literal(arena, merge->current->head, columns);
    pipe_query(db, merge->spec->write, columns + 2, values, NULL, NULL);
}

static enum db_status write_all(struct db *db, const struct merge *merge)
{
    struct table touched = *merge->current, gone = *merge->current;
    gone.rows = merge->count->removed;
    gone.cells = merge->cells + merge->n_writes * gone.columns;
    touched.rows = merge->n_writes + gone.rows;
    touched.cells = merge->cells;
    if (!touched.rows)
        return DB_OK;
    pipe_begin(db);
    if (gone.rows)
        merge->spec->remove(db, &gone);
    if (merge->n_writes)
        write_rows(db, merge);
    if (merge->spec->follow)
        merge->spec->follow(db, &touched);
    return pipe_end(db);
}

static enum db_status run_merge(struct db *db, struct merge *merge)
{
    enum db_status status = read_current(db, merge);
    if (status == DB_OK)
        status = match_columns(db, merge);
    if (status == DB_OK)
        status = check_keys(db, merge);
    if (status != DB_OK)
        return status;
    merge_rows(merge);
    return write_all(db, merge);
}

size_t seed_line(const struct table *file, size_t row)
{
    return file->lines ? file->lines[row] : row + 1;
}

enum db_status seed_table_merge(struct db *db, const struct table *file, struct seed_count *count_r)
{
    const struct seed_table *spec = NULL;
    for (size_t i = 0; i < sizeof seed_tables / sizeof *seed_tables; i++)
        if (strcmp(seed_tables[i].name, file->name) == 0)
            spec = &seed_tables[i];
    if (!spec)
        return pg_fail(db, DB_REFUSED, "no table %.40s is seeded", file->name);
    struct arena *arena = arena_new(256 * 1024);
    struct merge merge = {.spec = spec, .file = file, .arena = arena, .count = count_r};
    *count_r = (struct seed_count){0};
    enum db_status status = run_merge(db, &merge);
    arena_free(&arena);
    return status;
}

/* ---- what follows ---- */

static void close_kinds(struct db *db, const struct table *touched)
{
    (void)touched;
    PIPE_PLAIN(db, Q_COMMODITY_KINDS_CLEAR, NULL, NULL);
    PIPE_PLAIN(db, Q_COMMODITY_KINDS_FILL, NULL, NULL);
}

static void close_areas(struct db *db, const struct table *touched)
{
    (void)touched;
    PIPE_PLAIN(db, Q_PLACE_AREAS_CLEAR, NULL, NULL);
    PIPE_PLAIN(db, Q_PLACE_AREAS_FILL, NULL, NULL);
    PIPE_PLAIN(db, Q_LISTINGS_AREAS, NULL, NULL);
    PIPE_PLAIN(db, Q_PRICE_NEWEST_FILL, NULL, NULL);
    PIPE_PLAIN(db, Q_PRICE_NEWEST_DROP, NULL, NULL);
}

/* Counts again the groups of the days and commodities that rows came to or left. */
static void group_prices(struct db *db, const struct table *touched)
{
    struct arena *arena = db_scratch(db);
    const char *commodities =
        column_of(arena, touched->cells, touched->rows, touched->columns, table_column(touched, "commodity_code"));
    const char *days = column_of(arena, touched->cells, touched->rows, touched->columns, table_column(touched, "date"));
    PIPE(db, Q_PRICE_GROUPS_COUNT, NULL, NULL, commodities, days);
}

static void remove_prices(struct db *db, const struct table *gone)
{
    static const char *const columns[] = {"date",  "commodity_code", "place_code", "unit",
                                          "attrs", "basis",          "price_vnd",  "source_url"};
    enum { N = sizeof columns / sizeof *columns };
    const char *values[N];
    for (size_t i = 0; i < N; i++)
        values[i] = column_of(db_scratch(db), gone->cells, gone->rows, gone->columns, table_column(gone, columns[i]));
    pipe_query(db, Q_PRICES_REMOVE, N, values, NULL, NULL);
}
