/* SPDX-License-Identifier: Apache-2.0 */
#include "db/supply.h"

#include <stdio.h>

#include "db/array.h"
#include "db/supply_find.h"

#define CODE_MAX 64 /* bytes of a code of goods, its NUL included */

/* ---- in a batch ---- */

/* A row a week; what holds of all weeks stands in each. */
static void read_weeks(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        if (!found->supply)
            found->supply = arena_calloc(lookups->arena, 1, sizeof *found->supply);
        struct supply *supply = found->supply;
        supply->area = row_text(&row, lookups->arena);
        supply->unit = row_text(&row, lookups->arena);
        supply->sellers = row_int(&row);
        supply->buyers = row_int(&row);
        if (supply->n_weeks == SUPPLY_WEEKS_MAX)
            continue;
        struct supply_week *week = &supply->weeks[supply->n_weeks++];
        week->monday = (day_t)row_i64(&row);
        week->offered = row_i64(&row);
        week->wanted = row_i64(&row);
    }
}

void supply_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), place = array_begin(arena),
                 goods = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->supply)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_text(&place, lookup->place);
        array_text(&goods, lookup->supply);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_SUPPLY_FIND, read_weeks, lookups, array_end(&n), array_end(&msisdn), array_end(&place),
             array_end(&goods), lookups->home);
}

/* ---- the job ---- */

static void read_code(const PGresult *result, void *context)
{
    if (PQntuples(result))
        snprintf(context, CODE_MAX, "%s", PQgetvalue(result, 0, 0));
}

static enum db_status count(struct db *db, const char *commodity, int64_t now_us)
{
    pipe_begin(db);
    PIPE(db, Q_SUPPLY_CLEAR, NULL, NULL, commodity);
    PIPE(db, Q_SUPPLY_COUNT, NULL, NULL, commodity, param_i64(db_scratch(db), now_us));
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return pipe_end(db);
}

enum db_status supply_count_next(struct db *db, int64_t every_us, int64_t now_us, bool *counted_r)
{
    char commodity[CODE_MAX] = "";
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_SUPPLY_CLAIM, read_code, commodity, param_i64(arena, now_us), param_i64(arena, now_us - every_us));
    enum db_status status = pipe_end(db);
    *counted_r = status == DB_OK && *commodity;
    if (*counted_r)
        status = count(db, commodity, now_us);
    if (status != DB_OK || !*counted_r)
        pg_rollback(db);
    return status;
}
