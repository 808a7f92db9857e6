/* SPDX-License-Identifier: Apache-2.0 */
#include "db/prices.h"

#include "db/array.h"
#include "db/kept.h"

static const char *const matches[] = {
    [PRICE_NONE] = "none", [PRICE_HERE] = "here", [PRICE_NEAR] = "near", [PRICE_REGION] = "region"};

static void read_group(struct pg_row *row, struct arena *arena, struct price_group *group)
{
    group->commodity = row_text(row, arena);
    group->place = row_text(row, arena);
    group->unit = row_text(row, arena);
    group->basis = row_text(row, arena);
    group->size = row_text(row, arena);
    group->grade = row_text(row, arena);
    group->state = row_text(row, arena);
    group->day = (day_t)row_i64(row);
    group->low = row_i64(row);
    group->median = row_i64(row);
    group->high = row_i64(row);
    group->reports = row_int(row);
    group->week_before = row_i64(row);
}

static void read_groups(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        found->match = (enum price_match)row_word(&row, matches, sizeof matches / sizeof *matches);
        read_group(&row, lookups->arena, &found->groups[found->n_groups++]);
    }
}

void prices_near(struct db *db, struct lookups *lookups)
{
    const struct todo *todo = &lookups->todo[KEPT_PRICES];
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), commodity = array_begin(arena), place = array_begin(arena),
                 size = array_begin(arena);
    for (size_t i = 0; i < todo->n; i++) {
        const struct lookup *lookup = &lookups->rows[todo->rows[i]];
        array_i64(&n, (int64_t)todo->rows[i]);
        array_text(&commodity, lookup->commodity);
        array_text(&place, lookup_place(lookups, lookup));
        array_text(&size, lookup->size ? lookup->size : "");
    }
    if (todo->n)
        PIPE(db, Q_PRICES_NEAR, read_groups, lookups, array_end(&n), array_end(&commodity), array_end(&place),
             array_end(&size));
}
