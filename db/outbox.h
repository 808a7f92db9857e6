/* SPDX-License-Identifier: Apache-2.0
 *
 * The queue of texts to send: queued -> sending -> sent -> delivered | failed, or expired, handed, uncertain
 * (DESIGN of the project: ARCHITECTURE.md, "Outbound"). One claim belongs to one sender until it is settled or its
 * lease runs out. What may or may not have gone out, as its sender died or had no answer, becomes `uncertain`; but a
 * reply is queued again until it was tried three times.
 */
#ifndef DB_OUTBOX_H
#define DB_OUTBOX_H

#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "db/batch.h"

/* The states, in the order of a text's life; ended by NULL. */
extern const char *const outbox_states[];

struct outbox_claim {
    int64_t id, created_us; /* the key: created_us finds the partition */
    const char *msisdn, *sender, *body;
    int coding, segments, attempts;
    enum outbox_kind kind;
};

/* Claims up to `limit` rows that are due, replies first, then by age (FOR UPDATE SKIP LOCKED), and marks them sending,
 * attempts + 1, leased for lease_s seconds. Strings in the arena. */
enum db_status outbox_claim(struct db *db, struct arena *arena, int limit, int lease_s, struct outbox_claim *claims_r,
                            size_t *n_r);

enum send_result {
    SEND_ACCEPTED,  /* sent: Kannel took it */
    SEND_RETRY,     /* queued again, not before retry_us */
    SEND_FAILED,    /* refused for good */
    SEND_UNCERTAIN  /* no answer in time: it may be on its way; see the head of this file */
};

struct outbox_result {
    int64_t id, created_us;
    enum send_result result;
    int64_t retry_us;
    const char *detail; /* short, for the operator: "403", "timeout"; no numbers, no texts */
};

enum db_status outbox_settle(struct db *db, const struct outbox_result *results, size_t n);

/* Delivery reports. `dlr` is Kannel's value: 1 delivered, 2 failed, 4 buffered, 8 accepted, 16 refused. */
struct dlr {
    int64_t id, created_us;
    int dlr;
    int64_t at_us;
};

/* Applies reports to rows; a report never takes back a final state. *matched is the number of rows found. */
enum db_status outbox_dlr(struct db *db, const struct dlr *reports, size_t n, size_t *matched);

/* Leases that ran out (see the head of this file), and replies that waited in vain for a day: expired. Returns
 * counts. */
enum db_status outbox_reclaim(struct db *db, size_t *requeued, size_t *uncertain, size_t *expired);

/* Rows waiting (queued or sending), and the age of the oldest due one in seconds. For /metrics. */
enum db_status outbox_backlog(struct db *db, int64_t *waiting, int64_t *oldest_s);

#endif
