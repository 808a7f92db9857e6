/* SPDX-License-Identifier: Apache-2.0 */
#include "db/price_feed.h"

#include "db/array.h"
#include "db/prices.h"

/* Events of one transaction, and transactions of one call. */
enum { SLICE = 5000, SLICES = 40 };

struct position {
    int64_t from, to, n; /* ids of events: after from, up to to */
};

struct reading {
    struct arena *arena;
    price_judge *judge;
    const void *context;
    struct price_report *reports;
    size_t n;
};

static void read_report(struct pg_row *row, struct arena *arena, struct price_report *report)
{
    static const char *const kinds[] = {[PRICE_KIND_ASK] = "ask", [PRICE_KIND_DEAL] = "deal"};
    report->kind = (enum price_kind)row_word(row, kinds, sizeof kinds / sizeof *kinds);
    report->person_id = row_i64(row);
    report->origin = row_i64(row);
    report->day = (day_t)row_i64(row);
    report->commodity = row_text(row, arena);
    report->place = row_text(row, arena);
    report->unit = row_text(row, arena);
    report->basis = row_text(row, arena);
    report->size = row_text(row, arena);
    report->grade = row_text(row, arena);
    report->state = row_text(row, arena);
    report->low = row_i64(row);
    report->high = row_i64(row);
    report->price = report->low + (report->high - report->low) / 2;
    report->rest = report->source = "";
    report->quarantine = row_bool(row) ? "withdrawn" : "";
}

static void read_reports(const PGresult *result, void *context)
{
    struct reading *reading = context;
    reading->n = (size_t)PQntuples(result);
    reading->reports = arena_calloc(reading->arena, reading->n, sizeof *reading->reports);
    for (size_t i = 0; i < reading->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        read_report(&row, reading->arena, &reading->reports[i]);
        reading->judge(reading->context, &reading->reports[i]);
    }
}

static void read_locked(const PGresult *result, void *context)
{
    *(bool *)context = PQntuples(result) > 0;
}

static enum db_status ids_given(struct db *db, int64_t *given_r)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_PRICE_FEED_GIVEN, read_numbers, given_r);
    return pipe_end(db);
}

/* Begins the transaction and finds out what there is to read; *ours_r is false when it is not our turn. */
static enum db_status take_turn(struct db *db, int64_t since_us, const int64_t *after, bool *ours_r,
                                struct position *position_r)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN_STEADY, NULL, NULL);
    PIPE(db, Q_PRICE_FEED_LOCK, read_locked, ours_r, param_i64(db_scratch(db), since_us));
    PIPE(db, Q_PRICE_FEED_POSITION, read_numbers, position_r, after ? param_i64(db_scratch(db), *after) : NULL,
         param_i64(db_scratch(db), SLICE));
    return pipe_end(db);
}

static enum db_status read_events(struct db *db, const struct position *position, struct reading *reading)
{
    pipe_begin(db);
    PIPE(db, Q_PRICE_FEED_READ, read_reports, reading, param_i64(db_scratch(db), position->from),
         param_i64(db_scratch(db), position->to));
    return pipe_end(db);
}

static enum db_status write_reports(struct db *db, const struct reading *reading, const struct position *position,
                                    int64_t given)
{
    pipe_begin(db);
    if (reading->n)
        prices_report(db, reading->reports, reading->n);
    PIPE(db, Q_PRICE_FEED_SETTLE, NULL, NULL, param_i64(db_scratch(db), position->n < SLICE ? INT64_MAX : position->to),
         param_i64(db_scratch(db), given));
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return pipe_end(db);
}

/* One transaction; *position_r says what was read, n being SLICE when there may be more. */
static enum db_status feed_slice(struct db *db, int64_t since_us, const int64_t *after, struct reading *reading,
                                 struct position *position_r)
{
    bool ours = false;
    int64_t given = 0;
    enum db_status status = ids_given(db, &given);
    if (status == DB_OK)
        status = take_turn(db, since_us, after, &ours, position_r);
    if (status != DB_OK || !ours) {
        position_r->n = 0;
        return status;
    }
    status = read_events(db, position_r, reading);
    return status == DB_OK ? write_reports(db, reading, position_r, given) : status;
}

enum db_status price_feed(struct db *db, int64_t now_us, int64_t every_us, price_judge *judge, const void *context,
                          size_t *reports_r)
{
    struct reading reading = {.arena = arena_new(256 * 1024), .judge = judge, .context = context};
    struct position position = {.n = SLICE};
    enum db_status status = DB_OK;
    *reports_r = 0;
    for (int i = 0; i < SLICES && status == DB_OK && position.n == SLICE; i++) {
        const int64_t after = position.to;
        arena_reset(reading.arena);
        reading.n = 0;
        status = feed_slice(db, now_us - every_us, i ? &after : NULL, &reading, &position);
        pg_rollback(db);
        *reports_r += status == DB_OK ? reading.n : 0;
    }
    arena_free(&reading.arena);
    return status;
}
