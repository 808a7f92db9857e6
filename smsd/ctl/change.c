/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands that change the database, under the owner's role: migrate, maintain, seed.
 */
#include <stdio.h>
#include <time.h>

#include "db/erase.h"
#include "db/lexicon.h"
#include "db/migrate.h"
#include "db/retention.h"
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
    size_t made, erased = 0, deleted = 0, dropped = 0;
    enum db_status status = maintain_partitions(ctl->db, now_us(), &made);
    if (status == DB_OK)
        status = erase_finish(ctl->db, &erased);
    if (status == DB_OK)
        status = retention_drop(ctl->db, now_us(), ctl->keep, &deleted);
    if (status == DB_OK && ctl->keep_months)
        status = months_drop(ctl->db, now_us(), ctl->keep_months, &dropped);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return print_object(ctl, json_pack("{s:I, s:I, s:I, s:I}",
                                       "partitions_made", (json_int_t)made,
                                       "people_erased", (json_int_t)erased,
                                       "rows_deleted", (json_int_t)deleted,
                                       "partitions_dropped", (json_int_t)dropped));
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

static int print_counts(const struct ctl *ctl, const struct seed_count *counts)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < LEXICON_FILES; i++)
        json_array_append_new(rows, json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}",
                                              "table", lexicon_files[i],
                                              "inserted", (json_int_t)counts[i].inserted,
                                              "updated", (json_int_t)counts[i].updated,
                                              "unchanged", (json_int_t)counts[i].unchanged,
                                              "kept", (json_int_t)counts[i].kept,
                                              "removed", (json_int_t)counts[i].removed));
    return print_rows(ctl, rows);
}

int ctl_seed(struct ctl *ctl)
{
    const char *folder = lexicon_folder(ctl->arena, ctl->n_args ? ctl->args[0] : NULL, ctl->locales), *error;
    const struct table *files[LEXICON_FILES];
    struct seed_count counts[LEXICON_FILES];
    for (size_t i = 0; i < LEXICON_FILES; i++)
        if (!(files[i] = lexicon_file(ctl->arena, folder, lexicon_files[i], &error))) {
            fprintf(stderr, "smsctl: %s\n", error);
            return CTL_FAILED;
        }
    enum db_status status = lexicon_seed(ctl->db, files, LEXICON_FILES, counts);
    if (status == DB_OK)
        return print_counts(ctl, counts);
    fputs("smsctl: nothing was seeded\n", stderr);
    return ctl_db_failed(ctl, status);
}
