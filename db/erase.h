/* SPDX-License-Identifier: Apache-2.0
 *
 * What is stored of a person: all of it as JSON, and the end of it.
 *
 * Erasing has two halves. The first is an effect of the batch in which the person confirms (struct erasure_row), under
 * the daemon's role: the number is taken off, listings close, nothing more is sent, and the proof is written, with a keyed
 * hash in the number's place. The second deletes, which only the owner may: erase_finish, from `smsctl maintain` or `smsctl
 * person erase`.
 */
#ifndef DB_ERASE_H
#define DB_ERASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"

/* A person who is to be erased. */
struct erasure_row {
    int64_t person_id;
    const char *digest; /* keyed hash of the number, in hexadecimal */
    const char *key_id; /* under which key */
};

/* A person who writes for the first time; as many rows as there are keys. Whoever was erased under that hash stays
 * suppressed. */
struct newcomer_row {
    int64_t person_id;
    const char *digest;
};

/* All that is stored about a number, in the arena; NULL in *json_r when it is not known. */
enum db_status person_export(struct db *db, struct arena *arena, const char *msisdn, const char **json_r);

/* The first half for one number, in a transaction of its own. *found_r: is there such a person? */
enum db_status erase_begin(struct db *db, const char *msisdn, const char *digest, const char *key_id, int64_t now_us,
                           bool *found_r);

/* The second half, for everybody whose first half is done: *erased_r people. Under the owner's role. It reads large tables
 * from end to end, without a lock that a text waits for; after an error the next call begins anew. */
enum db_status erase_finish(struct db *db, size_t *erased_r);

#endif
