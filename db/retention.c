/* SPDX-License-Identifier: Apache-2.0 */
#include "db/retention.h"

#include "db/array.h"
#include "db/pg.h"

/* Rows deleted by one statement, and statements of one call. */
enum { SLICE = 10000, SLICES = 100 };

static enum db_status drop_slice(struct db *db, int days, int64_t *dropped_r)
{
    *dropped_r = 0;
    pipe_begin(db);
    PIPE(db, Q_RETENTION_SEEN, read_numbers, dropped_r, param_i64(db_scratch(db), days),
         param_i64(db_scratch(db), SLICE));
    return pipe_end(db);
}

enum db_status retention_seen(struct db *db, int days, size_t *dropped_r)
{
    enum db_status status = DB_OK;
    int64_t dropped = SLICE;
    *dropped_r = 0;
    for (int i = 0; i < SLICES && status == DB_OK && dropped == SLICE; i++) {
        status = drop_slice(db, days, &dropped);
        *dropped_r += (size_t)dropped;
    }
    return status;
}

const struct kept kept_things[KEPT_THINGS] = {
    [KEPT_BROADCASTS] = {"broadcasts", 2}, /* what a person has had today */
    [KEPT_CODES] = {"codes", 2},           /* wrong ones count for a day */
    [KEPT_DEAD] = {"dead", 7},
    [KEPT_DEALS] = {"deals", 183}, /* nothing is proposed twice to listings that stand */
    [KEPT_DESK] = {"desk", 7},
    [KEPT_LISTINGS] = {"listings", 183}, /* half a year: so long a code is nobody else's */
    [KEPT_RELAYS] = {"relays", 2},       /* so many a day are passed on */
    [KEPT_WORDS] = {"words", 2},         /* an open question lasts a day, the same words again ten minutes */
};

static const enum query drops[KEPT_THINGS] = {
    [KEPT_BROADCASTS] = Q_RETENTION_BROADCASTS,
    [KEPT_CODES] = Q_RETENTION_CODES,
    [KEPT_DEAD] = Q_RETENTION_DEAD,
    [KEPT_DEALS] = Q_RETENTION_DEALS,
    [KEPT_DESK] = Q_RETENTION_DESK,
    [KEPT_LISTINGS] = Q_RETENTION_LISTINGS,
    [KEPT_RELAYS] = Q_RETENTION_RELAYS,
    [KEPT_WORDS] = Q_RETENTION_WORDS,
};

static enum db_status drop_thing(struct db *db, enum query query, int64_t now_us, int days, size_t *deleted_r)
{
    enum db_status status = DB_OK;
    int64_t deleted = SLICE;
    while (status == DB_OK && deleted == SLICE) {
        pipe_begin(db);
        PIPE(db, query, read_numbers, &deleted, param_i64(db_scratch(db), now_us), param_i64(db_scratch(db), days),
             param_i64(db_scratch(db), SLICE));
        status = pipe_end(db);
        *deleted_r += status == DB_OK ? (size_t)deleted : 0;
    }
    return status;
}

enum db_status retention_drop(struct db *db, int64_t now_us, const int days[KEPT_THINGS], size_t *deleted_r)
{
    *deleted_r = 0;
    enum db_status status = pg_script(db, "SET statement_timeout = 0"); /* each wait has lock_timeout */
    for (int thing = 0; thing < KEPT_THINGS && status == DB_OK; thing++)
        if (days[thing])
            status = drop_thing(db, drops[thing], now_us, days[thing], deleted_r);
    return status;
}

/* Statements that stand alone, each outside any transaction. */
struct steps {
    struct arena *arena;
    size_t n;
    struct step {
        const char *statement;
        bool ends; /* the last one of its month */
    } * steps;
};

static void read_steps(const PGresult *result, void *context)
{
    struct steps *steps = context;
    steps->n = (size_t)PQntuples(result);
    steps->steps = arena_alloc(steps->arena, steps->n * sizeof *steps->steps);
    for (size_t i = 0; i < steps->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        steps->steps[i].statement = row_text(&row, steps->arena);
        steps->steps[i].ends = row_bool(&row);
    }
}

enum db_status months_drop(struct db *db, int64_t now_us, int months, size_t *dropped_r)
{
    *dropped_r = 0;
    pipe_begin(db);
    struct steps steps = {.arena = db_scratch(db)};
    PIPE(db, Q_MONTHS_PAST, read_steps, &steps, param_i64(steps.arena, now_us), param_i64(steps.arena, months));
    enum db_status status = pipe_end(db);
    if (status == DB_OK && steps.n)
        status = pg_script(db, "SET statement_timeout = 0"); /* each wait has lock_timeout */
    for (size_t i = 0; i < steps.n && status == DB_OK; i++) {
        status = pg_script(db, steps.steps[i].statement);
        *dropped_r += status == DB_OK && steps.steps[i].ends;
    }
    return status;
}

enum db_status partitions_missing(struct db *db, int64_t now_us, int *missing_r)
{
    int64_t missing = 0;
    pipe_begin(db);
    PIPE(db, Q_PARTITIONS_MISSING, read_numbers, &missing, param_i64(db_scratch(db), now_us));
    enum db_status status = pipe_end(db);
    *missing_r = (int)missing;
    return status;
}
