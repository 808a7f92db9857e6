/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands that change the database, under the owner's role: migrate, maintain, seed.
 */
#include <stdio.h>
#include <time.h>

#include "db/lexicon.h"
#include "db/migrate.h"
#include "smsd/ctl/files.h"
#include "smsd/ctl/print.h"

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int ctl_maintain(struct ctl *ctl)
{
    size_t made;
    enum db_status status = maintain_partitions(ctl->db, now_us(), &made);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return print_object(ctl, json_pack("{s:I}", "partitions_made", (json_int_t)made));
}

int ctl_migrate(struct ctl *ctl)
{
    size_t applied, made;
    int version;
    enum db_status status = migrate(ctl->db, &applied);
    if (status == DB_OK)
        status = migrate_version(ctl->db, &version);
    if (status == DB_OK)
        status = maintain_partitions(ctl->db, now_us(), &made);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return print_object(ctl, json_pack("{s:I, s:i, s:I}", "migrations_applied", (json_int_t)applied, "schema_version",
                                       version, "partitions_made", (json_int_t)made));
}

/* ---- seed ---- */

/* All files are read before the first is merged, and goods, places and units come before the prices of them. */
int ctl_seed(struct ctl *ctl)
{
    static const char *const names[] = {"units", "commodities", "places", "seasons", "keywords", "links", "prices"};
    enum { N = sizeof names / sizeof *names };
    const char *folder = lexicon_folder(ctl->arena, ctl->n_args ? ctl->args[0] : NULL, ctl->locales), *error;
    const struct table *tables[N];
    for (size_t i = 0; i < N; i++)
        if (!(tables[i] = lexicon_file(ctl->arena, folder, names[i], &error))) {
            fprintf(stderr, "smsctl: %s\n", error);
            return CTL_FAILED;
        }
    json_t *rows = json_array();
    for (size_t i = 0; i < N; i++) {
        struct seed_count count;
        enum db_status status = seed_merge(ctl->db, tables[i], &count);
        if (status != DB_OK) {
            json_decref(rows);
            fprintf(stderr, "smsctl: seeding %s failed\n", names[i]);
            return ctl_db_failed(ctl, status);
        }
        json_array_append_new(rows,
                              json_pack("{s:s, s:I, s:I, s:I, s:I}", "table", names[i], "inserted",
                                        (json_int_t)count.inserted, "updated", (json_int_t)count.updated, "unchanged",
                                        (json_int_t)count.unchanged, "kept", (json_int_t)count.kept));
    }
    return print_rows(ctl, rows);
}
