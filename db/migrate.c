/* SPDX-License-Identifier: Apache-2.0 */
#include "db/migrate.h"

#include "db/array.h"
#include "db/pg.h"

struct missing {
    int64_t first;  /* of ours; 0 = none */
    int64_t before; /* the newest applied before it */
};

static void ask_missing(struct db *db, struct missing *missing)
{
    size_t n;
    const struct migration *all = migrations(&n);
    PIPE(db, Q_MIGRATE_MISSING, read_numbers, missing, FIELD_I64(db_scratch(db), all, n, version));
}

static void read_flag(const PGresult *result, void *context)
{
    struct pg_row row = pg_row(result, 0);
    *(bool *)context = row_bool(&row);
}

enum db_status migrate_version(struct db *db, int *version_r)
{
    bool exists = false;
    struct missing missing = {0};
    pipe_begin(db);
    PIPE_PLAIN(db, Q_MIGRATE_EXISTS, read_flag, &exists);
    enum db_status status = pipe_end(db);
    if (status == DB_OK && exists) {
        pipe_begin(db);
        ask_missing(db, &missing);
        status = pipe_end(db);
    }
    *version_r = (int)missing.before;
    return status;
}

static void read_first(const PGresult *result, void *context)
{
    if (PQntuples(result))
        read_numbers(result, context);
}

struct applied {
    int64_t newest;
    int64_t edited; /* the first that is not one of ours, word for word; 0 = none */
    struct missing missing;
};

/* Takes the lock (until the transaction ends) and reads what was applied. */
static enum db_status read_applied(struct db *db, struct applied *applied)
{
    size_t n;
    const struct migration *all = migrations(&n);
    pipe_begin(db);
    struct arena *arena = db_scratch(db);
    PIPE_PLAIN(db, Q_MIGRATE_LOCK, NULL, NULL);
    PIPE_PLAIN(db, Q_MIGRATE_TABLE, NULL, NULL);
    PIPE_PLAIN(db, Q_MIGRATE_NEWEST, read_numbers, &applied->newest);
    PIPE(db, Q_MIGRATE_EDITED, read_first, &applied->edited, FIELD_I64(arena, all, n, version),
         FIELD_TEXT(arena, all, n, sql));
    ask_missing(db, &applied->missing);
    return pipe_end(db);
}

static enum db_status check_applied(struct db *db, const struct applied *applied)
{
    size_t n;
    const struct migration *all = migrations(&n);
    int newest = all[n - 1].version;
    if (applied->newest > newest)
        return pg_fail(db, DB_REFUSED, "the database is at migration %d, this program knows %d", (int)applied->newest,
                       newest);
    if (applied->edited)
        return pg_fail(db, DB_REFUSED, "migration %d was edited after it had been applied", (int)applied->edited);
    return DB_OK;
}

/* The statements, which take no parameters, and the row that says they are done. */
static enum db_status apply(struct db *db, const struct migration *migration)
{
    enum db_status status = pg_script(db, migration->sql);
    if (status != DB_OK)
        return status;
    pipe_begin(db);
    PIPE(db, Q_MIGRATE_DONE, NULL, NULL, param_i64(db_scratch(db), migration->version), migration->name,
         migration->sql);
    return pipe_end(db);
}

static const struct migration *migration_of(int64_t version)
{
    size_t n;
    const struct migration *all = migrations(&n);
    for (size_t i = 0; i < n; i++)
        if (all[i].version == version)
            return &all[i];
    return NULL;
}

/* One transaction: applies the first migration that is missing, if there is one. */
static enum db_status apply_next(struct db *db, bool *applied_r)
{
    struct applied applied = {0};
    /* Waiting for another migration, and a long one, are both fine. */
    enum db_status status = pg_script(db, "BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0");
    if (status == DB_OK)
        status = read_applied(db, &applied);
    if (status == DB_OK)
        status = check_applied(db, &applied);
    const struct migration *next = migration_of(applied.missing.first);
    *applied_r = status == DB_OK && next;
    if (*applied_r)
        status = apply(db, next);
    if (status == DB_OK)
        status = pg_script(db, "COMMIT");
    pg_rollback(db);
    return status;
}

enum db_status migrate(struct db *db, size_t *applied_r)
{
    enum db_status status;
    bool applied = true;
    *applied_r = 0;
    while ((status = apply_next(db, &applied)) == DB_OK && applied)
        ++*applied_r;
    return status;
}

enum db_status maintain_partitions(struct db *db, int64_t now_us, size_t *made_r)
{
    int64_t made = 0;
    pipe_begin(db);
    PIPE(db, Q_PARTITIONS_MAKE, read_numbers, &made, param_i64(db_scratch(db), now_us));
    enum db_status status = pipe_end(db);
    *made_r = (size_t)made;
    return status;
}
