/* SPDX-License-Identifier: Apache-2.0 */
#include "db/officers.h"

#include <string.h>

#include "db/array.h"
#include "db/pg.h"

/* "LUA TOM" as an array. */
static const char *codes_of(struct arena *arena, const char *list)
{
    struct array codes = array_begin(arena);
    while (*(list += strspn(list, " "))) {
        size_t n = strcspn(list, " ");
        array_text(&codes, arena_copy(arena, (struct slice){list, n}));
        list += n;
    }
    return array_end(&codes);
}

struct officers_reading {
    struct arena *arena;
    struct officer *rows;
    size_t n;
    const char *unknown;
};

static void read_unknown(const PGresult *result, void *context)
{
    struct officers_reading *reading = context;
    if (PQntuples(result) == 0)
        return;
    struct pg_row row = pg_row(result, 0);
    reading->unknown = row_text(&row, reading->arena);
}

enum db_status officer_check(struct db *db, struct arena *arena, const struct officer *officer, const char **unknown_r)
{
    struct officers_reading reading = {.arena = arena};
    pipe_begin(db);
    PIPE(db, Q_OFFICER_UNKNOWN, read_unknown, &reading, codes_of(db_scratch(db), officer->areas),
         codes_of(db_scratch(db), officer->crops));
    enum db_status status = pipe_end(db);
    *unknown_r = reading.unknown;
    return status;
}

enum db_status officer_put(struct db *db, const struct officer *officer)
{
    pipe_begin(db);
    PIPE(db, Q_OFFICER_PUT, NULL, NULL, officer->msisdn, officer->role, codes_of(db_scratch(db), officer->areas),
         codes_of(db_scratch(db), officer->crops), officer->hours);
    return pipe_end(db);
}

enum db_status officer_remove(struct db *db, const char *msisdn, bool *done_r)
{
    int64_t count = 0;
    pipe_begin(db);
    PIPE(db, Q_OFFICER_REMOVE, read_numbers, &count, msisdn);
    enum db_status status = pipe_end(db);
    *done_r = status == DB_OK && count > 0;
    return status;
}

static void read_officers(const PGresult *result, void *context)
{
    struct officers_reading *reading = context;
    reading->n = (size_t)PQntuples(result);
    reading->rows = arena_calloc(reading->arena, reading->n, sizeof *reading->rows);
    for (size_t i = 0; i < reading->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct officer *officer = &reading->rows[i];
        officer->msisdn = row_text(&row, reading->arena);
        officer->role = row_text(&row, reading->arena);
        officer->areas = row_text(&row, reading->arena);
        officer->crops = row_text(&row, reading->arena);
        officer->hours = row_text(&row, reading->arena);
        officer->stopped = row_bool(&row);
        officer->open = row_i64(&row);
    }
}

enum db_status officers_list(struct db *db, struct arena *arena, struct officer **rows_r, size_t *n_r)
{
    struct officers_reading reading = {.arena = arena};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_OFFICERS_LIST, read_officers, &reading);
    enum db_status status = pipe_end(db);
    *rows_r = reading.rows;
    *n_r = status == DB_OK ? reading.n : 0;
    return status;
}
