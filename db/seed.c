/* SPDX-License-Identifier: Apache-2.0
 *
 * All files in one transaction. What would not build a lexicon here would not build one in the daemon, which would
 * then keep its old one and not start again: so it is built before the commit.
 */
#include <string.h>

#include "db/lexicon_read.h"
#include "db/pg.h"
#include "db/seed_table.h"
#include "parsers/read/reading.h"

/* ---- what points into the lexicon ---- */

typedef bool cell_check(const struct lexicon *lexicon, const char *cell);

static bool is_commodity(const struct lexicon *lexicon, const char *cell)
{
    return lexicon_commodity(lexicon, cell) != NULL;
}

static bool is_place(const struct lexicon *lexicon, const char *cell)
{
    return lexicon_place(lexicon, cell) != NULL;
}

static bool is_unit(const struct lexicon *lexicon, const char *cell)
{
    return lexicon_unit(lexicon, cell) != NULL;
}

static bool is_day(const struct lexicon *lexicon, const char *cell)
{
    day_t day;
    (void)lexicon;
    return day_parse_iso(cell, &day);
}

/* Whole đồng: digits alone, for a point may mean thousands or a fraction. */
static bool is_amount(const struct lexicon *lexicon, const char *cell)
{
    size_t digits = strspn(cell, "0123456789");
    (void)lexicon;
    return digits >= 1 && digits <= 15 && !cell[digits] && *cell != '0';
}

static bool is_amount_or_none(const struct lexicon *lexicon, const char *cell)
{
    return !*cell || is_amount(lexicon, cell);
}

static const struct {
    const char *table, *column;
    cell_check *fits;
    const char *problem;
} cell_checks[] = {
    {"links", "province_code", is_place, "unknown place"},
    {"links", "linked_code", is_place, "unknown place"},
    {"prices", "date", is_day, "not a date"},
    {"prices", "commodity_code", is_commodity, "unknown commodity"},
    {"prices", "place_code", is_place, "unknown place"},
    {"prices", "unit", is_unit, "unknown unit"},
    {"prices", "price_vnd", is_amount, "not an amount in whole dong"},
    {"prices", "price_low", is_amount_or_none, "not an amount in whole dong"},
    {"prices", "price_high", is_amount_or_none, "not an amount in whole dong"},
};
enum { N_CHECKS = sizeof cell_checks / sizeof *cell_checks };

/* Does the table name entries of the lexicon, without being a part of it? */
static bool is_of_facts(const struct table *file)
{
    bool found = false;
    for (size_t i = 0; i < N_CHECKS; i++)
        found |= strcmp(cell_checks[i].table, file->name) == 0;
    return found;
}

static enum db_status check_column(struct db *db, const struct lexicon *lexicon, const struct table *file, size_t check)
{
    size_t column = table_column(file, cell_checks[check].column);
    for (size_t row = 0; column != TABLE_NO_COLUMN && row < file->rows; row++) {
        const char *cell = table_cell(file, row, column);
        if (!cell_checks[check].fits(lexicon, cell))
            return pg_fail(db, DB_REFUSED, "%s: line %zu: %s: %s \"%.40s\"", file->name, seed_line(file, row),
                           cell_checks[check].column, cell_checks[check].problem, cell);
    }
    return DB_OK;
}

static enum db_status check_facts(struct db *db, const struct lexicon *lexicon, const struct table *file)
{
    enum db_status status = DB_OK;
    for (size_t i = 0; status == DB_OK && i < N_CHECKS; i++)
        if (strcmp(cell_checks[i].table, file->name) == 0)
            status = check_column(db, lexicon, file, i);
    return status;
}

/* ---- the whole ---- */

struct seeding {
    struct db *db;
    const struct table *const *files;
    size_t n;
    struct seed_count *counts;
};

static enum db_status seed_words(const struct seeding *seeding)
{
    enum db_status status = DB_OK;
    for (size_t i = 0; status == DB_OK && i < seeding->n; i++)
        if (!is_of_facts(seeding->files[i]))
            status = seed_table_merge(seeding->db, seeding->files[i], &seeding->counts[i]);
    return status;
}

static enum db_status seed_facts(const struct seeding *seeding, const struct lexicon *lexicon)
{
    enum db_status status = DB_OK;
    for (size_t i = 0; status == DB_OK && i < seeding->n; i++) {
        if (!is_of_facts(seeding->files[i]))
            continue;
        status = check_facts(seeding->db, lexicon, seeding->files[i]);
        if (status == DB_OK)
            status = seed_table_merge(seeding->db, seeding->files[i], &seeding->counts[i]);
    }
    return status;
}

/* The lexicon of the tables as they are now, with the reader that goes with it; *lexicon_r is freed by the caller. */
static enum db_status build_merged(struct db *db, struct arena *arena, struct lexicon **lexicon_r)
{
    struct lexicon_tables tables;
    const char *error;
    enum db_status status = lexicon_read(db, arena, &tables);
    if (status != DB_OK)
        return status;
    *lexicon_r = lexicon_build(&tables, arena, &error);
    struct reader *reader = *lexicon_r ? reader_new(*lexicon_r, &error) : NULL;
    if (!reader)
        return pg_fail(db, DB_REFUSED, "%s", error);
    reader_free(&reader);
    return DB_OK;
}

static enum db_status seed_all(const struct seeding *seeding, struct arena *arena, struct lexicon **lexicon)
{
    enum db_status status = seed_words(seeding);
    if (status == DB_OK)
        status = build_merged(seeding->db, arena, lexicon);
    return status == DB_OK ? seed_facts(seeding, *lexicon) : status;
}

static enum db_status run(struct db *db, enum query query)
{
    pipe_begin(db);
    PIPE_PLAIN(db, query, NULL, NULL);
    return pipe_end(db);
}

enum db_status lexicon_seed(struct db *db, const struct table *const *files, size_t n, struct seed_count *counts_r)
{
    const struct seeding seeding = {db, files, n, counts_r};
    struct arena *arena = arena_new(256 * 1024);
    struct lexicon *lexicon = NULL;
    enum db_status status = run(db, Q_BEGIN_STEADY);
    if (status == DB_OK)
        status = run(db, Q_SEED_ALONE);
    if (status == DB_OK)
        status = seed_all(&seeding, arena, &lexicon);
    if (status == DB_OK)
        status = run(db, Q_COMMIT);
    pg_rollback(db);
    lexicon_free(&lexicon);
    arena_free(&arena);
    return status;
}
