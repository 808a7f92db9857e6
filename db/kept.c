/* SPDX-License-Identifier: Apache-2.0 */
#include "db/kept.h"

#include <stdio.h>

static void read_versions(const PGresult *result, void *context)
{
    struct answers_kept *kept = context;
    for (int i = 0; i < KEPT_KINDS; i++)
        snprintf(kept->versions[i], sizeof kept->versions[i], "%s", PQgetvalue(result, 0, i));
}

void kept_versions(struct db *db)
{
    if (db_kept(db)->cache)
        PIPE_PLAIN(db, Q_KEPT_VERSIONS, read_versions, db_kept(db));
}

const char *lookup_place(const struct lookups *lookups, const struct lookup *lookup)
{
    const char *own = lookups->senders[lookup->mo].place;
    return lookup->place && *lookup->place ? lookup->place : own && *own ? own : lookups->home;
}

static bool is_wanted(const struct lookup *lookup, enum answer_kind_kept kind)
{
    return lookup->commodity && (kind == KEPT_PRICES || lookup->lots_side);
}

/* Lots are of a district: two of its communes find the same. NULL while it is not known which one the place lies in. */
static const char *key_of(const struct lookups *lookups, const struct lookup *lookup, enum answer_kind_kept kind,
                          const char *near)
{
    const char *place = lookup_place(lookups, lookup), *size = lookup->size ? lookup->size : "";
    switch (kind) {
    case KEPT_PRICES:
        return arena_printf(lookups->arena, "%s\t%s\t%s", lookup->commodity, size, place);
    case KEPT_NEAR:
        return place;
    default:
        return near ? arena_printf(lookups->arena, "%s\t%c%d\t%s", lookup->commodity, lookup->lots_side,
                                   lookup->lots_max, near)
                    : NULL;
    }
}

/* Where the district alone has more than a few, one more or less for a minute matters to nobody. */
static bool is_lasting(const struct found *found, enum answer_kind_kept kind)
{
    return kind == KEPT_PRICES || (kind == KEPT_NEAR && found->near) ||
           (kind == KEPT_LOTS && found->n_lots >= LOTS_FEW && found->lots[LOTS_FEW - 1].step == LOT_DISTRICT);
}

static void take(const struct answers_kept *kept, struct lookups *lookups, enum answer_kind_kept kind)
{
    struct todo *todo = &lookups->todo[kind];
    todo->rows = arena_calloc(lookups->arena, lookups->n, sizeof *todo->rows);
    for (size_t i = 0; i < lookups->n; i++) {
        struct found *found = &lookups->found[i];
        if (!is_wanted(&lookups->rows[i], kind))
            continue;
        const char *key = kept->cache ? key_of(lookups, &lookups->rows[i], kind, found->near) : NULL;
        if (!key || !answer_cache_get(kept->cache, kind, kept->versions[kind], key, lookups->arena, found))
            todo->rows[todo->n++] = i;
    }
}

void kept_take(struct db *db, struct lookups *lookups)
{
    for (enum answer_kind_kept kind = 0; kind < KEPT_KINDS; kind++)
        take(db_kept(db), lookups, kind);
}

static void put(const struct answers_kept *kept, const struct lookups *lookups, enum answer_kind_kept kind)
{
    for (size_t i = 0; i < lookups->todo[kind].n; i++) {
        size_t row = lookups->todo[kind].rows[i];
        const struct found *found = &lookups->found[row];
        if (is_lasting(found, kind))
            answer_cache_put(kept->cache, kind, kept->versions[kind],
                             key_of(lookups, &lookups->rows[row], kind, found->near), found);
    }
}

void kept_put(struct db *db, const struct lookups *lookups)
{
    for (enum answer_kind_kept kind = 0; db_kept(db)->cache && kind < KEPT_KINDS; kind++)
        put(db_kept(db), lookups, kind);
}
