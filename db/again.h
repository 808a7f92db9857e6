/* SPDX-License-Identifier: Apache-2.0
 *
 * Dead letters that somebody put in again. The daemon takes them as texts, under an id of their own that does not
 * change, so that each acts once however often it is taken; when it was answered, the letter goes. One that fails again
 * leaves another letter.
 */
#ifndef DB_AGAIN_H
#define DB_AGAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/batch.h"
#include "db/conn.h"
#include "parsers/base/arena.h"

#define AGAIN_MAX 16

struct again_letter {
    int64_t id;
    const char *kannel_id, *msisdn, *short_code, *text;
    enum channel channel;
};

/* Puts a letter in. *done_r false: there is none of this number, or it is a keypress. */
enum db_status again_put(struct db *db, int64_t id, bool *done_r);

/* Takes up to AGAIN_MAX letters that were put in, in the arena; for five minutes no other instance takes them. */
enum db_status again_take(struct db *db, struct arena *arena, struct again_letter **rows_r, size_t *n_r);

/* What became of one: its answer's row in outbox, 0 = nothing was said. */
struct again_end {
    int64_t id, outbox_id, outbox_created_us;
};

/* In one transaction: the answers, which no link gave back, wait for the sender; the letters go. */
enum db_status again_end(struct db *db, const struct again_end *ends, size_t n);

#endif
