/* SPDX-License-Identifier: Apache-2.0
 *
 * Offers and bids in a batch: statements for a pipe that db/batch.c begins and ends. For the modules of db/ only.
 */
#ifndef DB_LISTINGS_H
#define DB_LISTINGS_H

#include "db/batch.h"
#include "db/lookup.h"
#include "db/pg.h"

/* found[].lots of lookups->todo[KEPT_LOTS]. */
void listings_lots(struct db *db, struct lookups *lookups);

/* found[].listing by its code, and found[].repeat. */
void listings_find(struct db *db, struct lookups *lookups);

/* The columns of a listing, from its id on, as the statements of the listings list them. */
struct listing_facts listing_read(struct pg_row *row, struct arena *arena);

/* "open"; as the database writes it. */
const char *listing_state_name(enum listing_state state);

/* found[].phone of the lookups that want it. */
void listings_phones(struct db *db, struct lookups *lookups);

void listings_add(struct db *db, const struct listing_row *rows, size_t n, const char *now);

#endif
