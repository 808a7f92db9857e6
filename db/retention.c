/* SPDX-License-Identifier: Apache-2.0 */
#include "db/retention.h"

#include "db/array.h"
#include "db/pg.h"

static enum db_status ask_number(struct db *db, enum query query, int64_t parameter, int64_t *number_r)
{
    *number_r = 0;
    pipe_begin(db);
    PIPE(db, query, read_numbers, number_r, param_i64(db_scratch(db), parameter));
    return pipe_end(db);
}

enum db_status retention_seen(struct db *db, int days, size_t *dropped_r)
{
    int64_t dropped;
    enum db_status status = ask_number(db, Q_RETENTION_SEEN, days, &dropped);
    *dropped_r = (size_t)dropped;
    return status;
}

enum db_status partitions_missing(struct db *db, int64_t now_us, int *missing_r)
{
    int64_t missing;
    enum db_status status = ask_number(db, Q_PARTITIONS_MISSING, now_us, &missing);
    *missing_r = (int)missing;
    return status;
}
