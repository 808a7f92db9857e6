/* SPDX-License-Identifier: Apache-2.0 */
#include "db/lexicon.h"

#include "db/pg.h"
#include "db/rows.h"

/* The version is read in the same snapshot as the tables: a lexicon is never taken for a newer one. */
enum db_status lexicon_load(struct db *db, struct arena *arena, struct lexicon_tables *tables_r, int64_t *version_r)
{
    struct table_reading commodities = {.arena = arena, .name = "commodities"},
                         places = {.arena = arena, .name = "places"}, units = {.arena = arena, .name = "units"},
                         seasons = {.arena = arena, .name = "seasons"}, keywords = {.arena = arena, .name = "keywords"};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN_STEADY, NULL, NULL);
    PIPE_PLAIN(db, Q_LEXICON_VERSION, read_numbers, version_r);
    PIPE_PLAIN(db, Q_LEXICON_COMMODITIES, read_table, &commodities);
    PIPE_PLAIN(db, Q_LEXICON_PLACES, read_table, &places);
    PIPE_PLAIN(db, Q_LEXICON_UNITS, read_table, &units);
    PIPE_PLAIN(db, Q_LEXICON_SEASONS, read_table, &seasons);
    PIPE_PLAIN(db, Q_LEXICON_KEYWORDS, read_table, &keywords);
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    enum db_status status = pipe_end(db);
    pg_rollback(db);
    if (status == DB_OK)
        *tables_r =
            (struct lexicon_tables){commodities.table, places.table, units.table, seasons.table, keywords.table};
    return status;
}

enum db_status lexicon_version(struct db *db, int64_t *version_r)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_LEXICON_VERSION, read_numbers, version_r);
    return pipe_end(db);
}
