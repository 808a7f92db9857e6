/* SPDX-License-Identifier: Apache-2.0 */
#include "db/prices.h"

#include <stdio.h>

#include "db/array.h"
#include "db/price_cache.h"

static const char *const matches[] = {
    [PRICE_NONE] = "none", [PRICE_HERE] = "here", [PRICE_NEAR] = "near", [PRICE_REGION] = "region"};

static void read_group(struct pg_row *row, struct arena *arena, struct price_group *group)
{
    group->commodity = row_text(row, arena);
    group->place = row_text(row, arena);
    group->unit = row_text(row, arena);
    group->basis = row_text(row, arena);
    group->size = row_text(row, arena);
    group->grade = row_text(row, arena);
    group->state = row_text(row, arena);
    group->day = (day_t)row_i64(row);
    group->low = row_i64(row);
    group->median = row_i64(row);
    group->high = row_i64(row);
    group->reports = row_int(row);
    group->week_before = row_i64(row);
}

static void read_groups(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        found->match = (enum price_match)row_word(&row, matches, sizeof matches / sizeof *matches);
        read_group(&row, lookups->arena, &found->groups[found->n_groups++]);
    }
}

/* The place a lookup is about: the one named, the person's own, or else home. */
static const char *place_of(const struct lookups *lookups, const struct lookup *lookup)
{
    const char *own = lookups->senders[lookup->mo].place;
    return lookup->place && *lookup->place ? lookup->place : own && *own ? own : lookups->home;
}

static const char *key_of(struct arena *arena, const struct lookups *lookups, const struct lookup *lookup)
{
    return arena_printf(arena, "%s\t%s\t%s", lookup->commodity, lookup->size ? lookup->size : "",
                        place_of(lookups, lookup));
}

void prices_kept(struct db *db, struct lookups *lookups)
{
    const struct price_source *source = db_prices(db);
    lookups->unpriced = arena_calloc(lookups->arena, lookups->n, sizeof *lookups->unpriced);
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->commodity)
            continue;
        bool kept =
            source->cache && price_cache_get(source->cache, source->version, key_of(lookups->arena, lookups, lookup),
                                             lookups->arena, &lookups->found[i]);
        if (!kept)
            lookups->unpriced[lookups->n_unpriced++] = i;
    }
}

void prices_near(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), commodity = array_begin(arena), place = array_begin(arena),
                 size = array_begin(arena);
    for (size_t i = 0; i < lookups->n_unpriced; i++) {
        const struct lookup *lookup = &lookups->rows[lookups->unpriced[i]];
        array_i64(&n, (int64_t)lookups->unpriced[i]);
        array_text(&commodity, lookup->commodity);
        array_text(&place, place_of(lookups, lookup));
        array_text(&size, lookup->size ? lookup->size : "");
    }
    if (lookups->n_unpriced)
        PIPE(db, Q_PRICES_NEAR, read_groups, lookups, array_end(&n), array_end(&commodity), array_end(&place),
             array_end(&size));
}

void prices_keep(struct db *db, const struct lookups *lookups)
{
    const struct price_source *source = db_prices(db);
    for (size_t i = 0; source->cache && i < lookups->n_unpriced; i++) {
        size_t k = lookups->unpriced[i];
        price_cache_put(source->cache, source->version, key_of(lookups->arena, lookups, &lookups->rows[k]),
                        &lookups->found[k]);
    }
}

static void read_version(const PGresult *result, void *context)
{
    struct price_source *source = context;
    snprintf(source->version, sizeof source->version, "%s", PQgetvalue(result, 0, 0));
}

void prices_version(struct db *db)
{
    if (db_prices(db)->cache)
        PIPE_PLAIN(db, Q_PRICES_VERSION, read_version, db_prices(db));
}
