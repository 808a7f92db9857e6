/* SPDX-License-Identifier: Apache-2.0
 *
 * What is announced and wanted of goods, by area and week: counted by a job, so that an answer is one row.
 */
#ifndef DB_SUPPLY_H
#define DB_SUPPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "db/conn.h"

/* Counts the goods that were counted longest ago anew, in a transaction of its own; *counted_r is false when all were
 * counted within `every_us`. Any number of instances may call. */
enum db_status supply_count_next(struct db *db, int64_t every_us, int64_t now_us, bool *counted_r);

#endif
