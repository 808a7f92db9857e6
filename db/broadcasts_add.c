/* SPDX-License-Identifier: Apache-2.0 */
#include "db/broadcasts_add.h"

#include "db/array.h"

static void read_asked(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct broadcast_found *found = &lookups->found[row_i64(&row)].broadcast;
        enum lang lang = LANG_VI;
        found->officer = true;
        found->within = row_bool(&row);
        found->area = row_text(&row, lookups->arena);
        found->commodity = row_text(&row, lookups->arena);
        lang_from_code(row_text(&row, lookups->arena), &lang);
        found->people[lang] += row_i64(&row);
    }
}

static void read_waiting(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct broadcast_found *found = &lookups->found[row_i64(&row)].broadcast;
        found->waits = true;
        found->area = row_text(&row, lookups->arena);
        found->commodity = row_text(&row, lookups->arena);
        found->people[LANG_VI] = row_i64(&row);
        found->segments = row_i64(&row);
    }
}

static void find_audiences(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), place = array_begin(arena),
                 goods = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->audience)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_text(&place, lookup->audience->area);
        array_text(&goods, lookup->audience->commodity);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_BROADCAST_ASKED, read_asked, lookups, array_end(&n), array_end(&msisdn), array_end(&place),
             array_end(&goods));
}

static void find_waiting(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), id = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->waiting_broadcast)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_i64(&id, lookup->waiting_broadcast);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_BROADCAST_WAITING, read_waiting, lookups, array_end(&n), array_end(&msisdn), array_end(&id));
}

void broadcasts_find(struct db *db, struct lookups *lookups)
{
    find_audiences(db, lookups);
    find_waiting(db, lookups);
}

void broadcasts_put(struct db *db, const struct broadcast_row *rows, size_t n, const char *now, pg_reader *reader,
                    void *context)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_BROADCAST_ADD, reader, context, FIELD_I64(arena, rows, n, author), FIELD_TEXT(arena, rows, n, json),
         now);
}

void broadcasts_approve(struct db *db, const struct broadcast_approval *rows, size_t n)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_BROADCAST_APPROVE, NULL, NULL, FIELD_I64(arena, rows, n, id), FIELD_I64(arena, rows, n, person_id));
}
