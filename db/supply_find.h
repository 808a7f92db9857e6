/* SPDX-License-Identifier: Apache-2.0
 *
 * The supply that a batch asks for: a statement for a pipe that db/batch.c begins and ends. For the modules of db/ only.
 */
#ifndef DB_SUPPLY_FIND_H
#define DB_SUPPLY_FIND_H

#include "db/lookup.h"
#include "db/pg.h"

/* found[].supply of the lookups that want it. */
void supply_find(struct db *db, struct lookups *lookups);

#endif
