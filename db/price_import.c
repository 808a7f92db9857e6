/* SPDX-License-Identifier: Apache-2.0 */
#include "db/price_import.h"

#include <string.h>

#include "db/array.h"
#include "db/pg.h"

/* Groups with their figures in `after`, in one order. */
struct groups {
    struct arena *arena;
    size_t n;
    struct price_change *rows;
};

static void read_groups(const PGresult *result, void *context)
{
    struct groups *groups = context;
    struct arena *arena = groups->arena;
    groups->n = (size_t)PQntuples(result);
    groups->rows = arena_calloc(arena, groups->n, sizeof *groups->rows);
    for (size_t i = 0; i < groups->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct price_change *group = &groups->rows[i];
        group->commodity = row_text(&row, arena);
        group->day = (day_t)row_i64(&row);
        group->place = row_text(&row, arena);
        group->unit = row_text(&row, arena);
        group->basis = row_text(&row, arena);
        group->attrs = row_text(&row, arena);
        group->after.low = row_i64(&row);
        group->after.median = row_i64(&row);
        group->after.high = row_i64(&row);
        group->after.reports = row_int(&row);
    }
}

static int compare(const struct price_change *a, const struct price_change *b)
{
    const char *const left[] = {a->place, a->unit, a->basis, a->attrs}, *const right[] = {b->place, b->unit, b->basis,
                                                                                          b->attrs};
    int order = strcmp(a->commodity, b->commodity);
    if (order == 0)
        order = (a->day > b->day) - (a->day < b->day);
    for (size_t i = 0; order == 0 && i < sizeof left / sizeof *left; i++)
        order = strcmp(left[i], right[i]);
    return order;
}

static bool same(const struct price_figures *a, const struct price_figures *b)
{
    return a->low == b->low && a->median == b->median && a->high == b->high && a->reports == b->reports;
}

/* What is in one of the two lists alone, or differs. */
static void find_changes(const struct groups *before, const struct groups *after, struct price_import *import)
{
    size_t b = 0, a = 0;
    import->changes = arena_calloc(after->arena, before->n + after->n, sizeof *import->changes);
    while (b < before->n || a < after->n) {
        int order = b == before->n ? 1 : a == after->n ? -1 : compare(&before->rows[b], &after->rows[a]);
        struct price_change change = order < 0 ? before->rows[b] : after->rows[a];
        change.before = order <= 0 ? before->rows[b].after : (struct price_figures){0};
        change.after = order >= 0 ? after->rows[a].after : (struct price_figures){0};
        b += order <= 0;
        a += order >= 0;
        if (!same(&change.before, &change.after))
            import->changes[import->n_changes++] = change;
    }
}

static void pipe_import(struct db *db, const struct price_report *rows, size_t n, int64_t counts[2])
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_PRICE_IMPORT, read_numbers, counts, FIELD_DAY(arena, rows, n, day),
         FIELD_TEXT(arena, rows, n, commodity), FIELD_TEXT(arena, rows, n, place), FIELD_TEXT(arena, rows, n, unit),
         FIELD_TEXT(arena, rows, n, basis), FIELD_TEXT(arena, rows, n, size), FIELD_TEXT(arena, rows, n, grade),
         FIELD_TEXT(arena, rows, n, state), FIELD_TEXT(arena, rows, n, rest), FIELD_I64(arena, rows, n, low),
         FIELD_I64(arena, rows, n, price), FIELD_I64(arena, rows, n, high), FIELD_TEXT(arena, rows, n, source));
}

enum db_status price_import(struct db *db, struct arena *arena, const struct price_report *rows, size_t n, bool dry,
                            struct price_import *import_r)
{
    struct groups before = {.arena = arena}, after = {.arena = arena};
    int64_t counts[2] = {0};
    *import_r = (struct price_import){0};
    pipe_begin(db);
    const char *commodities = FIELD_TEXT(db_scratch(db), rows, n, commodity);
    const char *days = FIELD_DAY(db_scratch(db), rows, n, day);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE_PLAIN(db, Q_PRICE_FEED_WAIT, NULL, NULL); /* the daemon counts before us or after us */
    PIPE(db, Q_PRICE_IMPORT_GROUPS, read_groups, &before, commodities, days);
    pipe_import(db, rows, n, counts);
    PIPE(db, Q_PRICE_GROUPS_COUNT, NULL, NULL, commodities, days);
    PIPE(db, Q_PRICE_IMPORT_GROUPS, read_groups, &after, commodities, days);
    if (!dry)
        PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    enum db_status status = pipe_end(db);
    pg_rollback(db);
    if (status != DB_OK)
        return status;
    import_r->added = (size_t)counts[0];
    import_r->changed = (size_t)counts[1];
    import_r->unchanged = n - import_r->added - import_r->changed;
    find_changes(&before, &after, import_r);
    return DB_OK;
}
