/* SPDX-License-Identifier: Apache-2.0
 *
 * What a batch leaves at the officers' desk: statements for a pipe that db/batch.c begins and ends. For the modules of
 * db/ only.
 */
#ifndef DB_DESK_ADD_H
#define DB_DESK_ADD_H

#include "db/batch.h"
#include "db/pg.h"

void desk_add(struct db *db, const struct desk_row *rows, size_t n, const char *now);

#endif
