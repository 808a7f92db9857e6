/* SPDX-License-Identifier: Apache-2.0
 *
 * People in a batch: statements for a pipe that db/batch.c begins and ends. For the modules of db/ only.
 */
#ifndef DB_PEOPLE_H
#define DB_PEOPLE_H

#include "db/batch.h"
#include "db/pg.h"

/* What a batch reads of its senders; lives until the pipe's end. */
struct meeting {
    struct arena *arena; /* of the strings read */
    const struct mo *mos;
    size_t n;
    struct sender *senders; /* zeroed */
    size_t met;             /* how many were there */
    size_t seen;            /* how many texts were seen before */
};

/* Locks those who are known, and only then reads them: who is missing is no sender, and not counted in `met`. `numbers` is the array of their numbers, one a
 * text, in the order of the texts; `parties` of those whose deals are looked up: the other side of each is locked too.
 * NULL = nobody's are. */
void people_meet(struct db *db, struct meeting *meeting, const char *numbers, const char *parties);

/* Ends the transaction and makes those who are missing, in one of its own. */
enum db_status people_make(struct db *db, const struct mo *mos, size_t n);

void people_change(struct db *db, const struct person_change *changes, size_t n, const char *now);
void consent_add(struct db *db, const struct consent_row *rows, size_t n, const char *now);

#endif
