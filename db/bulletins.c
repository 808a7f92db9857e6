/* SPDX-License-Identifier: Apache-2.0 */
#include "db/bulletins.h"

#include "db/array.h"
#include "db/bulletins_find.h"

/* ---- in a batch ---- */

static void read_found(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct bulletin *bulletin = &lookups->found[row_i64(&row)].bulletin;
        bulletin->area = row_text(&row, lookups->arena);
        bulletin->body = row_text(&row, lookups->arena);
        bulletin->day = (day_t)row_i64(&row);
    }
}

void bulletins_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), place = array_begin(arena),
                 kind = array_begin(arena), goods = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->bulletin)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_text(&place, lookup->place);
        array_text(&kind, lookup->bulletin);
        array_text(&goods, lookup->supply);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_BULLETINS_FIND, read_found, lookups, array_end(&n), array_end(&msisdn), array_end(&place),
             array_end(&kind), array_end(&goods), lookups->home);
}

/* ---- for smsctl ---- */

enum db_status bulletin_publish(struct db *db, struct bulletin_row *row, int days, int64_t now_us)
{
    row->id = 0;
    row->at_us = now_us;
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_BULLETIN_PUBLISH, read_numbers, &row->id, row->kind, row->area, row->commodity, row->body,
         param_i64(arena, days), row->by, param_i64(arena, now_us));
    return pipe_end(db);
}

struct listed {
    struct arena *arena;
    struct bulletin_row *rows;
    size_t n;
};

static void read_listed(const PGresult *result, void *context)
{
    struct listed *listed = context;
    listed->n = (size_t)PQntuples(result);
    listed->rows = arena_alloc(listed->arena, listed->n * sizeof *listed->rows);
    for (size_t i = 0; i < listed->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        listed->rows[i].id = row_i64(&row);
        listed->rows[i].kind = row_text(&row, listed->arena);
        listed->rows[i].area = row_text(&row, listed->arena);
        listed->rows[i].commodity = row_text(&row, listed->arena);
        listed->rows[i].body = row_text(&row, listed->arena);
        listed->rows[i].until = row_text(&row, listed->arena);
        listed->rows[i].by = row_text(&row, listed->arena);
        listed->rows[i].at_us = row_i64(&row);
    }
}

enum db_status bulletins_list(struct db *db, struct arena *arena, int limit, struct bulletin_row **rows_r, size_t *n_r)
{
    struct listed listed = {.arena = arena};
    pipe_begin(db);
    PIPE(db, Q_BULLETINS_LIST, read_listed, &listed, param_i64(db_scratch(db), limit));
    enum db_status status = pipe_end(db);
    *rows_r = listed.rows;
    *n_r = listed.n;
    return status;
}
