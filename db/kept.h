/* SPDX-License-Identifier: Apache-2.0
 *
 * Lookups that need not be asked again (db/answer_cache.h): prices, while neither they nor the lexicon nor the day change;
 * and for a minute the best lots of the other side, where one district has more than a few of them. Elsewhere each new lot counts, and they are looked up each time, which costs little as there are few.
 *
 * For the modules of db/ only.
 *
 * A batch reads the versions in its first pipe and then takes what is kept; the rest is asked in a second pipe, which a
 * batch that needs nothing more does not send.
 */
#ifndef DB_KEPT_H
#define DB_KEPT_H

#include "db/lookup.h"
#include "db/pg.h"

/* Asks what the answers of this batch are kept under. */
void kept_versions(struct db *db);

/* Fills found[] with what is kept and lists the rest in lookups->todo. */
void kept_take(struct db *db, struct lookups *lookups);

/* Keeps what was asked. */
void kept_put(struct db *db, const struct lookups *lookups);

/* The place a lookup is about: the one named, the person's own, or else home. */
const char *lookup_place(const struct lookups *lookups, const struct lookup *lookup);

#endif
