/* SPDX-License-Identifier: Apache-2.0 */
#include "db/alerts.h"

#include "db/alerts_add.h"
#include "db/array.h"
#include "db/batch.h"

#define SLICE 5000 /* rows forgotten by one statement */

static void read_posted(const PGresult *result, void *context)
{
    struct alert_row *rows = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        rows[row_i64(&row) - 1].posted = true;
    }
}

void alerts_add(struct db *db, struct alert_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    for (size_t i = 0; i < n; i++)
        rows[i].posted = false;
    PIPE(db, Q_ALERTS_POST, read_posted, rows, FIELD_I64(arena, rows, n, id), FIELD_I64(arena, rows, n, person_id),
         FIELD_TEXT(arena, rows, n, key), FIELD_TEXT(arena, rows, n, sender), FIELD_TEXT(arena, rows, n, body),
         FIELD_I64(arena, rows, n, coding), FIELD_I64(arena, rows, n, segments),
         FIELD_I64(arena, rows, n, not_before_us), FIELD_I64(arena, rows, n, cap), now);
}

enum db_status alerts_post(struct db *db, struct alert_row *rows, size_t n, int64_t now_us)
{
    if (n == 0)
        return DB_OK;
    if (n > ALERTS_MAX)
        return pg_fail(db, DB_REFUSED, "%zu alerts at once, %d are the most", n, ALERTS_MAX);
    enum db_status status = ids_reserve(db, n);
    if (status != DB_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        rows[i].id = ids_take(db);
    pipe_begin(db);
    alerts_add(db, rows, n, param_i64(db_scratch(db), now_us));
    return pipe_end(db);
}

enum db_status alerts_forget(struct db *db, int days, int64_t now_us, size_t *dropped_r)
{
    int64_t dropped = SLICE;
    enum db_status status = DB_OK;
    *dropped_r = 0;
    while (status == DB_OK && dropped == SLICE) {
        pipe_begin(db);
        struct arena *arena = db_scratch(db);
        PIPE(db, Q_ALERTS_FORGET, read_numbers, &dropped, param_i64(arena, now_us), param_i64(arena, days),
             param_i64(arena, SLICE));
        status = pipe_end(db);
        *dropped_r += status == DB_OK ? (size_t)dropped : 0;
    }
    return status;
}
