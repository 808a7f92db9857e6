/* SPDX-License-Identifier: Apache-2.0
 *
 * Broadcasts as a clock job: begins those that are new, finds their recipients slice by slice, keeps some seconds'
 * worth of texts in the outbox and no more, so that a reply never waits behind a hundred thousand of them, and stops at
 * the end of the day's hours. All it knows stands in rows: whoever comes after a crash goes on from there.
 */
#ifndef SMSD_BROADCAST_RUN_H
#define SMSD_BROADCAST_RUN_H

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "smsd/conf/conf.h"

/* One round. *fed_r is how many texts went into the outbox: the sender may have been waiting for them. */
enum db_status broadcasts_run(struct db *db, const struct conf *conf, int64_t now_us, size_t *fed_r);

/* Asks the coordinators about those that need one. */
enum db_status broadcasts_ask(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us);

#endif
