/* SPDX-License-Identifier: Apache-2.0
 *
 * Listings whose time runs out: their owners hear of it the day before, all of theirs in one text. The day after they
 * no longer stand (db/listing_end.h).
 */
#ifndef SMSD_JOB_EXPIRY_H
#define SMSD_JOB_EXPIRY_H

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "smsd/conf/conf.h"

/* Nobody is told in quiet hours: by morning they may have cancelled it. */
enum db_status expiry_tell(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us, size_t *told_r);

#endif
