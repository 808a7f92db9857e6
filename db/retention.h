/* SPDX-License-Identifier: Apache-2.0
 *
 * What is not kept for ever, and what must be there before it is needed. For the daemon's clock jobs, and for
 * smsctl maintain.
 */
#ifndef DB_RETENTION_H
#define DB_RETENTION_H

#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"

/* Forgets Kannel ids older than `days`: 10,000 in a transaction so that locks stay short, a million at most in a call.
 * What was dropped before an error stays dropped, and counted. */
enum db_status retention_seen(struct db *db, int days, size_t *dropped_r);

/* Detaches and drops the months of inbound and outbox before the last `months` full ones, under the owner's role; the
 * present one is none of these. No text waits for it. It waits itself until whoever reads those tables has ended, a
 * backup say, and no longer than lock_timeout: then it is DB_BLOCKED, and the next call goes on where this one stopped.
 * What was dropped before an error stays dropped, and counted. */
enum db_status months_drop(struct db *db, int64_t now_us, int months, size_t *dropped_r);

/* What else goes after its days, under the owner's role. */
enum kept_thing {
    KEPT_BROADCASTS, /* who got a broadcast that is over */
    KEPT_CODES,    /* one-time codes that can do nothing any more */
    KEPT_DEAD,     /* dead letters */
    KEPT_DEALS,    /* proposed deals that are over */
    KEPT_DESK,     /* items of the desk that are over, with their answers */
    KEPT_LISTINGS, /* listings that stand no longer, with their history and sales */
    KEPT_RELAYS,   /* who passed words on, and when */
    KEPT_WORDS,    /* of a conversation: its open question, and what was answered last */
    KEPT_THINGS
};

extern const struct kept {
    const char *name;
    int least; /* days below which something else would miss it */
} kept_things[KEPT_THINGS];

/* Deletes what is older than days[thing]; 0 keeps for ever. What a text may be working on is left to the next call. What
 * was deleted before an error stays so, and counted. */
enum db_status retention_drop(struct db *db, int64_t now_us, const int days[KEPT_THINGS], size_t *deleted_r);

/* How many of the monthly partitions of inbound and outbox for this month and the next do not exist: each is an alarm,
 * for there is no default partition. */
enum db_status partitions_missing(struct db *db, int64_t now_us, int *missing_r);

#endif
