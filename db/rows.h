/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers as tables of text cells (parsers/base/table.h). For the modules of db/ only.
 */
#ifndef DB_ROWS_H
#define DB_ROWS_H

#include "db/pg.h"
#include "parsers/base/table.h"

/* What a table is read into; lives until the pipe's end. */
struct table_reading {
    struct arena *arena; /* of the table */
    const char *name;
    bool nulls; /* SQL's NULL as a NULL cell rather than "" */
    const struct table *table;
};

/* A pg_reader; context is a struct table_reading. */
void read_table(const PGresult *result, void *context);

#endif
