/* SPDX-License-Identifier: Apache-2.0
 *
 * What listings ask and what their owners got becomes price reports, off the way of the texts: by the events of listings,
 * from where the last reader stopped.
 *
 * Ids of events are given out in one order and seen in another, as transactions end. So a reader notes the last id given
 * out and who was under way; the next one who finds all of those ended settles it, and reads what comes behind it once
 * more. Reports of the same listing and day are one, so reading twice changes nothing; killed in between, neither.
 */
#ifndef DB_PRICE_FEED_H
#define DB_PRICE_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "db/batch.h"
#include "db/conn.h"

/* What the lexicon says of a report: may put it into another unit, and may set its quarantine. */
typedef void price_judge(const void *context, struct price_report *report);

/* Reads at most some hundred thousand events in a call; *reports_r is how many reports they made, old ones too. One
 * instance at a time, and none when prices were counted (db/price_reports.h) less than every_us ago: then it is 0. */
enum db_status price_feed(struct db *db, int64_t now_us, int64_t every_us, price_judge *judge, const void *context,
                          size_t *reports_r);

#endif
