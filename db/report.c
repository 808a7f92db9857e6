/* SPDX-License-Identifier: Apache-2.0 */
#include "db/report.h"

#include "db/array.h"
#include "db/pg.h"

/* A report on its way: `size` bytes a row, each read by `read`. */
struct report {
    struct arena *arena;
    size_t size;
    void (*read)(struct pg_row *row, struct arena *arena, void *record);
    char *rows;
    size_t n;
};

static void read_report(const PGresult *result, void *context)
{
    struct report *report = context;
    report->n = (size_t)PQntuples(result);
    report->rows = arena_calloc(report->arena, report->n, report->size);
    for (size_t i = 0; i < report->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        report->read(&row, report->arena, report->rows + i * report->size);
    }
}

/* Ends the pipe and hands the rows over. */
static enum db_status finish(struct db *db, const struct report *report, void **rows_r, size_t *n_r)
{
    enum db_status status = pipe_end(db);
    *rows_r = report->rows;
    *n_r = status == DB_OK ? report->n : 0;
    return status;
}

static void read_figure(struct pg_row *row, struct arena *arena, void *record)
{
    struct report_figure *figure = record;
    figure->name = row_text(row, arena);
    figure->value = row_i64(row);
}

enum db_status report_status(struct db *db, struct arena *arena, struct report_figure **rows_r, size_t *n_r)
{
    struct report report = {arena, sizeof **rows_r, read_figure, NULL, 0};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_REPORT_STATUS, read_report, &report);
    return finish(db, &report, (void **)rows_r, n_r);
}

static void read_message(struct pg_row *row, struct arena *arena, void *record)
{
    struct report_message *message = record;
    message->incoming = row_char(row) == 'i';
    message->id = row_i64(row);
    message->at_us = row_i64(row);
    message->msisdn = row_text(row, arena);
    message->short_code = row_text(row, arena);
    message->channel = row_text(row, arena);
    message->text = row_text(row, arena);
    message->kind = row_text(row, arena);
    message->state = row_text(row, arena);
    message->segments = row_int(row);
}

enum db_status report_messages(struct db *db, struct arena *arena, const char *msisdn, int limit,
                               struct report_message **rows_r, size_t *n_r)
{
    struct report report = {arena, sizeof **rows_r, read_message, NULL, 0};
    pipe_begin(db);
    PIPE(db, Q_REPORT_MESSAGES, read_report, &report, msisdn, param_i64(db_scratch(db), limit));
    return finish(db, &report, (void **)rows_r, n_r);
}

static void read_listing(struct pg_row *row, struct arena *arena, void *record)
{
    struct report_listing *listing = record;
    listing->code = row_text(row, arena);
    listing->side = row_text(row, arena);
    listing->state = row_text(row, arena);
    listing->commodity = row_text(row, arena);
    listing->commodity_name = row_text(row, arena);
    listing->quantity_milli = row_i64(row);
    listing->base_unit = row_text(row, arena);
    listing->entered_milli = row_i64(row);
    listing->entered_unit = row_text(row, arena);
    listing->price_low = row_i64(row);
    listing->price_high = row_i64(row);
    listing->price_unit = row_text(row, arena);
    listing->place = row_text(row, arena);
    listing->place_name = row_text(row, arena);
    listing->msisdn = row_text(row, arena);
    listing->ready = row_text(row, arena);
    listing->until = row_text(row, arena);
    listing->size = row_text(row, arena);
    listing->grade = row_text(row, arena);
    listing->goods_state = row_text(row, arena);
    listing->created_us = row_i64(row);
}

enum db_status report_listings(struct db *db, struct arena *arena, const char *code, int limit,
                               struct report_listing **rows_r, size_t *n_r)
{
    struct report report = {arena, sizeof **rows_r, read_listing, NULL, 0};
    pipe_begin(db);
    PIPE(db, Q_REPORT_LISTINGS, read_report, &report, code, param_i64(db_scratch(db), limit));
    return finish(db, &report, (void **)rows_r, n_r);
}

static void read_outbox(struct pg_row *row, struct arena *arena, void *record)
{
    struct report_outbox *text = record;
    text->id = row_i64(row);
    text->created_us = row_i64(row);
    text->kind = row_text(row, arena);
    text->state = row_text(row, arena);
    text->msisdn = row_text(row, arena);
    text->sender = row_text(row, arena);
    text->body = row_text(row, arena);
    text->coding = row_int(row);
    text->segments = row_int(row);
    text->attempts = row_int(row);
    text->next_us = row_i64(row);
    text->sent_us = row_i64(row);
    text->delivered_us = row_i64(row);
    text->dlr = row_int(row);
    text->detail = row_text(row, arena);
}

enum db_status report_outbox(struct db *db, struct arena *arena, const char *state, int limit,
                             struct report_outbox **rows_r, size_t *n_r)
{
    struct report report = {arena, sizeof **rows_r, read_outbox, NULL, 0};
    pipe_begin(db);
    PIPE(db, Q_REPORT_OUTBOX, read_report, &report, state, param_i64(db_scratch(db), limit));
    return finish(db, &report, (void **)rows_r, n_r);
}

static void read_dead(struct pg_row *row, struct arena *arena, void *record)
{
    struct report_dead *dead = record;
    dead->id = row_i64(row);
    dead->at_us = row_i64(row);
    dead->received_us = row_i64(row);
    dead->msisdn = row_text(row, arena);
    dead->short_code = row_text(row, arena);
    dead->channel = row_text(row, arena);
    dead->text = row_text(row, arena);
    dead->reason = row_text(row, arena);
}

enum db_status report_dead(struct db *db, struct arena *arena, int limit, struct report_dead **rows_r, size_t *n_r)
{
    struct report report = {arena, sizeof **rows_r, read_dead, NULL, 0};
    pipe_begin(db);
    PIPE(db, Q_REPORT_DEAD, read_report, &report, param_i64(db_scratch(db), limit));
    return finish(db, &report, (void **)rows_r, n_r);
}

static void read_desk(struct pg_row *row, struct arena *arena, void *record)
{
    struct report_desk *item = record;
    item->id = row_i64(row);
    item->created_us = row_i64(row);
    item->age_s = row_i64(row);
    item->msisdn = row_text(row, arena);
    item->reason = row_text(row, arena);
    item->channel = row_text(row, arena);
    item->intent = row_text(row, arena);
    item->text = row_text(row, arena);
}

enum db_status report_desk(struct db *db, struct arena *arena, int limit, struct report_desk **rows_r, size_t *n_r)
{
    struct report report = {arena, sizeof **rows_r, read_desk, NULL, 0};
    pipe_begin(db);
    PIPE(db, Q_REPORT_DESK, read_report, &report, param_i64(db_scratch(db), limit));
    return finish(db, &report, (void **)rows_r, n_r);
}
