/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock job of prices: what listings ask and got becomes reports, and what waits to be counted is counted
 * (db/price_feed.h, db/price_reports.h).
 */
#ifndef SMSD_JOB_PRICES_H
#define SMSD_JOB_PRICES_H

#include "db/conn.h"
#include "parsers/lexicon/lexicon.h"

/* All instances together count no more often, for each time a price changed kept answers are asked anew. A little less
 * than a minute, which is the job's period. */
#define PRICES_AT_MOST_EVERY_S 50

/* *read_r: reports that were read, old ones too; *counted_r: pairs of goods and day that were counted. */
enum db_status prices_run(struct db *db, const struct lexicon *lexicon, int64_t now_us, size_t *read_r,
                          size_t *counted_r);

#endif
