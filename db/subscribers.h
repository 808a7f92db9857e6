/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is to be told what of the goods they subscribed to (DK LUA CAU KE): for the job that tells them, page by page.
 */
#ifndef DB_SUBSCRIBERS_H
#define DB_SUBSCRIBERS_H

#include <stddef.h>
#include <stdint.h>

#include "db/batch.h"
#include "db/conn.h"
#include "parsers/base/arena.h"

/* Subscriptions of a page: each may want two alerts. */
#define SUBSCRIBERS_MAX 256

/* One subscription that is in force. What was told already (alerts_told) is left out. */
struct subscriber {
    int64_t person_id;
    enum lang lang;
    struct subscription of;
    const char *price_key;     /* under which the price is told, a week long; NULL = none is to be told */
    struct price_group price;  /* without basis, median and week_before */
    const char *bulletin_key;  /* NULL = none is to be told */
    struct bulletin bulletin;
};

/* Where a page begins: behind this subscription; zeroed, at the first. */
struct subscribers_after {
    int64_t person_id;
    char commodity[64], place[64]; /* codes */
};

/* The next page in the arena; *after becomes its end, and the beginning again behind the last page. */
enum db_status subscribers_page(struct db *db, struct arena *arena, struct subscribers_after *after, int64_t now_us,
                                struct subscriber **rows_r, size_t *n_r);

#endif
