/* SPDX-License-Identifier: Apache-2.0 */
#include "db/listing_end.h"

#include "db/array.h"
#include "db/listings.h"
#include "db/pg.h"

#define SLICE 500

enum db_status listings_expire(struct db *db, day_t today, int64_t now_us, size_t *expired_r)
{
    int64_t expired = 0;
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_LISTINGS_EXPIRE, read_numbers, &expired, param_i64(arena, today), param_i64(arena, SLICE),
         param_i64(arena, now_us));
    enum db_status status = pipe_end(db);
    *expired_r = status == DB_OK ? (size_t)expired : 0;
    return status;
}

struct ending {
    struct arena *arena;
    struct ending_listing *listings;
    size_t n;
};

static void read_ending(const PGresult *result, void *context)
{
    struct ending *ending = context;
    ending->n = (size_t)PQntuples(result);
    ending->listings = arena_calloc(ending->arena, ending->n, sizeof *ending->listings);
    for (size_t i = 0; i < ending->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        lang_from_code(row_text(&row, ending->arena), &ending->listings[i].lang);
        ending->listings[i].is = listing_read(&row, ending->arena);
    }
}

enum db_status listings_ending(struct db *db, struct arena *arena, day_t until, const char *key, size_t people,
                               struct ending_listing **listings_r, size_t *n_r)
{
    struct ending ending = {.arena = arena};
    pipe_begin(db);
    struct arena *scratch = db_scratch(db);
    PIPE(db, Q_LISTINGS_ENDING, read_ending, &ending, param_i64(scratch, until), key,
         param_i64(scratch, (int64_t)people));
    enum db_status status = pipe_end(db);
    *listings_r = ending.listings;
    *n_r = ending.n;
    return status;
}
