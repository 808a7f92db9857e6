/* SPDX-License-Identifier: Apache-2.0
 *
 * Listings whose time runs out: for the clock job. Several instances may run it at once.
 */
#ifndef DB_LISTING_END_H
#define DB_LISTING_END_H

#include "db/batch.h"

/* Some hundred at most of those whose last day was before this one expire; *expired_r is how many did, 0 when none is
 * left that nobody else is at. */
enum db_status listings_expire(struct db *db, day_t today, int64_t now_us, size_t *expired_r);

struct ending_listing {
    enum lang lang; /* its owner's */
    struct listing_facts is;
};

/* The listings that stand until this day, of so many owners at most who were not told `key` and did not say stop, in
 * the order of their owners. Strings in the arena. */
enum db_status listings_ending(struct db *db, struct arena *arena, day_t until, const char *key, size_t people,
                               struct ending_listing **listings_r, size_t *n_r);

#endif
