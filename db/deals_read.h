/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of deal_parties, and what a batch of texts reads and does of deals: statements for a pipe that db/batch.c begins
 * and ends. For the modules of db/ only.
 *
 * A batch holds the rows of both people of every deal that it looks up, as clearing does: so of two sides that answer
 * at the same time one sees what the other said, and a listing stays as it was read.
 */
#ifndef DB_DEALS_READ_H
#define DB_DEALS_READ_H

#include "db/deals.h"
#include "db/lookup.h"
#include "db/pg.h"

/* The columns in the order of clearing_parties. */
void deal_party_read(struct pg_row *row, struct arena *arena, struct deal_party *party);

/* The numbers whose deals are looked up, as a parameter; NULL when nobody's are. */
const char *deals_parties(struct db *db, const struct lookups *lookups);

/* found[].deals. */
void deals_find(struct db *db, struct lookups *lookups);

void deals_answer(struct db *db, const struct deal_answer *rows, size_t n, const char *now);

#endif
