/* SPDX-License-Identifier: Apache-2.0
 *
 * Conversations in a batch: a statement for a pipe that db/batch.c begins and ends. They are read with their people
 * (db/people.h). For the modules of db/ only.
 */
#ifndef DB_CONVERSATION_H
#define DB_CONVERSATION_H

#include "db/batch.h"
#include "db/pg.h"

void conversations_put(struct db *db, const struct conversation_row *rows, size_t n, const char *now);

#endif
