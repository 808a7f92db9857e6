/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock job of subscriptions: who said DK LUA CAU KE hears the price there once a week, and each new forecast of the
 * officers once; never more than alerts allow (db/alerts.h).
 */
#ifndef SMSD_JOB_SUBSCRIBERS_H
#define SMSD_JOB_SUBSCRIBERS_H

#include "db/subscribers.h"
#include "smsd/job/alert.h"
#include "smsd/knowledge/knowledge.h"

/* One page of subscriptions; *told_r is how many alerts were posted. */
enum db_status subscribers_tell(struct db *db, struct arena *arena, const struct knowledge *knowledge,
                                const struct alert_rules *rules, struct subscribers_after *after, int64_t now_us,
                                size_t *told_r);

#endif
