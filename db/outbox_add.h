/* SPDX-License-Identifier: Apache-2.0
 *
 * What a batch puts into the outbox: a statement for a pipe that db/batch.c begins and ends. For the modules of db/
 * only.
 */
#ifndef DB_OUTBOX_ADD_H
#define DB_OUTBOX_ADD_H

#include "db/batch.h"
#include "db/pg.h"

void outbox_add(struct db *db, const struct outbox_row *rows, size_t n, const char *now);

#endif
