/* SPDX-License-Identifier: Apache-2.0 */
#include "db/again.h"

#include "db/array.h"
#include "db/pg.h"

enum db_status again_put(struct db *db, int64_t id, bool *done_r)
{
    int64_t count = 0;
    pipe_begin(db);
    PIPE(db, Q_AGAIN_PUT, read_numbers, &count, param_i64(db_scratch(db), id));
    enum db_status status = pipe_end(db);
    *done_r = status == DB_OK && count > 0;
    return status;
}

struct again_reading {
    struct arena *arena;
    struct again_letter *rows;
    size_t n;
};

static void read_letters(const PGresult *result, void *context)
{
    struct again_reading *reading = context;
    reading->n = (size_t)PQntuples(result);
    reading->rows = arena_calloc(reading->arena, reading->n, sizeof *reading->rows);
    for (size_t i = 0; i < reading->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct again_letter *letter = &reading->rows[i];
        letter->id = row_i64(&row);
        letter->kannel_id = row_text(&row, reading->arena);
        letter->msisdn = row_text(&row, reading->arena);
        letter->short_code = row_text(&row, reading->arena);
        letter->channel = row_char(&row) == 'u' ? CHANNEL_USSD : CHANNEL_SMS;
        letter->text = row_text(&row, reading->arena);
    }
}

enum db_status again_take(struct db *db, struct arena *arena, struct again_letter **rows_r, size_t *n_r)
{
    struct again_reading reading = {.arena = arena};
    pipe_begin(db);
    PIPE(db, Q_AGAIN_TAKE, read_letters, &reading, param_i64(db_scratch(db), AGAIN_MAX));
    enum db_status status = pipe_end(db);
    *rows_r = reading.rows;
    *n_r = status == DB_OK ? reading.n : 0;
    return status;
}

enum db_status again_end(struct db *db, const struct again_end *ends, size_t n)
{
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_AGAIN_END, NULL, NULL, FIELD_I64(arena, ends, n, id), FIELD_I64(arena, ends, n, outbox_id),
         FIELD_I64(arena, ends, n, outbox_created_us));
    return pipe_end(db);
}
