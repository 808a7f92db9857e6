/* SPDX-License-Identifier: Apache-2.0
 *
 * New and changed listings with those of the other side that may fit them, for a job that tells the owners of the latter.
 * matches_take leaves its transaction open, so that the alerts go with it: matches_done ends it, matches_undo undoes it.
 */
#ifndef DB_MATCHES_H
#define DB_MATCHES_H

#include "db/batch.h"

struct changed_listing {
    int64_t at_us; /* when */
    struct listing_facts is;
    size_t n_lots;
    const struct lot *lots; /* at most LOTS_FEW of the other side, the nearest and best */
};

/* Of a lot. */
struct match_owner {
    int64_t listing_id, created_us;
    enum lang lang;
};

struct match_news {
    size_t n; /* 0: nothing is new, or another instance is at it */
    struct changed_listing *changed;
    size_t n_owners;
    struct match_owner *owners; /* of the lots, those who did not say stop */
    bool taken;
    int64_t last, given;        /* for matches_done */
};

/* What the next `limit` events brought; strings in the arena. */
enum db_status matches_take(struct db *db, struct arena *arena, int limit, struct match_news *news_r);

enum db_status matches_done(struct db *db, const struct match_news *news);
void matches_undo(struct db *db);

#endif
