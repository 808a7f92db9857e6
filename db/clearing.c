/* SPDX-License-Identifier: Apache-2.0 */
#include "db/clearing.h"

#include "db/array.h"
#include "db/deals_read.h"
#include "db/pg.h"

enum db_status clearing_claim(struct db *db, int64_t now_us, int64_t every, bool *mine_r)
{
    int64_t mine = 0;
    pipe_begin(db);
    PIPE(db, Q_CLEARING_CLAIM, read_numbers, &mine, param_i64(db_scratch(db), now_us),
         param_i64(db_scratch(db), every));
    enum db_status status = pipe_end(db);
    *mine_r = status == DB_OK && mine == 1;
    return status;
}

/* A transaction whose statements are planned anew. */
static void begin(struct db *db)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    PIPE_PLAIN(db, Q_CLEARING_PLANS, NULL, NULL);
}

/* Of one that only reads. */
static enum db_status end(struct db *db)
{
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    enum db_status status = pipe_end(db);
    if (status != DB_OK)
        pg_rollback(db);
    return status;
}

/* ---- reading the market ---- */

struct names {
    struct arena *arena;
    const char **names;
    size_t n;
};

static void read_names(const PGresult *result, void *context)
{
    struct names *names = context;
    names->n = (size_t)PQntuples(result);
    names->names = arena_calloc(names->arena, names->n, sizeof *names->names);
    for (size_t i = 0; i < names->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        names->names[i] = row_text(&row, names->arena);
    }
}

static const char *param_today(struct arena *arena, int64_t now_us)
{
    char day[11];
    day_format_iso(day_of_moment(now_us), day);
    return arena_copy(arena, slice_of(day));
}

enum db_status clearing_trees(struct db *db, struct arena *arena, int64_t now_us, const char ***trees_r, size_t *n_r)
{
    struct names trees = {.arena = arena};
    begin(db);
    PIPE(db, Q_CLEARING_TREES, read_names, &trees, param_today(db_scratch(db), now_us));
    enum db_status status = end(db);
    *trees_r = trees.names;
    *n_r = trees.n;
    return status;
}

struct orders {
    struct arena *arena;
    struct clearing_order *orders;
    size_t n;
};

static struct clearing_order read_order(struct pg_row *row, struct arena *arena)
{
    struct clearing_order order;
    order.id = row_i64(row);
    order.person_id = row_i64(row);
    order.room = row_int(row);
    order.commodity = row_text(row, arena);
    order.place = row_text(row, arena);
    order.free_milli = row_i64(row);
    order.whole_milli = row_i64(row);
    order.entered_milli = row_i64(row);
    order.base_unit = row_text(row, arena);
    order.entered_unit = row_text(row, arena);
    order.price_low = row_i64(row);
    order.price_high = row_i64(row);
    order.price_unit = row_text(row, arena);
    order.ready = (day_t)row_i64(row);
    order.until = (day_t)row_i64(row);
    order.size = row_text(row, arena);
    order.grade = row_text(row, arena);
    order.state = row_text(row, arena);
    return order;
}

static void read_orders(const PGresult *result, void *context)
{
    struct orders *orders = context;
    orders->n = (size_t)PQntuples(result);
    orders->orders = arena_calloc(orders->arena, orders->n, sizeof *orders->orders);
    for (size_t i = 0; i < orders->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        orders->orders[i] = read_order(&row, orders->arena);
    }
}

enum db_status clearing_orders(struct db *db, struct arena *arena, const struct clearing_limits *limits, int64_t now_us,
                               struct clearing_book *book)
{
    struct orders lots = {.arena = arena}, requests = {.arena = arena};
    begin(db);
    struct arena *scratch = db_scratch(db);
    const char *today = param_today(scratch, now_us), *proposals = param_i64(scratch, limits->proposals),
               *alerts = param_i64(scratch, limits->alerts), *now = param_i64(scratch, now_us),
               *none = param_i64(scratch, DAY_NONE);
    PIPE(db, Q_CLEARING_ORDERS, read_orders, &lots, book->tree, "s", today, param_i64(scratch, (int64_t)limits->lots),
         proposals, alerts, now, none);
    PIPE(db, Q_CLEARING_ORDERS, read_orders, &requests, book->tree, "b", today,
         param_i64(scratch, (int64_t)limits->requests), proposals, alerts, now, none);
    enum db_status status = end(db);
    book->lots = lots.orders;
    book->n_lots = lots.n;
    book->requests = requests.orders;
    book->n_requests = requests.n;
    return status;
}

struct contexts {
    struct arena *arena;
    struct clearing_context *context;
};

static void read_places(const PGresult *result, void *context_p)
{
    struct contexts *contexts = context_p;
    struct clearing_context *context = contexts->context;
    context->n_places = (size_t)PQntuples(result);
    context->places = arena_calloc(contexts->arena, context->n_places, sizeof *context->places);
    for (size_t i = 0; i < context->n_places; i++) {
        struct pg_row row = pg_row(result, (int)i);
        context->places[i].code = row_text(&row, contexts->arena);
        context->places[i].lat = row_i64(&row);
        context->places[i].lon = row_i64(&row);
    }
}

static void read_barred(const PGresult *result, void *context_p)
{
    struct contexts *contexts = context_p;
    struct clearing_context *context = contexts->context;
    context->n_barred = (size_t)PQntuples(result);
    context->barred = arena_calloc(contexts->arena, context->n_barred, sizeof *context->barred);
    for (size_t i = 0; i < context->n_barred; i++) {
        struct pg_row row = pg_row(result, (int)i);
        context->barred[i].sell_id = row_i64(&row);
        context->barred[i].buy_id = row_i64(&row);
    }
}

enum db_status clearing_context(struct db *db, struct arena *arena, const struct clearing_book *book,
                                struct clearing_context *context_r)
{
    struct contexts contexts = {arena, context_r};
    begin(db);
    struct arena *scratch = db_scratch(db);
    struct array places = array_begin(scratch);
    for (size_t i = 0; i < book->n_lots; i++)
        array_text(&places, book->lots[i].place);
    for (size_t i = 0; i < book->n_requests; i++)
        array_text(&places, book->requests[i].place);
    PIPE(db, Q_CLEARING_PLACES, read_places, &contexts, array_end(&places));
    PIPE(db, Q_CLEARING_BARRED, read_barred, &contexts, FIELD_I64(scratch, book->lots, book->n_lots, id));
    return end(db);
}

/* ---- proposing, and the end of it ---- */

struct ids {
    struct arena *arena;
    int64_t *ids;
    size_t n;
};

static void read_ids(const PGresult *result, void *context)
{
    struct ids *ids = context;
    ids->n = (size_t)PQntuples(result);
    ids->ids = arena_calloc(ids->arena, ids->n, sizeof *ids->ids);
    for (size_t i = 0; i < ids->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        ids->ids[i] = row_i64(&row);
    }
}

static const char *param_ids(struct arena *scratch, const struct ids *ids)
{
    struct array array = array_begin(scratch);
    for (size_t i = 0; i < ids->n; i++)
        array_i64(&array, ids->ids[i]);
    return array_end(&array);
}

struct parties {
    struct arena *arena;
    struct clearing_parties *parties;
};

static void read_parties(const PGresult *result, void *context)
{
    struct parties *parties = context;
    size_t n = (size_t)PQntuples(result);
    parties->parties->n = n;
    parties->parties->parties = arena_calloc(parties->arena, n, sizeof *parties->parties->parties);
    for (size_t i = 0; i < n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        deal_party_read(&row, parties->arena, &parties->parties->parties[i]);
    }
}

static enum db_status parties_of(struct db *db, struct arena *arena, const struct ids *ids,
                                 struct clearing_parties *parties_r)
{
    struct parties parties = {arena, parties_r};
    *parties_r = (struct clearing_parties){NULL, 0};
    pipe_begin(db);
    PIPE(db, Q_CLEARING_PARTIES, read_parties, &parties, param_ids(db_scratch(db), ids));
    return pipe_end(db);
}

enum db_status clearing_propose(struct db *db, struct arena *arena, const struct clearing_proposal *rows, size_t n,
                                int64_t now_us, int64_t until_us, struct clearing_parties *parties_r)
{
    struct ids ids = {.arena = arena};
    begin(db);
    struct arena *scratch = db_scratch(db);
    struct array people = array_begin(scratch);
    for (size_t i = 0; i < n; i++) {
        array_i64(&people, rows[i].seller);
        array_i64(&people, rows[i].buyer);
    }
    PIPE(db, Q_CLEARING_LOCK, NULL, NULL, array_end(&people));
    PIPE(db, Q_CLEARING_PROPOSE, read_ids, &ids, FIELD_TEXT(scratch, rows, n, code),
         FIELD_I64(scratch, rows, n, sell_id), FIELD_I64(scratch, rows, n, buy_id),
         FIELD_I64(scratch, rows, n, quantity_milli), FIELD_I64(scratch, rows, n, price),
         FIELD_TEXT(scratch, rows, n, price_unit), FIELD_I64(scratch, rows, n, sell_price),
         FIELD_I64(scratch, rows, n, buy_price), param_i64(scratch, now_us), param_i64(scratch, until_us));
    enum db_status status = pipe_end(db);
    return status == DB_OK ? parties_of(db, arena, &ids, parties_r) : status;
}

struct over {
    struct arena *arena; /* of the pipe */
    struct array deals, people;
    size_t n;
};

static void read_over(const PGresult *result, void *context)
{
    struct over *over = context;
    over->n = (size_t)PQntuples(result);
    over->deals = array_begin(over->arena);
    over->people = array_begin(over->arena);
    for (size_t i = 0; i < over->n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        array_i64(&over->deals, row_i64(&row));
        array_id(&over->people, row_i64(&row));
        array_id(&over->people, row_i64(&row));
    }
}

enum db_status clearing_free(struct db *db, struct arena *arena, int64_t now_us, struct clearing_parties *parties_r)
{
    struct over over = {.arena = arena};
    struct ids ids = {.arena = arena};
    *parties_r = (struct clearing_parties){NULL, 0};
    begin(db);
    PIPE(db, Q_CLEARING_OVER, read_over, &over, param_i64(db_scratch(db), now_us),
         param_i64(db_scratch(db), CLEARING_SLICE));
    enum db_status status = end(db);
    if (status != DB_OK || over.n == 0)
        return status;
    begin(db);
    PIPE(db, Q_CLEARING_LOCK, NULL, NULL, array_end(&over.people));
    PIPE(db, Q_CLEARING_FREE, read_ids, &ids, array_end(&over.deals), param_i64(db_scratch(db), now_us));
    status = pipe_end(db);
    return status == DB_OK ? parties_of(db, arena, &ids, parties_r) : status;
}

enum db_status clearing_commit(struct db *db)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return pipe_end(db);
}

void clearing_rollback(struct db *db)
{
    pg_rollback(db);
}
