/* SPDX-License-Identifier: Apache-2.0
 *
 * Offers and bids in a batch: statements for a pipe that db/batch.c begins and ends. For the modules of db/ only.
 */
#ifndef DB_LISTINGS_H
#define DB_LISTINGS_H

#include "db/batch.h"
#include "db/lookup.h"
#include "db/pg.h"

/* found[].others of lookups->todo[KEPT_COUNTS]. */
void listings_count(struct db *db, struct lookups *lookups);

/* found[].listing and found[].repeat. */
void listings_find(struct db *db, struct lookups *lookups);

void listings_add(struct db *db, const struct listing_row *rows, size_t n, const char *now);
void listings_cancel(struct db *db, const struct listing_cancel *rows, size_t n, const char *now);

#endif
