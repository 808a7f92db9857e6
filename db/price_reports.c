/* SPDX-License-Identifier: Apache-2.0 */
#include "db/price_reports.h"

#include "db/array.h"
#include "db/prices.h"

static const char *const kinds[] = {[PRICE_KIND_ASK] = "ask",
                                    [PRICE_KIND_DEAL] = "deal",
                                    [PRICE_KIND_OFFICER] = "officer",
                                    [PRICE_KIND_BULLETIN] = "bulletin"};

void prices_report(struct db *db, const struct price_report *rows, size_t n)
{
    struct arena *arena = db_scratch(db);
    struct array kind = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_text(&kind, kinds[rows[i].kind]);
    PIPE(db, Q_PRICE_REPORTS_ADD, NULL, NULL, array_end(&kind), FIELD_ID(arena, rows, n, person_id),
         FIELD_ID(arena, rows, n, origin), FIELD_DAY(arena, rows, n, day), FIELD_TEXT(arena, rows, n, commodity),
         FIELD_TEXT(arena, rows, n, place), FIELD_TEXT(arena, rows, n, unit), FIELD_TEXT(arena, rows, n, basis),
         FIELD_TEXT(arena, rows, n, size), FIELD_TEXT(arena, rows, n, grade), FIELD_TEXT(arena, rows, n, state),
         FIELD_TEXT(arena, rows, n, rest), FIELD_I64(arena, rows, n, low), FIELD_I64(arena, rows, n, price),
         FIELD_I64(arena, rows, n, high), FIELD_TEXT(arena, rows, n, quarantine), FIELD_TEXT(arena, rows, n, source));
}

/* ---- counting ---- */

/* Pairs of goods and day counted in one transaction, and transactions of one call. */
enum { SLICE = 50, SLICES = 20 };

struct waiting {
    struct arena *arena;
    size_t n;
    const char *commodities[SLICE], *days[SLICE];
};

static void read_waiting(const PGresult *result, void *context)
{
    struct waiting *waiting = context;
    waiting->n = (size_t)PQntuples(result);
    for (size_t i = 0; i < waiting->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        waiting->commodities[i] = row_text(&row, waiting->arena);
        waiting->days[i] = row_text(&row, waiting->arena);
    }
}

static void read_locked(const PGresult *result, void *context)
{
    *(bool *)context = PQntuples(result) > 0;
}

static const char *texts(struct arena *arena, const char *const *rows, size_t n)
{
    struct array array = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_text(&array, rows[i]);
    return array_end(&array);
}

static void count_waiting(struct db *db, const struct waiting *waiting)
{
    const char *commodities = texts(db_scratch(db), waiting->commodities, waiting->n);
    const char *days = texts(db_scratch(db), waiting->days, waiting->n);
    PIPE(db, Q_PRICE_REPORTS_JUDGE, NULL, NULL, commodities, days);
    PIPE(db, Q_PRICE_REPORTS_MARK, NULL, NULL, commodities, days);
    PIPE(db, Q_PRICE_GROUPS_COUNT, NULL, NULL, commodities, days);
}

/* One transaction, on one snapshot: what comes meanwhile is counted the next time, after it was judged. The last of a
 * run sets the time. */
static enum db_status count_slice(struct db *db, struct arena *arena, int64_t since_us, int64_t now_us, size_t *n_r)
{
    struct waiting waiting = {.arena = arena};
    bool ours = false;
    *n_r = 0;
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN_STEADY, NULL, NULL);
    PIPE(db, Q_PRICE_FEED_LOCK, read_locked, &ours, param_i64(db_scratch(db), since_us));
    PIPE(db, Q_PRICE_REPORTS_WAITING, read_waiting, &waiting, param_i64(db_scratch(db), SLICE));
    enum db_status status = pipe_end(db);
    if (status != DB_OK || !ours)
        return status;
    pipe_begin(db);
    if (waiting.n)
        count_waiting(db, &waiting);
    if (waiting.n < SLICE)
        PIPE(db, Q_PRICE_FEED_COUNTED, NULL, NULL, param_i64(db_scratch(db), now_us));
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    status = pipe_end(db);
    *n_r = status == DB_OK ? waiting.n : 0;
    return status;
}

enum db_status prices_count(struct db *db, int64_t now_us, int64_t every_us, size_t *counted_r)
{
    struct arena *arena = arena_new(8 * 1024);
    enum db_status status = DB_OK;
    size_t n = SLICE;
    *counted_r = 0;
    for (int i = 0; i < SLICES && status == DB_OK && n == SLICE; i++) {
        arena_reset(arena);
        status = count_slice(db, arena, now_us - every_us, now_us, &n);
        pg_rollback(db);
        *counted_r += n;
    }
    arena_free(&arena);
    return status;
}

/* ---- quarantine ---- */

struct quarantine {
    struct arena *arena;
    struct price_quarantined *rows;
    size_t n;
};

static void read_quarantine(const PGresult *result, void *context)
{
    struct quarantine *quarantine = context;
    struct arena *arena = quarantine->arena;
    quarantine->n = (size_t)PQntuples(result);
    for (size_t i = 0; i < quarantine->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct price_quarantined *report = &quarantine->rows[i];
        report->id = row_i64(&row);
        report->kind = (enum price_kind)row_word(&row, kinds, sizeof kinds / sizeof *kinds);
        report->day = (day_t)row_i64(&row);
        report->commodity = row_text(&row, arena);
        report->place = row_text(&row, arena);
        report->unit = row_text(&row, arena);
        report->size = row_text(&row, arena);
        report->grade = row_text(&row, arena);
        report->state = row_text(&row, arena);
        report->price = row_i64(&row);
        report->reason = row_text(&row, arena);
        report->person_id = row_i64(&row);
    }
}

enum db_status prices_quarantined(struct db *db, struct arena *arena, int64_t after, size_t limit,
                                  struct price_quarantined *rows_r, size_t *n_r)
{
    struct quarantine quarantine = {arena, rows_r, 0};
    pipe_begin(db);
    PIPE(db, Q_PRICES_QUARANTINED, read_quarantine, &quarantine, param_i64(db_scratch(db), after),
         param_i64(db_scratch(db), (int64_t)limit));
    enum db_status status = pipe_end(db);
    *n_r = quarantine.n;
    return status;
}

enum db_status price_review(struct db *db, int64_t id, bool counts, int64_t now_us, bool *found_r)
{
    int64_t found = 0;
    pipe_begin(db);
    PIPE(db, Q_PRICE_REVIEW, read_numbers, &found, param_i64(db_scratch(db), id), counts ? "t" : "f",
         param_i64(db_scratch(db), now_us));
    enum db_status status = pipe_end(db);
    *found_r = found > 0;
    return status;
}
