/* SPDX-License-Identifier: Apache-2.0 */
#include "db/outbox.h"

#include "db/array.h"
#include "db/outbox_add.h"
#include "db/pg.h"

const char *const outbox_states[] = {"queued",  "sending", "sent",      "delivered", "failed",
                                     "expired", "handed",  "uncertain", NULL};

static const char *const kinds[] = {
    [OUTBOX_REPLY] = "reply", [OUTBOX_ALERT] = "alert", [OUTBOX_BROADCAST] = "broadcast"};

void outbox_add(struct db *db, const struct outbox_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array kind = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_text(&kind, kinds[rows[i].kind]);
    PIPE(db, Q_OUTBOX_ADD, NULL, NULL, FIELD_I64(arena, rows, n, id), FIELD_I64(arena, rows, n, person_id),
         array_end(&kind), FIELD_TEXT(arena, rows, n, sender), FIELD_TEXT(arena, rows, n, body),
         FIELD_I64(arena, rows, n, coding), FIELD_I64(arena, rows, n, segments), FIELD_BOOL(arena, rows, n, handed),
         FIELD_I64(arena, rows, n, not_before_us), now);
}

struct claiming {
    struct arena *arena;
    struct outbox_claim *claims;
    size_t n;
};

static void read_claims(const PGresult *result, void *context)
{
    struct claiming *claiming = context;
    claiming->n = (size_t)PQntuples(result);
    for (size_t i = 0; i < claiming->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct outbox_claim *claim = &claiming->claims[i];
        claim->id = row_i64(&row);
        claim->created_us = row_i64(&row);
        claim->msisdn = row_text(&row, claiming->arena);
        claim->sender = row_text(&row, claiming->arena);
        claim->body = row_text(&row, claiming->arena);
        claim->coding = row_int(&row);
        claim->segments = row_int(&row);
        claim->attempts = row_int(&row);
        claim->kind = (enum outbox_kind)row_word(&row, kinds, sizeof kinds / sizeof *kinds);
    }
}

enum db_status outbox_claim(struct db *db, struct arena *arena, int limit, int lease_s, struct outbox_claim *claims_r,
                            size_t *n_r)
{
    struct claiming claiming = {arena, claims_r, 0};
    pipe_begin(db);
    PIPE(db, Q_OUTBOX_CLAIM, read_claims, &claiming, param_i64(db_scratch(db), limit),
         param_i64(db_scratch(db), lease_s));
    enum db_status status = pipe_end(db);
    *n_r = status == DB_OK ? claiming.n : 0;
    return status;
}

enum db_status outbox_settle(struct db *db, const struct outbox_result *results, size_t n)
{
    static const char *const names[] = {
        [SEND_ACCEPTED] = "accepted", [SEND_RETRY] = "retry", [SEND_FAILED] = "failed", [SEND_UNCERTAIN] = "uncertain"};
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    struct array result = array_begin(arena), detail = array_begin(arena);
    for (size_t i = 0; i < n; i++) {
        array_text(&result, names[results[i].result]);
        array_text(&detail, results[i].detail ? results[i].detail : "");
    }
    PIPE(db, Q_OUTBOX_SETTLE, NULL, NULL, FIELD_I64(arena, results, n, id), FIELD_I64(arena, results, n, created_us),
         array_end(&result), FIELD_I64(arena, results, n, retry_us), array_end(&detail));
    return pipe_end(db);
}

enum db_status outbox_dlr(struct db *db, const struct dlr *reports, size_t n, size_t *matched)
{
    int64_t found = 0;
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_OUTBOX_DLR, read_numbers, &found, FIELD_I64(arena, reports, n, id),
         FIELD_I64(arena, reports, n, created_us), FIELD_I64(arena, reports, n, dlr),
         FIELD_I64(arena, reports, n, at_us));
    enum db_status status = pipe_end(db);
    *matched = (size_t)found;
    return status;
}

enum db_status outbox_reclaim(struct db *db, size_t *requeued, size_t *uncertain, size_t *expired)
{
    int64_t counts[2] = {0}, late = 0;
    pipe_begin(db);
    PIPE_PLAIN(db, Q_OUTBOX_RECLAIM, read_numbers, counts);
    PIPE_PLAIN(db, Q_OUTBOX_EXPIRE, read_numbers, &late);
    enum db_status status = pipe_end(db);
    *requeued = (size_t)counts[0];
    *uncertain = (size_t)counts[1];
    *expired = (size_t)late;
    return status;
}

enum db_status outbox_backlog(struct db *db, int64_t *waiting, int64_t *oldest_s)
{
    int64_t numbers[2] = {0};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_OUTBOX_BACKLOG, read_numbers, numbers);
    enum db_status status = pipe_end(db);
    *waiting = numbers[0];
    *oldest_s = numbers[1];
    return status;
}
