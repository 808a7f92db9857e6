/* SPDX-License-Identifier: Apache-2.0
 *
 * One batch of texts, from their bytes to their committed answers. Pure but for the database calls it is given: it never
 * waits, retries or logs; the worker does.
 */
#ifndef SMSD_WORKER_BATCH_H
#define SMSD_WORKER_BATCH_H

#include "smsd/worker/turn.h"

struct batch {
    struct db *db;
    struct arena *arena;               /* reset by the caller before each batch */
    const struct knowledge *knowledge;
    const struct policy *policy;
    int64_t now_us;
    size_t n;
    struct envelope **envelopes;       /* n of them, each of another person */
    struct turn *turns;                /* made by batch_run */
};

/* Runs the batch and commits it: on DB_OK turns[i].reply is what envelopes[i] is answered. On any other status nothing
 * has happened (DB_AWAY: or everything has, and redoing finds it), and the transaction is over. */
enum db_status batch_run(struct batch *batch);

/* Lays the only text of the batch aside as a dead letter; its sender gets the honest sentence. */
enum db_status batch_bury(struct batch *batch, const char *reason);

#endif
