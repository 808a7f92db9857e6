/* SPDX-License-Identifier: Apache-2.0 */
#include "db/listings.h"

#include "db/array.h"
#include "db/kept.h"

/* ---- looking up ---- */

static void read_lot(struct pg_row *row, struct arena *arena, struct lot *lot)
{
    lot->step = (enum lot_step)row_int(row);
    lot->id = row_i64(row);
    lot->person_id = row_i64(row);
    lot->quantity_milli = row_i64(row);
    lot->entered_milli = row_i64(row);
    lot->price_low = row_i64(row);
    lot->price_high = row_i64(row);
    lot->ready = row_day(row);
    lot->until = row_day(row);
    for (size_t i = 0; i < sizeof lot->texts / sizeof *lot->texts; i++)
        lot->texts[i] = row_text(row, arena);
}

/* The rows of a lookup follow one another. */
static void read_lots(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    size_t n = (size_t)PQntuples(result);
    struct lot *lots = arena_calloc(lookups->arena, n, sizeof *lots);
    for (size_t i = 0; i < n; i++) {
        struct pg_row row = pg_row(result, (int)i);
        struct found *found = &lookups->found[row_i64(&row)];
        const char *near = row_text(&row, lookups->arena);
        if (found->n_lots++ == 0) {
            found->near = near;
            found->lots = &lots[i];
        }
        read_lot(&row, lookups->arena, &lots[i]);
    }
}

void listings_lots(struct db *db, struct lookups *lookups)
{
    const struct todo *todo = &lookups->todo[KEPT_LOTS];
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), commodity = array_begin(arena), place = array_begin(arena),
                 side = array_begin(arena), max = array_begin(arena);
    for (size_t i = 0; i < todo->n; i++) {
        const struct lookup *lookup = &lookups->rows[todo->rows[i]];
        array_i64(&n, (int64_t)todo->rows[i]);
        array_text(&commodity, lookup->commodity);
        array_text(&place, lookup_place(lookups, lookup));
        array_char(&side, lookup->lots_side);
        array_i64(&max, lookup->lots_max);
    }
    if (todo->n)
        PIPE(db, Q_LISTINGS_LOTS, read_lots, lookups, array_end(&n), array_end(&commodity), array_end(&place),
             array_end(&side), array_end(&max));
}

static const char *const states[] = {[LISTING_OPEN] = "open",
                                     [LISTING_CANCELLED] = "cancelled",
                                     [LISTING_EXPIRED] = "expired",
                                     [LISTING_SOLD] = "sold",
                                     [LISTING_MATCHED] = "matched"};

const char *listing_state_name(enum listing_state state)
{
    return states[state];
}

struct listing_facts listing_read(struct pg_row *row, struct arena *arena)
{
    struct listing_facts listing = {.id = row_i64(row), .code = row_text(row, arena), .person_id = row_i64(row)};
    listing.state = (enum listing_state)row_word(row, states, sizeof states / sizeof *states);
    listing.side = row_char(row);
    listing.commodity = row_text(row, arena);
    listing.quantity_milli = row_i64(row);
    listing.base_unit = row_text(row, arena);
    listing.entered_milli = row_i64(row);
    listing.entered_unit = row_text(row, arena);
    listing.price_low = row_i64(row);
    listing.price_high = row_i64(row);
    listing.price_unit = row_text(row, arena);
    listing.place = row_text(row, arena);
    listing.ready = row_day(row);
    listing.until = row_day(row);
    listing.size = row_text(row, arena);
    listing.grade = row_text(row, arena);
    listing.state_of_goods = row_text(row, arena);
    return listing;
}

static void read_listings(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        struct listing_facts *listing = row_int(&row) ? &found->repeat : &found->listing;
        *listing = listing_read(&row, lookups->arena);
    }
}

void listings_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), code = array_begin(arena),
                 hash = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        const struct mo *mo = &lookups->mos[lookup->mo];
        if (!lookup->listing_code && !lookup->repeat)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, mo->msisdn);
        array_text(&code, lookup->listing_code);
        if (lookup->repeat)
            array_i64(&hash, (int64_t)mo->text_hash);
        else
            array_null(&hash);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_LISTINGS_FIND, read_listings, lookups, array_end(&n), array_end(&msisdn), array_end(&code),
             array_end(&hash));
}

static void read_phones(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        found->phone = row_text(&row, lookups->arena);
    }
}

void listings_phones(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), code = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->phone || !lookup->listing_code)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&code, lookup->listing_code);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_LISTINGS_PHONES, read_phones, lookups, array_end(&n), array_end(&code));
}

/* ---- effects ---- */

void listings_add(struct db *db, const struct listing_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array hash = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_i64(&hash, (int64_t)rows[i].text_hash);
    PIPE(db, Q_LISTINGS_ADD, NULL, NULL, FIELD_I64(arena, rows, n, id), FIELD_TEXT(arena, rows, n, code),
         FIELD_I64(arena, rows, n, person_id), FIELD_CHAR(arena, rows, n, side), FIELD_TEXT(arena, rows, n, commodity),
         FIELD_I64(arena, rows, n, quantity_milli), FIELD_TEXT(arena, rows, n, base_unit),
         FIELD_I64(arena, rows, n, entered_milli), FIELD_TEXT(arena, rows, n, entered_unit),
         FIELD_I64(arena, rows, n, price_low), FIELD_I64(arena, rows, n, price_high),
         FIELD_TEXT(arena, rows, n, price_unit), FIELD_TEXT(arena, rows, n, place), FIELD_DAY(arena, rows, n, ready),
         FIELD_DAY(arena, rows, n, until), FIELD_TEXT(arena, rows, n, size), FIELD_TEXT(arena, rows, n, grade),
         FIELD_TEXT(arena, rows, n, state), FIELD_I64(arena, rows, n, inbound_id), array_end(&hash), now,
         FIELD_I64(arena, rows, n, price_factor));
}
