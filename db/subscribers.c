/* SPDX-License-Identifier: Apache-2.0 */
#include "db/subscribers.h"

#include <stdio.h>

#include "db/array.h"
#include "db/pg.h"

struct page {
    struct arena *arena;
    struct subscriber *rows;
    size_t n;
};

static void read_price(struct pg_row *row, struct arena *arena, struct subscriber *subscriber)
{
    subscriber->price_key = row_text_or_null(row, arena);
    subscriber->price.commodity = row_text(row, arena);
    subscriber->price.place = row_text(row, arena);
    subscriber->price.unit = row_text(row, arena);
    subscriber->price.size = row_text(row, arena);
    subscriber->price.grade = row_text(row, arena);
    subscriber->price.state = row_text(row, arena);
    subscriber->price.day = (day_t)row_i64(row);
    subscriber->price.low = row_i64(row);
    subscriber->price.high = row_i64(row);
    subscriber->price.reports = row_int(row);
}

static void read_page(const PGresult *result, void *context)
{
    struct page *page = context;
    page->n = (size_t)PQntuples(result);
    page->rows = arena_calloc(page->arena, page->n, sizeof *page->rows);
    for (size_t i = 0; i < page->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct subscriber *subscriber = &page->rows[i];
        subscriber->person_id = row_i64(&row);
        lang_from_code(row_text(&row, page->arena), &subscriber->lang);
        subscriber->of.commodity = row_text(&row, page->arena);
        subscriber->of.place = row_text(&row, page->arena);
        read_price(&row, page->arena, subscriber);
        subscriber->bulletin_key = row_text_or_null(&row, page->arena);
        subscriber->bulletin.area = row_text(&row, page->arena);
        subscriber->bulletin.body = row_text(&row, page->arena);
        subscriber->bulletin.day = (day_t)row_i64(&row);
        subscriber->bulletin.general = row_bool(&row);
    }
}

enum db_status subscribers_page(struct db *db, struct arena *arena, struct subscribers_after *after, int64_t now_us,
                                struct subscriber **rows_r, size_t *n_r)
{
    struct page page = {.arena = arena};
    pipe_begin(db);
    struct arena *scratch = db_scratch(db);
    PIPE(db, Q_SUBSCRIBERS_PAGE, read_page, &page, param_i64(scratch, now_us), param_i64(scratch, after->person_id),
         after->commodity, after->place, param_i64(scratch, SUBSCRIBERS_MAX));
    enum db_status status = pipe_end(db);
    *rows_r = page.rows;
    *n_r = page.n;
    if (status != DB_OK)
        return status;
    *after = (struct subscribers_after){0};
    if (page.n == SUBSCRIBERS_MAX) {
        const struct subscriber *last = &page.rows[page.n - 1];
        after->person_id = last->person_id;
        snprintf(after->commodity, sizeof after->commodity, "%s", last->of.commodity);
        snprintf(after->place, sizeof after->place, "%s", last->of.place);
    }
    return DB_OK;
}
