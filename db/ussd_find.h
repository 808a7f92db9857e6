/* SPDX-License-Identifier: Apache-2.0
 *
 * USSD sessions in a batch: statements for a pipe that db/batch.c begins and ends; a batch without texts by USSD sends
 * none of them. For the modules of db/ only.
 */
#ifndef DB_USSD_FIND_H
#define DB_USSD_FIND_H

#include "db/lookup.h"
#include "db/people.h"
#include "db/pg.h"

/* The sessions of those who wrote by USSD. Must come after the locks. */
void ussd_sessions_read(struct db *db, struct meeting *meeting);

void ussd_sessions_put(struct db *db, const struct ussd_row *rows, size_t n, const char *now);

/* The lookups that want what is usual. */
void usual_find(struct db *db, struct lookups *lookups);

#endif
