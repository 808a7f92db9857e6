/* SPDX-License-Identifier: Apache-2.0 */
#include "db/pages.h"

#include <string.h>

#include "db/array.h"
#include "db/listings.h"

static void read_page(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    size_t rows = (size_t)PQntuples(result);
    struct listing_facts *page = arena_calloc(lookups->arena, rows, sizeof *page);
    for (size_t i = 0; i < rows; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct found *found = &lookups->found[row_i64(&row)];
        const char *commodity = row_text(&row, lookups->arena);
        page[i] = listing_read(&row, lookups->arena);
        if (found->n_page++ == 0) {
            found->page = &page[i];
            found->page_commodity = commodity;
        }
    }
}

static void read_newest(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        found->newest = listing_read(&row, lookups->arena);
    }
}

void pages_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        if (!lookups->rows[i].more)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookups->rows[i].mo].msisdn);
        wanted++;
    }
    if (!wanted)
        return;
    const char *asked = array_end(&n), *numbers = array_end(&msisdn);
    PIPE(db, Q_PAGES_FIND, read_page, lookups, asked, numbers);
    PIPE(db, Q_PAGES_NEWEST, read_newest, lookups, asked, numbers);
}

void pages_follow(struct lookups *lookups)
{
    struct lookup *rows = NULL;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct listing_facts *newest = &lookups->found[i].newest;
        if (!newest->id)
            continue;
        if (!rows) {
            rows = arena_calloc(lookups->arena, lookups->n, sizeof *rows);
            memcpy(rows, lookups->rows, lookups->n * sizeof *rows);
            lookups->rows = rows;
        }
        rows[i].commodity = newest->commodity;
        rows[i].place = newest->place;
        rows[i].lots_side = newest->side == 's' ? 'b' : 's';
        rows[i].lots_max = LOTS_MAX;
    }
}

void pages_put(struct db *db, const struct page_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array lists = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_ids(&lists, rows[i].ids, rows[i].n);
    PIPE(db, Q_PAGES_PUT, NULL, NULL, FIELD_I64(arena, rows, n, person_id), FIELD_TEXT(arena, rows, n, commodity),
         array_end(&lists), FIELD_I64(arena, rows, n, shown), now);
}
