/* SPDX-License-Identifier: Apache-2.0
 *
 * Tells the owners of offers and requests that stand when something new fits them: a few times a day at most, and never
 * twice of the same pair (db/alerts.h).
 */
#ifndef SMSD_JOB_MATCHES_H
#define SMSD_JOB_MATCHES_H

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "smsd/conf/conf.h"

/* Reads the next events of listings; *told_r is how many alerts were posted. What another instance reads is left to it. */
enum db_status matches_run(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us, size_t *told_r);

#endif
