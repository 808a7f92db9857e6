/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts that came in, the desk and the dead letters in a batch: statements for a pipe that db/batch.c begins and ends.
 * For the modules of db/ only.
 */
#ifndef DB_INBOUND_H
#define DB_INBOUND_H

#include "db/batch.h"
#include "db/people.h"
#include "db/pg.h"

/* Sets `seen` of the senders whose text was answered before. Must come after the locks. */
void inbound_seen_read(struct db *db, struct meeting *meeting, const char *numbers);

/* In a later pipe: what those were answered. */
void inbound_seen_answers(struct db *db, struct meeting *meeting);

void inbound_add(struct db *db, const struct mo *mos, const struct inbound_row *rows, size_t n, const char *now);
void dead_add(struct db *db, const struct mo *mos, const struct dead_row *rows, size_t n, const char *now);

#endif
