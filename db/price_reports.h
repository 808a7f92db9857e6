/* SPDX-License-Identifier: Apache-2.0
 *
 * From reports to prices. A report is what an officer, a bulletin, a closed deal or the ask of a listing says; it is
 * written at once, and counted later and many at a time (prices_count), so that the version answers are kept under
 * (db/kept.h) grows once a minute at most and a question for a price stays one indexed read.
 *
 *  - A group is of one commodity, variant, unit, basis, place and day. Asks and deals also stand in the groups of the
 *    areas around their place, up to the province, on the old map and the new.
 *  - Each person counts once a group, by the heaviest word and of those the newest: a hundred asks of one person are one.
 *  - An ask weighs 1, a deal 2, an officer, a bulletin or a seeded report 5 (price_weight). Median and the middle half are
 *    by weight. Less than 3 is no price: nobody makes one alone but officers and bulletins.
 *  - What its writer marked as implausible, and an ask or a deal far from what was counted around it in the last two weeks,
 *    is in quarantine: kept, with the reason, until an officer decides. Officers and bulletins are never judged by
 *    distance: that is how a real jump comes through.
 */
#ifndef DB_PRICE_REPORTS_H
#define DB_PRICE_REPORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/batch.h"
#include "db/conn.h"
#include "parsers/base/arena.h"

/* Counts what waits, some goods and days a transaction, at most a few hundred of these in a call; *counted_r is how many
 * of them. Several instances may call: one counts, the others return at once; none does when it was done less than
 * every_us ago. Killed in between, what was not counted waits on. */
enum db_status prices_count(struct db *db, int64_t now_us, int64_t every_us, size_t *counted_r);

/* A report in quarantine. */
struct price_quarantined {
    int64_t id;
    enum price_kind kind;
    day_t day;
    const char *commodity, *place, *unit, *size, *grade, *state;
    int64_t price;      /* đồng per unit */
    const char *reason; /* "implausible", "far" */
    int64_t person_id;  /* 0 = nobody's */
};

/* Those that nobody decided about, after the id `after`, oldest first; strings from the arena, room for `limit`. */
enum db_status prices_quarantined(struct db *db, struct arena *arena, int64_t after, size_t limit,
                                  struct price_quarantined *rows_r, size_t *n_r);

/* An officer's decision, for good. *found_r is false when it is not in quarantine or was decided about. */
enum db_status price_review(struct db *db, int64_t id, bool counts, int64_t now_us, bool *found_r);

#endif
