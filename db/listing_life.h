/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of offers and bids, in a batch: statements for a pipe that db/batch.c begins and ends. For the modules
 * of db/ only.
 *
 * People name their listings by a number in their own list. The numbers last told hold for a month, also when a listing
 * of the list is gone: the same words brought again mean the same listing.
 */
#ifndef DB_LISTING_LIFE_H
#define DB_LISTING_LIFE_H

#include "db/batch.h"
#include "db/lookup.h"
#include "db/pg.h"

/* found[].own, and of them found[].listing by its number. Before listings_find: what is to be changed is locked. */
void own_listings_find(struct db *db, struct lookups *lookups);

void listings_change(struct db *db, const struct listing_change *rows, size_t n, const char *now);
void listing_deals_add(struct db *db, const struct listing_deal *rows, size_t n, const char *now);
void listing_lists_put(struct db *db, const struct listing_list *rows, size_t n, const char *now);

#endif
