/* SPDX-License-Identifier: Apache-2.0
 *
 * Forward-only migrations, compiled in from db/migrations/NNNN_name.sql. Run under the owner's role, one at a time in
 * the whole cluster (advisory lock), each in its own transaction, with a checksum so that an edited file is noticed.
 * Running again does nothing.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"

struct migration {
    int version;
    const char *name;
    const char *sql;
};

/* All of them, in order. */
const struct migration *migrations(size_t *count);

/* Brings the database up to date: whatever is missing, in the order of the numbers, also where a later one was there
 * first. *applied_r is how many were run. DB_REFUSED with a clear text when an applied one has
 * another checksum, or the database is ahead of this program. */
enum db_status migrate(struct db *db, size_t *applied_r);

/* The newest version applied before the first of ours that is missing; 0 for an empty database. The daemon refuses to
 * start on another than its own. */
enum db_status migrate_version(struct db *db, int *version_r);

/* Makes the monthly partitions of inbound and outbox from last month to three months ahead of now_us. Safe to re-run;
 * no text waits for it. */
enum db_status maintain_partitions(struct db *db, int64_t now_us, size_t *made_r);

#endif
