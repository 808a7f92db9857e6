/* SPDX-License-Identifier: Apache-2.0
 *
 * Broadcasts in a batch: statements for a pipe that db/batch.c begins and ends; a batch without an officer's LOA or
 * DUYET does without them. For the modules of db/ only.
 */
#ifndef DB_BROADCASTS_ADD_H
#define DB_BROADCASTS_ADD_H

#include "db/lookup.h"
#include "db/pg.h"

/* found[].broadcast of the lookups that want one. */
void broadcasts_find(struct db *db, struct lookups *lookups);

void broadcasts_put(struct db *db, const struct broadcast_row *rows, size_t n, const char *now, pg_reader *reader,
                    void *context);
void broadcasts_approve(struct db *db, const struct broadcast_approval *rows, size_t n);

#endif
