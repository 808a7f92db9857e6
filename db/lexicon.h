/* SPDX-License-Identifier: Apache-2.0
 *
 * The lexicon's truth: the tables commodities, places, units, seasons, keywords, prices and links in PostgreSQL, and
 * the merge of the province's TSV files into them.
 */
#ifndef DB_LEXICON_H
#define DB_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "parsers/base/table.h"
#include "parsers/lexicon/lexicon.h"

/* Reads the five tables as text, in the columns of the TSV files, with the version they have. */
enum db_status lexicon_load(struct db *db, struct arena *arena, struct lexicon_tables *tables_r, int64_t *version_r);

/* The files of the province, in the order in which one needs the other. */
#define LEXICON_FILES 7
extern const char *const lexicon_files[LEXICON_FILES];

/* Reads all of them, in one snapshot, as they would have to be for a seed to make the tables as they are: in the order in
 * which rows came, those that people added last. */
enum db_status lexicon_export(struct db *db, struct arena *arena, const struct table *files_r[LEXICON_FILES]);

/* The version that is current in the database: changes whenever a table of the lexicon does. */
enum db_status lexicon_version(struct db *db, int64_t *version_r);

struct seed_count {
    size_t inserted, updated, unchanged;
    size_t kept;    /* rows or cells the desk changed, left as they are */
    size_t removed; /* prices that left the file */
};

/* Merges the province's files ("units", "commodities", "places", "seasons", "keywords", "links", "prices"; any of
 * them, in any order), each by its key, all in one transaction. A three-way merge: a cell that still is what the last
 * seed wrote takes the new value; one that the desk changed stays; lists of aliases merge word by word; rows the desk
 * added stay. A price that left the file is removed unless the desk changed it. Before the commit the lexicon is built
 * of the merged tables: DB_REFUSED when it cannot be, or when a row of a file is wrong; the error names table and line
 * (of the merged tables: the row), and nothing was changed. counts_r has n places, one a file. */
enum db_status lexicon_seed(struct db *db, const struct table *const *files, size_t n, struct seed_count *counts_r);

#endif
