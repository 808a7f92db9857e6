/* SPDX-License-Identifier: Apache-2.0
 *
 * The bulletins of a batch: a statement for a pipe that db/batch.c begins and ends. For the modules of db/ only.
 */
#ifndef DB_BULLETINS_FIND_H
#define DB_BULLETINS_FIND_H

#include "db/lookup.h"
#include "db/pg.h"

/* found[].bulletin of the lookups that want one. */
void bulletins_find(struct db *db, struct lookups *lookups);

#endif
