/* SPDX-License-Identifier: Apache-2.0 */
#include "db/relays.h"

#include "db/array.h"

static void read_relays(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct relay *relay = &lookups->found[row_i64(&row)].relay;
        relay->listing_id = row_i64(&row);
        relay->listing = row_text(&row, lookups->arena);
        relay->commodity = row_text(&row, lookups->arena);
        relay->stands = row_bool(&row);
        relay->code = row_text(&row, lookups->arena);
        relay->owns = row_bool(&row);
        relay->other_id = row_i64(&row);
        lang_from_code(row_text(&row, lookups->arena), &relay->other_lang);
        relay->other_stopped = row_bool(&row);
        relay->stopped_by = row_i64(&row);
        relay->sent = row_int(&row);
    }
}

void relays_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), code = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->relay_code)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_text(&code, lookup->relay_code);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_RELAYS_FIND, read_relays, lookups, array_end(&n), array_end(&msisdn), array_end(&code));
}

void relays_put(struct db *db, const struct relay_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array senders = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        if (rows[i].sender)
            array_i64(&senders, rows[i].sender);
    PIPE(db, Q_RELAYS_PUT, NULL, NULL, FIELD_TEXT(arena, rows, n, code), FIELD_I64(arena, rows, n, listing_id),
         FIELD_I64(arena, rows, n, owner), FIELD_I64(arena, rows, n, asker), FIELD_I64(arena, rows, n, stopped_by),
         now);
    PIPE(db, Q_RELAYS_SENT_ADD, NULL, NULL, array_end(&senders), now);
}
