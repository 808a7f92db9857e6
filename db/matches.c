/* SPDX-License-Identifier: Apache-2.0 */
#include "db/matches.h"

#include "db/array.h"
#include "db/listings.h"
#include "db/lookup.h"
#include "db/pg.h"

struct reading_news {
    struct arena *arena;
    struct match_news *news;
};

static void read_last(const PGresult *result, void *context)
{
    struct match_news *news = context;
    news->taken = PQntuples(result) > 0;
    if (news->taken)
        read_numbers(result, &news->last);
}

static void read_changed(const PGresult *result, void *context)
{
    struct reading_news *reading = context;
    struct match_news *news = reading->news;
    news->n = (size_t)PQntuples(result);
    news->changed = arena_calloc(reading->arena, news->n, sizeof *news->changed);
    for (size_t i = 0; i < news->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        news->changed[i].at_us = row_i64(&row);
        news->changed[i].is = listing_read(&row, reading->arena);
    }
}

static void read_owners(const PGresult *result, void *context)
{
    struct reading_news *reading = context;
    struct match_news *news = reading->news;
    news->n_owners = (size_t)PQntuples(result);
    news->owners = arena_calloc(reading->arena, news->n_owners, sizeof *news->owners);
    for (size_t i = 0; i < news->n_owners; i++) {
        struct pg_row row = pg_row(result, (int)i);
        news->owners[i].listing_id = row_i64(&row);
        lang_from_code(row_text(&row, reading->arena), &news->owners[i].lang);
        news->owners[i].created_us = row_i64(&row);
    }
}

/* The other side of each, as a batch looks it up. */
static enum db_status find_lots(struct db *db, struct arena *arena, struct match_news *news)
{
    const struct sender nobody = {.place = ""};
    struct lookup *rows = arena_calloc(arena, news->n, sizeof *rows);
    struct found *found = arena_calloc(arena, news->n, sizeof *found);
    size_t *todo = arena_calloc(arena, news->n, sizeof *todo);
    for (size_t i = 0; i < news->n; i++) {
        const struct listing_facts *is = &news->changed[i].is;
        rows[i] = (struct lookup){.commodity = is->commodity,
                                  .place = is->place,
                                  .lots_side = is->side == 's' ? 'b' : 's',
                                  .lots_max = LOTS_FEW};
        todo[i] = i;
    }
    struct lookups lookups = {
        .arena = arena, .home = "", .rows = rows, .n = news->n, .found = found, .senders = &nobody};
    lookups.todo[KEPT_LOTS] = (struct todo){todo, news->n};
    pipe_begin(db);
    listings_lots(db, &lookups);
    enum db_status status = pipe_end(db);
    for (size_t i = 0; status == DB_OK && i < news->n; i++) {
        news->changed[i].n_lots = found[i].n_lots;
        news->changed[i].lots = found[i].lots;
    }
    return status;
}

static enum db_status find_owners(struct db *db, struct arena *arena, struct match_news *news)
{
    struct reading_news reading = {arena, news};
    pipe_begin(db);
    struct array ids = array_begin(db_scratch(db));
    for (size_t i = 0; i < news->n; i++)
        for (size_t k = 0; k < news->changed[i].n_lots; k++)
            array_i64(&ids, news->changed[i].lots[k].id);
    PIPE(db, Q_MATCH_OWNERS, read_owners, &reading, array_end(&ids));
    return pipe_end(db);
}

enum db_status matches_take(struct db *db, struct arena *arena, int limit, struct match_news *news_r)
{
    struct reading_news reading = {arena, news_r};
    *news_r = (struct match_news){0};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_MATCH_FEED_GIVEN, read_numbers, &news_r->given);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE(db, Q_MATCH_FEED_TAKE, read_last, news_r, param_i64(db_scratch(db), limit));
    enum db_status status = pipe_end(db);
    if (status != DB_OK || !news_r->taken)
        return status;
    pipe_begin(db);
    PIPE(db, Q_MATCH_FEED_READ, read_changed, &reading, param_i64(db_scratch(db), news_r->last));
    status = pipe_end(db);
    if (status == DB_OK && news_r->n)
        status = find_lots(db, arena, news_r);
    if (status == DB_OK && news_r->n)
        status = find_owners(db, arena, news_r);
    return status;
}

enum db_status matches_done(struct db *db, const struct match_news *news)
{
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    if (news->taken)
        PIPE(db, Q_MATCH_FEED_SETTLE, NULL, NULL, param_i64(arena, news->last), param_i64(arena, news->given));
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return pipe_end(db);
}

void matches_undo(struct db *db)
{
    pg_rollback(db);
}
