/* SPDX-License-Identifier: Apache-2.0
 *
 * The merge of one file into its table, within the transaction that lexicon_seed opened. For the modules of db/ only.
 */
#ifndef DB_SEED_TABLE_H
#define DB_SEED_TABLE_H

#include <stddef.h>

#include "db/lexicon.h"

enum db_status seed_table_merge(struct db *db, const struct table *file, struct seed_count *count_r);

/* Where a row stands, for messages: its line, or its number from 1 when the table comes from no file. */
size_t seed_line(const struct table *file, size_t row);

#endif
