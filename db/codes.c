/* SPDX-License-Identifier: Apache-2.0 */
#include "db/codes.h"

#include "db/array.h"

static void read_codes(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct code_state *code = &lookups->found[row_i64(&row)].code;
        code->digest = row_text(&row, lookups->arena);
        code->kind = row_text(&row, lookups->arena);
        code->act = row_text(&row, lookups->arena);
        code->made_us = row_i64(&row);
        code->tries = row_int(&row);
        code->failures = row_int(&row);
        code->failures_us = row_i64(&row);
        code->stands = row_bool(&row);
    }
}

void codes_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        if (!lookups->rows[i].code)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookups->rows[i].mo].msisdn);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_CODES_FIND, read_codes, lookups, array_end(&n), array_end(&msisdn));
}

void codes_put(struct db *db, const struct code_row *rows, size_t n)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_CODES_PUT, NULL, NULL, FIELD_I64(arena, rows, n, person_id), FIELD_TEXT(arena, rows, n, state.digest),
         FIELD_TEXT(arena, rows, n, state.kind), FIELD_TEXT(arena, rows, n, state.act),
         FIELD_I64(arena, rows, n, state.made_us), FIELD_I64(arena, rows, n, state.tries),
         FIELD_I64(arena, rows, n, state.failures), FIELD_I64(arena, rows, n, state.failures_us));
}
