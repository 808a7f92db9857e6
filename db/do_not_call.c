/* SPDX-License-Identifier: Apache-2.0 */
#include "db/do_not_call.h"

#include "db/array.h"
#include "db/pg.h"

/* After an error nothing of it stands. */
static enum db_status ended(struct db *db)
{
    enum db_status status = pipe_end(db);
    if (status != DB_OK)
        pg_rollback(db);
    return status;
}

enum db_status do_not_call_begin(struct db *db)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE_PLAIN(db, Q_DO_NOT_CALL_CLEAR, NULL, NULL);
    return ended(db);
}

enum db_status do_not_call_add(struct db *db, char (*numbers)[MSISDN_MAX], size_t n)
{
    pipe_begin(db);
    struct array list = array_begin(db_scratch(db));
    for (size_t i = 0; i < n; i++)
        array_text(&list, numbers[i]);
    PIPE(db, Q_DO_NOT_CALL_ADD, NULL, NULL, array_end(&list));
    return ended(db);
}

enum db_status do_not_call_end(struct db *db, int64_t *count_r)
{
    *count_r = 0;
    pipe_begin(db);
    PIPE_PLAIN(db, Q_DO_NOT_CALL_COUNT, read_numbers, count_r);
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return ended(db);
}
