/* SPDX-License-Identifier: Apache-2.0
 *
 * What a batch asks of and leaves at the officers' desk: statements for a pipe that db/batch.c begins and ends. For the modules of
 * db/ only.
 */
#ifndef DB_DESK_ADD_H
#define DB_DESK_ADD_H

#include "db/lookup.h"
#include "db/pg.h"

/* found[].officer and found[].desk_item. */
void desk_find(struct db *db, struct lookups *lookups);

void desk_add(struct db *db, const struct desk_row *rows, size_t n, const char *now);
void desk_answers_add(struct db *db, const struct desk_answer_row *rows, size_t n, const char *now);

#endif
