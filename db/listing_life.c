/* SPDX-License-Identifier: Apache-2.0 */
#include "db/listing_life.h"

#include "db/array.h"
#include "db/listings.h"

/* ---- one's own ---- */

static void lock_what_changes(struct db *db, const struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array msisdn = array_begin(arena), code = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->change)
            continue;
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_text(&code, lookup->listing_code);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_OWN_LISTINGS_LOCK, NULL, NULL, array_end(&msisdn), array_end(&code));
}

static void read_own(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    size_t rows = (size_t)PQntuples(result);
    struct own_listing *own = arena_calloc(lookups->arena, rows, sizeof *own);
    for (size_t i = 0; i < rows; i++) {
        struct pg_row row = pg_row(result, (int)i);
        size_t n = (size_t)row_i64(&row);
        struct found *found = &lookups->found[n];
        own[i] = (struct own_listing){.number = row_int(&row), .is = listing_read(&row, lookups->arena)};
        if (found->n_own++ == 0)
            found->own = &own[i];
        if (own[i].number == lookups->rows[n].own_number)
            found->listing = own[i].is;
    }
}

static void read_sales(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    size_t rows = (size_t)PQntuples(result);
    struct listing_sale *sales = arena_calloc(lookups->arena, rows, sizeof *sales);
    for (size_t i = 0; i < rows; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct found *found = &lookups->found[row_i64(&row)];
        sales[i].listing_id = row_i64(&row);
        sales[i].quantity_milli = row_i64(&row);
        sales[i].unit = row_text(&row, lookups->arena);
        sales[i].price = row_i64(&row);
        sales[i].price_unit = row_text(&row, lookups->arena);
        if (found->n_sales++ == 0)
            found->sales = &sales[i];
    }
}

static void find_sales(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        if (!lookups->rows[i].sales)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookups->rows[i].mo].msisdn);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_OWN_SALES, read_sales, lookups, array_end(&n), array_end(&msisdn));
}

void own_listings_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), anew = array_begin(arena);
    size_t wanted = 0;
    lock_what_changes(db, lookups);
    find_sales(db, lookups);
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->own_number && !lookup->own_list)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_bool(&anew, lookup->own_list);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_OWN_LISTINGS, read_own, lookups, array_end(&n), array_end(&msisdn), array_end(&anew),
             param_i64(arena, OWN_LISTINGS_MAX));
}

/* ---- effects ---- */

void listings_change(struct db *db, const struct listing_change *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array state = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_text(&state, listing_state_name(rows[i].to.state));
    PIPE(db, Q_LISTINGS_CHANGE, NULL, NULL, FIELD_I64(arena, rows, n, to.id), FIELD_I64(arena, rows, n, to.person_id),
         array_end(&state), FIELD_I64(arena, rows, n, to.quantity_milli), FIELD_TEXT(arena, rows, n, to.base_unit),
         FIELD_I64(arena, rows, n, to.entered_milli), FIELD_TEXT(arena, rows, n, to.entered_unit),
         FIELD_I64(arena, rows, n, to.price_low), FIELD_I64(arena, rows, n, to.price_high),
         FIELD_TEXT(arena, rows, n, to.price_unit), FIELD_TEXT(arena, rows, n, to.place),
         FIELD_DAY(arena, rows, n, to.ready), FIELD_DAY(arena, rows, n, to.until),
         FIELD_I64(arena, rows, n, inbound_id), now);
}

void listing_deals_add(struct db *db, const struct listing_deal *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_LISTING_DEALS_ADD, NULL, NULL, FIELD_I64(arena, rows, n, listing_id),
         FIELD_I64(arena, rows, n, quantity_milli), FIELD_TEXT(arena, rows, n, unit), FIELD_I64(arena, rows, n, price),
         FIELD_TEXT(arena, rows, n, price_unit), FIELD_I64(arena, rows, n, inbound_id), now);
}

void listing_lists_put(struct db *db, const struct listing_list *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array lists = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_ids(&lists, rows[i].ids, rows[i].n);
    PIPE(db, Q_LISTING_LISTS_PUT, NULL, NULL, FIELD_I64(arena, rows, n, person_id), array_end(&lists), now);
}
