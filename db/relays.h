/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that are passed on between two people, in a batch: statements for a pipe that db/batch.c begins and ends. For
 * the modules of db/ only.
 */
#ifndef DB_RELAYS_H
#define DB_RELAYS_H

#include "db/batch.h"
#include "db/lookup.h"
#include "db/pg.h"

/* found[].relay */
void relays_find(struct db *db, struct lookups *lookups);

void relays_put(struct db *db, const struct relay_row *rows, size_t n, const char *now);

#endif
