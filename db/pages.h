/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of other people's listings that are shown page by page, in a batch: statements for a pipe that db/batch.c
 * begins and ends. For the modules of db/ only.
 */
#ifndef DB_PAGES_H
#define DB_PAGES_H

#include "db/batch.h"
#include "db/lookup.h"
#include "db/pg.h"

/* found[].page and found[].newest of the lookups that want more. */
void pages_find(struct db *db, struct lookups *lookups);

/* Whoever has a newest listing now wants what lies on the other side of it: before kept_take. */
void pages_follow(struct lookups *lookups);

void pages_put(struct db *db, const struct page_row *rows, size_t n, const char *now);

#endif
