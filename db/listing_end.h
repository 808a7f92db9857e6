/* SPDX-License-Identifier: Apache-2.0
 *
 * Listings whose time runs out: for the clock job. Several instances may run it at once.
 */
#ifndef DB_LISTING_END_H
#define DB_LISTING_END_H

#include "db/batch.h"

/* Those whose last day was before this one expire, in slices; *expired_r is how many did. */
enum db_status listings_expire(struct db *db, day_t today, int64_t now_us, size_t *expired_r);

struct ending_listing {
    enum lang lang; /* its owner's */
    struct listing_facts is;
};

/* The listings that stand until this day, of the next `people` owners after a person (0 = the first), in the order of
 * their owners. Without owners who said stop or were told `key`. Strings in the arena; n_r 0 at the end. */
enum db_status listings_ending(struct db *db, struct arena *arena, day_t until, const char *key, int64_t after,
                               size_t people, struct ending_listing **listings_r, size_t *n_r);

#endif
