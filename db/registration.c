/* SPDX-License-Identifier: Apache-2.0 */
#include "db/registration.h"

#include "db/array.h"

static void read_subscriptions(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        struct subscription *subscription = &found->subscriptions[found->n_subscriptions++];
        subscription->commodity = row_text(&row, lookups->arena);
        subscription->place = row_text(&row, lookups->arena);
    }
}

void subscriptions_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        if (!lookups->rows[i].subscriptions)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookups->rows[i].mo].msisdn);
        lookups->found[i].subscriptions =
            arena_alloc(lookups->arena, SUBSCRIPTIONS_MAX * sizeof *lookups->found[i].subscriptions);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_SUBSCRIPTIONS_FIND, read_subscriptions, lookups, array_end(&n), array_end(&msisdn),
             param_i64(arena, SUBSCRIPTIONS_MAX));
}

/* Crops are told all at once: those told before are replaced. */
void registrations_add(struct db *db, const struct effects *effects)
{
    struct arena *arena = db_scratch(db);
    if (effects->n_names)
        PIPE(db, Q_PEOPLE_NAME, NULL, NULL, FIELD_I64(arena, effects->names, effects->n_names, person_id),
             FIELD_TEXT(arena, effects->names, effects->n_names, name));
    if (effects->n_crops == 0)
        return;
    const char *people = FIELD_I64(arena, effects->crops, effects->n_crops, person_id);
    PIPE(db, Q_CROPS_CLEAR, NULL, NULL, people);
    PIPE(db, Q_CROPS_ADD, NULL, NULL, people, FIELD_TEXT(arena, effects->crops, effects->n_crops, commodity));
}

void subscriptions_change(struct db *db, const struct effects *effects, const char *now)
{
    struct arena *arena = db_scratch(db);
    const struct subscription_row *drops = effects->unsubscriptions, *rows = effects->subscriptions;
    size_t n_drops = effects->n_unsubscriptions, n = effects->n_subscriptions;
    if (n_drops)
        PIPE(db, Q_SUBSCRIPTIONS_DROP, NULL, NULL, FIELD_I64(arena, drops, n_drops, person_id),
             FIELD_TEXT(arena, drops, n_drops, commodity), FIELD_TEXT(arena, drops, n_drops, place));
    if (n)
        PIPE(db, Q_SUBSCRIPTIONS_ADD, NULL, NULL, FIELD_I64(arena, rows, n, person_id),
             FIELD_TEXT(arena, rows, n, commodity), FIELD_TEXT(arena, rows, n, place),
             FIELD_TEXT(arena, rows, n, text_version), FIELD_I64(arena, rows, n, inbound_id), now);
}
