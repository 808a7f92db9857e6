/* SPDX-License-Identifier: Apache-2.0 */
#include "db/broadcasts.h"

#include <string.h>

#include "db/array.h"
#include "db/batch.h"
#include "db/broadcasts_add.h"
#include "db/pg.h"

/* ---- to make one, and to move it by hand ---- */

static void read_counts(const PGresult *result, void *context)
{
    int64_t *people = context;
    struct arena *arena = arena_new(256);
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        enum lang lang = LANG_VI;
        lang_from_code(row_text(&row, arena), &lang);
        people[lang] += row_i64(&row);
    }
    arena_free(&arena);
}

enum db_status broadcast_count(struct db *db, const char *json, int64_t people_r[LANG_COUNT])
{
    memset(people_r, 0, LANG_COUNT * sizeof *people_r);
    pipe_begin(db);
    PIPE(db, Q_BROADCAST_COUNT, read_counts, people_r, json);
    return pipe_end(db);
}

/* One number, where a row came back. */
static void read_number(const PGresult *result, void *context)
{
    if (PQntuples(result))
        read_numbers(result, context);
}

enum db_status broadcast_add(struct db *db, const char *json, int64_t now_us, int64_t *id_r)
{
    struct broadcast_row row = {0, json};
    *id_r = 0;
    pipe_begin(db);
    broadcasts_put(db, &row, 1, param_i64(db_scratch(db), now_us), read_number, id_r);
    return pipe_end(db);
}

/* "running paused" as an array. */
static const char *words_array(struct arena *arena, const char *list)
{
    struct array words = array_begin(arena);
    while (*(list += strspn(list, " "))) {
        size_t n = strcspn(list, " ");
        array_text(&words, arena_copy(arena, (struct slice){list, n}));
        list += n;
    }
    return array_end(&words);
}

enum db_status broadcast_move(struct db *db, int64_t id, const char *from, const char *to, int64_t now_us, bool *done_r)
{
    int64_t moved = 0;
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_BROADCAST_MOVE, read_number, &moved, param_i64(arena, id), words_array(arena, from), to,
         param_i64(arena, now_us));
    enum db_status status = pipe_end(db);
    *done_r = status == DB_OK && moved == id;
    return status;
}

/* ---- while they run ---- */

struct running {
    struct broadcast_running *rows;
    size_t n;
};

static void read_running(const PGresult *result, void *context)
{
    struct running *running = context;
    for (int i = 0; i < PQntuples(result) && running->n < BROADCASTS_RUNNING_MAX; i++) {
        struct pg_row row = pg_row(result, i);
        struct broadcast_running *is = &running->rows[running->n++];
        is->id = row_i64(&row);
        is->disaster = row_bool(&row);
        is->planned = row_bool(&row);
        is->expires_us = row_i64(&row);
    }
}

enum db_status broadcasts_turn(struct db *db, const char *home, int64_t now_us,
                               struct broadcast_running rows_r[BROADCASTS_RUNNING_MAX], size_t *n_r,
                               size_t *withdrawn_r)
{
    struct running running = {rows_r, 0};
    int64_t withdrawn = 0;
    pipe_begin(db);
    const char *now = param_i64(db_scratch(db), now_us);
    PIPE(db, Q_BROADCASTS_EXPIRE, NULL, NULL, now);
    PIPE(db, Q_BROADCASTS_WITHDRAW, read_numbers, &withdrawn, now);
    PIPE(db, Q_BROADCASTS_BEGIN, NULL, NULL, now, home);
    PIPE_PLAIN(db, Q_BROADCASTS_RUNNING, read_running, &running);
    enum db_status status = pipe_end(db);
    *n_r = running.n;
    *withdrawn_r = (size_t)withdrawn;
    return status;
}

enum db_status broadcast_plan(struct db *db, int64_t id, int slice, int64_t now_us, bool *more_r)
{
    int64_t more = 0;
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_BROADCAST_PLAN, read_number, &more, param_i64(arena, id), param_i64(arena, slice),
         param_i64(arena, now_us));
    enum db_status status = pipe_end(db);
    *more_r = status == DB_OK && more;
    return status;
}

enum db_status broadcast_feed(struct db *db, const struct broadcast_feed *feed, int64_t now_us, size_t *looked_r,
                              size_t *fed_r)
{
    int64_t counts[2] = {0};
    const int n = feed->n < BROADCAST_FEED_MAX ? feed->n : BROADCAST_FEED_MAX;
    enum db_status status = ids_reserve(db, (size_t)n);
    *looked_r = *fed_r = 0;
    if (status != DB_OK)
        return status;
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    struct array ids = array_begin(arena);
    for (int i = 0; i < n; i++)
        array_i64(&ids, ids_take(db));
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE_PLAIN(db, Q_BROADCAST_FEED_ALONE, NULL, NULL);
    PIPE(db, Q_BROADCAST_FEED, read_numbers, counts, param_i64(arena, feed->id), array_end(&ids), feed->sender,
         param_i64(arena, feed->until_us), param_i64(arena, feed->per_day), param_i64(arena, now_us));
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    status = pipe_end(db);
    if (status != DB_OK) {
        pg_rollback(db);
        return status;
    }
    *looked_r = (size_t)counts[0];
    *fed_r = (size_t)counts[1];
    return status;
}

enum db_status broadcasts_queued(struct db *db, int64_t *queued_r)
{
    *queued_r = 0;
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BROADCASTS_QUEUED, read_numbers, queued_r);
    return pipe_end(db);
}

enum db_status broadcasts_end(struct db *db, int64_t now_us)
{
    pipe_begin(db);
    PIPE(db, Q_BROADCASTS_END, NULL, NULL, param_i64(db_scratch(db), now_us));
    return pipe_end(db);
}

/* ---- rows ---- */

struct rows_read {
    struct arena *arena;
    void *rows;
    size_t n;
};

static void read_unasked(const PGresult *result, void *context)
{
    struct rows_read *read = context;
    read->n = (size_t)PQntuples(result);
    struct broadcast_unasked *rows = read->rows = arena_calloc(read->arena, read->n, sizeof *rows);
    for (size_t i = 0; i < read->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        rows[i].id = row_i64(&row);
        rows[i].person_id = row_i64(&row);
        lang_from_code(row_text(&row, read->arena), &rows[i].lang);
        rows[i].area = row_text(&row, read->arena);
        rows[i].commodity = row_text(&row, read->arena);
        rows[i].people = row_i64(&row);
        rows[i].words = row_text(&row, read->arena);
    }
}

enum db_status broadcasts_unasked(struct db *db, struct arena *arena, int limit, int64_t now_us,
                                  struct broadcast_unasked **rows_r, size_t *n_r)
{
    struct rows_read read = {.arena = arena};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_BROADCASTS_UNASKED, read_unasked, &read, param_i64(db_scratch(db), now_us),
         param_i64(db_scratch(db), limit));
    enum db_status status = pipe_end(db);
    *rows_r = read.rows;
    *n_r = status == DB_OK ? read.n : 0;
    if (status != DB_OK)
        pg_rollback(db);
    return status;
}

enum db_status broadcasts_asked(struct db *db)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    enum db_status status = pipe_end(db);
    if (status != DB_OK)
        pg_rollback(db);
    return status;
}

static void read_list(const PGresult *result, void *context)
{
    struct rows_read *read = context;
    read->n = (size_t)PQntuples(result);
    struct broadcast *rows = read->rows = arena_calloc(read->arena, read->n, sizeof *rows);
    for (size_t i = 0; i < read->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct broadcast *is = &rows[i];
        is->id = row_i64(&row);
        is->state = row_text(&row, read->arena);
        is->source = row_text(&row, read->arena);
        is->area = row_text(&row, read->arena);
        is->commodity = row_text(&row, read->arena);
        is->role = row_text(&row, read->arena);
        is->langs = row_text(&row, read->arena);
        is->subscribers = row_bool(&row);
        is->commercial = row_bool(&row);
        is->disaster = row_text(&row, read->arena);
        is->words = row_text(&row, read->arena);
        is->bulletins = row_text(&row, read->arena);
        is->people = row_i64(&row);
        is->segments = row_i64(&row);
        is->recipients = row_i64(&row);
        is->planned = row_bool(&row);
        is->created_us = row_i64(&row);
        is->expires_us = row_i64(&row);
        is->started_us = row_i64(&row);
        is->ended_us = row_i64(&row);
    }
}

enum db_status broadcasts_list(struct db *db, struct arena *arena, int64_t id, int limit, struct broadcast **rows_r,
                               size_t *n_r)
{
    struct rows_read read = {.arena = arena};
    pipe_begin(db);
    PIPE(db, Q_BROADCASTS_LIST, read_list, &read, param_i64(db_scratch(db), id), param_i64(db_scratch(db), limit));
    enum db_status status = pipe_end(db);
    *rows_r = read.rows;
    *n_r = status == DB_OK ? read.n : 0;
    return status;
}

enum db_status broadcast_progress(struct db *db, int64_t id, struct broadcast_progress *progress_r)
{
    int64_t counts[8] = {0};
    pipe_begin(db);
    PIPE(db, Q_BROADCAST_PROGRESS, read_numbers, counts, param_i64(db_scratch(db), id));
    enum db_status status = pipe_end(db);
    *progress_r = (struct broadcast_progress){.waiting = counts[0],
                                              .queued = counts[1],
                                              .sent = counts[2],
                                              .delivered = counts[3],
                                              .failed = counts[4],
                                              .uncertain = counts[5],
                                              .stopped = counts[6],
                                              .segments_left = counts[7]};
    return status;
}

static void read_audit(const PGresult *result, void *context)
{
    struct rows_read *read = context;
    read->n = (size_t)PQntuples(result);
    struct audit_row *rows = read->rows = arena_calloc(read->arena, read->n, sizeof *rows);
    for (size_t i = 0; i < read->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        rows[i].id = row_i64(&row);
        rows[i].at_us = row_i64(&row);
        rows[i].actor = row_i64(&row);
        rows[i].role = row_text(&row, read->arena);
        rows[i].act = row_text(&row, read->arena);
        rows[i].subject = row_i64(&row);
        rows[i].details = row_text(&row, read->arena);
    }
}

enum db_status audit_list(struct db *db, struct arena *arena, int limit, struct audit_row **rows_r, size_t *n_r)
{
    struct rows_read read = {.arena = arena};
    pipe_begin(db);
    PIPE(db, Q_AUDIT_LIST, read_audit, &read, param_i64(db_scratch(db), limit));
    enum db_status status = pipe_end(db);
    *rows_r = read.rows;
    *n_r = status == DB_OK ? read.n : 0;
    return status;
}
