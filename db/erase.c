/* SPDX-License-Identifier: Apache-2.0 */
#include "db/erase.h"

#include "db/array.h"
#include "db/erase_add.h"
#include "db/pg.h"

/* ---- in a batch ---- */

void erasures_add(struct db *db, const struct erasure_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_ERASE_BEGIN, NULL, NULL, FIELD_I64(arena, rows, n, person_id), FIELD_TEXT(arena, rows, n, digest),
         FIELD_TEXT(arena, rows, n, key_id), now);
}

void newcomers_suppress(struct db *db, const struct newcomer_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_NEWCOMERS_SUPPRESS, NULL, NULL, FIELD_I64(arena, rows, n, person_id), FIELD_TEXT(arena, rows, n, digest),
         now);
}

/* ---- alone ---- */

struct text_reading {
    struct arena *arena;
    const char *text; /* NULL = there is no row */
};

static void read_one_text(const PGresult *result, void *context)
{
    struct text_reading *reading = context;
    if (PQntuples(result) == 0)
        return;
    struct pg_row row = pg_row(result, 0);
    reading->text = row_text(&row, reading->arena);
}

enum db_status person_export(struct db *db, struct arena *arena, const char *msisdn, const char **json_r)
{
    struct text_reading reading = {.arena = arena};
    pipe_begin(db);
    PIPE(db, Q_PERSON_EXPORT, read_one_text, &reading, msisdn);
    enum db_status status = pipe_end(db);
    *json_r = reading.text;
    return status;
}

static void read_id(const PGresult *result, void *context)
{
    if (PQntuples(result))
        read_numbers(result, context);
}

static enum db_status begin_known(struct db *db, const struct erasure_row *row, int64_t now_us)
{
    pipe_begin(db);
    if (row->person_id)
        erasures_add(db, row, 1, param_i64(db_scratch(db), now_us));
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return pipe_end(db);
}

enum db_status erase_begin(struct db *db, const char *msisdn, const char *digest, const char *key_id, int64_t now_us,
                           bool *found_r)
{
    struct erasure_row row = {.digest = digest, .key_id = key_id};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_PERSON_ID, read_id, &row.person_id, msisdn);
    enum db_status status = pipe_end(db);
    if (status == DB_OK)
        status = begin_known(db, &row, now_us);
    if (status != DB_OK)
        pg_rollback(db);
    *found_r = row.person_id != 0;
    return status;
}

/* The statements of the second half, each a transaction of its own, so that no row is locked for longer than its own
 * statement takes. The people go last: what went before can be done again. */
static const enum query statements[] = {
    Q_ERASE_WORDS_PASSED_ON,  Q_ERASE_INBOUND,     Q_ERASE_OUTBOX,       Q_ERASE_SEEN,          Q_ERASE_DEAD_LETTERS,
    Q_ERASE_LISTINGS,         Q_ERASE_MENTIONS_IN, Q_ERASE_MENTIONS_OUT, Q_ERASE_MENTIONS_DEAD, Q_ERASE_MENTIONS_LAST,
    Q_ERASE_MENTIONS_ANSWERS, Q_ERASE_WORDS_ASKED, Q_ERASE_RECIPIENTS,   Q_ERASE_PEOPLE,
};
enum { STATEMENTS = sizeof statements / sizeof *statements };

static enum db_status take(struct db *db, int64_t *taken_r)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_ERASE_TAKE, read_numbers, taken_r);
    return pipe_end(db);
}

static enum db_status run(struct db *db, enum query query)
{
    pipe_begin(db);
    PIPE_PLAIN(db, query, NULL, NULL);
    return pipe_end(db);
}

enum db_status erase_finish(struct db *db, size_t *erased_r)
{
    int64_t taken = 0;
    enum db_status status = pg_script(db, "SET statement_timeout = 0"); /* each wait has lock_timeout */
    if (status == DB_OK)
        status = take(db, &taken);
    for (int i = 0; i < STATEMENTS && status == DB_OK && taken; i++)
        status = run(db, statements[i]);
    *erased_r = status == DB_OK ? (size_t)taken : 0;
    return status;
}
