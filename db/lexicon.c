/* SPDX-License-Identifier: Apache-2.0 */
#include "db/lexicon.h"

#include "db/lexicon_read.h"
#include "db/pg.h"
#include "db/rows.h"

struct lexicon_reading {
    struct table_reading commodities, places, units, seasons, keywords;
};

static struct lexicon_reading reading_into(struct arena *arena)
{
    return (struct lexicon_reading){.commodities = {.arena = arena, .name = "commodities"},
                                    .places = {.arena = arena, .name = "places"},
                                    .units = {.arena = arena, .name = "units"},
                                    .seasons = {.arena = arena, .name = "seasons"},
                                    .keywords = {.arena = arena, .name = "keywords"}};
}

static void pipe_tables(struct db *db, struct lexicon_reading *reading)
{
    PIPE_PLAIN(db, Q_LEXICON_COMMODITIES, read_table, &reading->commodities);
    PIPE_PLAIN(db, Q_LEXICON_PLACES, read_table, &reading->places);
    PIPE_PLAIN(db, Q_LEXICON_UNITS, read_table, &reading->units);
    PIPE_PLAIN(db, Q_LEXICON_SEASONS, read_table, &reading->seasons);
    PIPE_PLAIN(db, Q_LEXICON_KEYWORDS, read_table, &reading->keywords);
}

static struct lexicon_tables tables_of(const struct lexicon_reading *reading)
{
    return (struct lexicon_tables){.commodities = reading->commodities.table,
                                   .places = reading->places.table,
                                   .units = reading->units.table,
                                   .seasons = reading->seasons.table,
                                   .keywords = reading->keywords.table};
}

enum db_status lexicon_read(struct db *db, struct arena *arena, struct lexicon_tables *tables_r)
{
    struct lexicon_reading reading = reading_into(arena);
    pipe_begin(db);
    pipe_tables(db, &reading);
    enum db_status status = pipe_end(db);
    *tables_r = tables_of(&reading);
    return status;
}

/* The version is read in the same snapshot as the tables: a lexicon is never taken for a newer one. */
enum db_status lexicon_load(struct db *db, struct arena *arena, struct lexicon_tables *tables_r, int64_t *version_r)
{
    struct lexicon_reading reading = reading_into(arena);
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN_STEADY, NULL, NULL);
    PIPE_PLAIN(db, Q_LEXICON_VERSION, read_numbers, version_r);
    pipe_tables(db, &reading);
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    enum db_status status = pipe_end(db);
    pg_rollback(db);
    if (status == DB_OK)
        *tables_r = tables_of(&reading);
    return status;
}

enum db_status lexicon_version(struct db *db, int64_t *version_r)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_LEXICON_VERSION, read_numbers, version_r);
    return pipe_end(db);
}

/* ---- files ---- */

const char *const lexicon_files[LEXICON_FILES] = {"units",    "commodities", "places", "seasons",
                                                  "keywords", "links",       "prices"};

static const enum query file_queries[LEXICON_FILES] = {Q_LEXICON_UNITS,   Q_LEXICON_COMMODITIES, Q_LEXICON_PLACES,
                                                       Q_LEXICON_SEASONS, Q_LEXICON_KEYWORDS,    Q_LEXICON_LINKS,
                                                       Q_LEXICON_PRICES};

enum db_status lexicon_export(struct db *db, struct arena *arena, const struct table *files_r[LEXICON_FILES])
{
    struct table_reading readings[LEXICON_FILES];
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN_STEADY, NULL, NULL);
    for (size_t i = 0; i < LEXICON_FILES; i++) {
        readings[i] = (struct table_reading){.arena = arena, .name = lexicon_files[i]};
        PIPE_PLAIN(db, file_queries[i], read_table, &readings[i]);
    }
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    enum db_status status = pipe_end(db);
    pg_rollback(db);
    for (size_t i = 0; status == DB_OK && i < LEXICON_FILES; i++)
        files_r[i] = readings[i].table;
    return status;
}
