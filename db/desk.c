/* SPDX-License-Identifier: Apache-2.0 */
#include "db/desk.h"

#include "db/array.h"
#include "db/desk_add.h"
#include "db/outbox_add.h"
#include "db/pg.h"

void desk_add(struct db *db, const struct desk_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_DESK_ADD, NULL, NULL, FIELD_I64(arena, rows, n, person_id), FIELD_I64(arena, rows, n, inbound_id),
         FIELD_TEXT(arena, rows, n, reason), FIELD_TEXT(arena, rows, n, place), FIELD_TEXT(arena, rows, n, commodity),
         now);
}

static void put_answers(struct db *db, const struct desk_answer_row *rows, size_t n, const char *now,
                        pg_reader *reader, void *context)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_DESK_ANSWER, reader, context, FIELD_I64(arena, rows, n, desk_id), FIELD_ID(arena, rows, n, officer_id),
         FIELD_TEXT(arena, rows, n, words), now);
}

void desk_answers_add(struct db *db, const struct desk_answer_row *rows, size_t n, const char *now)
{
    put_answers(db, rows, n, now, NULL, NULL);
}

static void read_found(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        found->officer = row_bool(&row);
        found->desk_item = row_bool(&row);
        found->desk_price = row_bool(&row);
    }
}

void desk_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), item = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->officer)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_i64(&item, lookup->desk_item);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_DESK_FIND, read_found, lookups, array_end(&n), array_end(&msisdn), array_end(&item));
}

/* ---- what is to be said ---- */

/* Rows being read; the member that holds them is the reader's. */
struct desk_reading {
    struct arena *arena;
    size_t n;
    struct desk_officer *officers;
    struct desk_text *texts;
    struct desk_said *said;
    struct desk_item item;
};

static void read_duty(const PGresult *result, void *context)
{
    struct desk_reading *reading = context;
    reading->n = (size_t)PQntuples(result);
    reading->officers = arena_calloc(reading->arena, reading->n, sizeof *reading->officers);
    for (size_t i = 0; i < reading->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        reading->officers[i].person_id = row_i64(&row);
        reading->officers[i].hours = row_text(&row, reading->arena);
        reading->officers[i].locked = row_bool(&row);
    }
}

enum db_status desk_duty(struct db *db, struct arena *arena, struct desk_lock lock, int64_t now_us,
                         struct desk_officer **rows_r, size_t *n_r)
{
    struct desk_reading reading = {.arena = arena};
    pipe_begin(db);
    PIPE(db, Q_DESK_DUTY, read_duty, &reading, param_i64(db_scratch(db), lock.failures),
         param_i64(db_scratch(db), now_us), param_i64(db_scratch(db), lock.within_us));
    enum db_status status = pipe_end(db);
    *rows_r = reading.officers;
    *n_r = status == DB_OK ? reading.n : 0;
    return status;
}

static void read_texts(const PGresult *result, void *context)
{
    struct desk_reading *reading = context;
    reading->n = (size_t)PQntuples(result);
    reading->texts = arena_calloc(reading->arena, reading->n, sizeof *reading->texts);
    for (size_t i = 0; i < reading->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct desk_text *text = &reading->texts[i];
        text->item = row_i64(&row);
        text->person_id = row_i64(&row);
        lang_from_code(row_text(&row, reading->arena), &text->lang);
        text->reason = row_text(&row, reading->arena);
        text->place = row_text(&row, reading->arena);
        text->commodity = row_text(&row, reading->arena);
        text->created_us = row_i64(&row);
        text->words = row_text(&row, reading->arena);
        text->price = row_i64(&row);
        text->unit = row_text(&row, reading->arena);
    }
}

static enum db_status texts_taken(struct db *db, const struct desk_reading *reading, struct desk_text **rows_r,
                                  size_t *n_r)
{
    enum db_status status = pipe_end(db);
    *rows_r = reading->texts;
    *n_r = status == DB_OK ? reading->n : 0;
    if (status != DB_OK)
        pg_rollback(db);
    return status;
}

static const char *param_people(struct arena *scratch, const int64_t *ids, size_t n)
{
    struct array array = array_begin(scratch);
    for (size_t i = 0; i < n; i++)
        array_i64(&array, ids[i]);
    return array_end(&array);
}

enum db_status desk_assign(struct db *db, struct arena *arena, const struct desk_shift *shift, int64_t now_us,
                           struct desk_text **rows_r, size_t *n_r)
{
    struct desk_reading reading = {.arena = arena};
    pipe_begin(db);
    struct arena *scratch = db_scratch(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_DESK_ASSIGN, read_texts, &reading, param_people(scratch, shift->on_duty, shift->n_on_duty),
         param_i64(scratch, shift->waited_before_us), param_i64(scratch, now_us), param_i64(scratch, DESK_BATCH),
         param_people(scratch, shift->locked, shift->n_locked));
    return texts_taken(db, &reading, rows_r, n_r);
}

enum db_status desk_tell(struct db *db, struct arena *arena, int64_t now_us, struct desk_text **rows_r, size_t *n_r)
{
    struct desk_reading reading = {.arena = arena};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_DESK_TELL, read_texts, &reading, param_i64(db_scratch(db), now_us),
         param_i64(db_scratch(db), DESK_BATCH));
    return texts_taken(db, &reading, rows_r, n_r);
}

enum db_status desk_late(struct db *db, struct arena *arena, int64_t before_us, int64_t now_us,
                         struct desk_text **rows_r, size_t *n_r)
{
    struct desk_reading reading = {.arena = arena};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_DESK_LATE, read_texts, &reading, param_i64(db_scratch(db), before_us), param_i64(db_scratch(db), now_us),
         param_i64(db_scratch(db), DESK_BATCH));
    return texts_taken(db, &reading, rows_r, n_r);
}

enum db_status desk_take_prices(struct db *db, int64_t now_us)
{
    pipe_begin(db);
    PIPE(db, Q_DESK_TAKE_PRICES, NULL, NULL, param_i64(db_scratch(db), now_us), param_i64(db_scratch(db), DESK_BATCH));
    return pipe_end(db);
}

struct judging {
    struct desk_judgement *rows;
    size_t n;
};

static void read_judged(const PGresult *result, void *context)
{
    struct judging *judging = context;
    judging->n = (size_t)PQntuples(result);
    for (size_t i = 0; i < judging->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        judging->rows[i].answer = row_i64(&row);
        judging->rows[i].price_report = row_i64(&row);
        judging->rows[i].right = row_bool(&row);
    }
}

enum db_status desk_judged(struct db *db, struct desk_judgement rows_r[DESK_BATCH], size_t *n_r)
{
    struct judging judging = {rows_r, 0};
    pipe_begin(db);
    PIPE(db, Q_DESK_JUDGED, read_judged, &judging, param_i64(db_scratch(db), DESK_BATCH));
    enum db_status status = pipe_end(db);
    *n_r = status == DB_OK ? judging.n : 0;
    return status;
}

enum db_status desk_judged_done(struct db *db, int64_t answer, int64_t now_us)
{
    pipe_begin(db);
    PIPE(db, Q_DESK_JUDGED_DONE, NULL, NULL, param_i64(db_scratch(db), answer), param_i64(db_scratch(db), now_us));
    return pipe_end(db);
}

enum db_status desk_commit(struct db *db, const struct outbox_row *rows, size_t n, int64_t now_us)
{
    pipe_begin(db);
    if (n)
        outbox_add(db, rows, n, param_i64(db_scratch(db), now_us));
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    enum db_status status = pipe_end(db);
    if (status != DB_OK)
        pg_rollback(db);
    return status;
}

enum db_status desk_backlog(struct db *db, int64_t now_us, int64_t *open_r, int64_t *oldest_s_r)
{
    int64_t numbers[2] = {0};
    pipe_begin(db);
    PIPE(db, Q_DESK_BACKLOG, read_numbers, numbers, param_i64(db_scratch(db), now_us));
    enum db_status status = pipe_end(db);
    *open_r = numbers[0];
    *oldest_s_r = numbers[1];
    return status;
}

/* ---- for whoever sits at the desk ---- */

static void read_item(const PGresult *result, void *context)
{
    struct desk_reading *reading = context;
    if (PQntuples(result) == 0)
        return;
    struct pg_row row = pg_row(result, 0);
    struct desk_item *item = &reading->item;
    item->id = row_i64(&row);
    item->state = row_text(&row, reading->arena);
    item->reason = row_text(&row, reading->arena);
    item->created_us = row_i64(&row);
    item->asked_us = row_i64(&row);
    item->late_us = row_i64(&row);
    item->ended_us = row_i64(&row);
    item->msisdn = row_text(&row, reading->arena);
    item->officer = row_text(&row, reading->arena);
    item->place = row_text(&row, reading->arena);
    item->commodity = row_text(&row, reading->arena);
    item->text = row_text(&row, reading->arena);
}

static void read_said(const PGresult *result, void *context)
{
    struct desk_reading *reading = context;
    reading->n = (size_t)PQntuples(result);
    reading->said = arena_calloc(reading->arena, reading->n, sizeof *reading->said);
    for (size_t i = 0; i < reading->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        reading->said[i].at_us = row_i64(&row);
        reading->said[i].told_us = row_i64(&row);
        reading->said[i].officer = row_text(&row, reading->arena);
        reading->said[i].words = row_text(&row, reading->arena);
    }
}

enum db_status desk_show(struct db *db, struct arena *arena, int64_t id, struct desk_item *item_r,
                         struct desk_said **said_r, size_t *n_r)
{
    struct desk_reading reading = {.arena = arena};
    pipe_begin(db);
    const char *key = param_i64(db_scratch(db), id);
    PIPE(db, Q_DESK_SHOW, read_item, &reading, key);
    PIPE(db, Q_DESK_SHOW_ANSWERS, read_said, &reading, key);
    enum db_status status = pipe_end(db);
    *item_r = reading.item;
    *said_r = reading.said;
    *n_r = status == DB_OK ? reading.n : 0;
    return status;
}

static enum db_status end_counted(struct db *db, const int64_t *count, bool *done_r)
{
    enum db_status status = pipe_end(db);
    *done_r = status == DB_OK && *count > 0;
    return status;
}

enum db_status desk_answer(struct db *db, int64_t id, const char *words, int64_t now_us, bool *done_r)
{
    int64_t count = 0;
    struct desk_answer_row row = {.desk_id = id, .words = words};
    pipe_begin(db);
    put_answers(db, &row, 1, param_i64(db_scratch(db), now_us), read_numbers, &count);
    return end_counted(db, &count, done_r);
}

enum db_status desk_close(struct db *db, int64_t id, bool *done_r)
{
    int64_t count = 0;
    pipe_begin(db);
    PIPE(db, Q_DESK_CLOSE, read_numbers, &count, param_i64(db_scratch(db), id));
    return end_counted(db, &count, done_r);
}
