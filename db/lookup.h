/* SPDX-License-Identifier: Apache-2.0
 *
 * The lookups of one round trip, as the modules that answer them share them. For the modules of db/ only.
 */
#ifndef DB_LOOKUP_H
#define DB_LOOKUP_H

#include "db/answer_cache.h"
#include "db/batch.h"

/* Rows that have still to be asked. */
struct todo {
    size_t *rows, n;
};

/* Lives until the pipe's end. Answers carry the index of their lookup. */
struct lookups {
    struct arena *arena; /* of the strings read */
    const char *home;    /* the place of who has none */
    const struct mo *mos;
    const struct lookup *rows;
    size_t n;
    struct found *found; /* zeroed */
    const struct sender *senders;
    struct todo todo[KEPT_KINDS];
};

#endif
