/* SPDX-License-Identifier: Apache-2.0
 *
 * Erasures in a batch: statements for a pipe that db/batch.c begins and ends. For the modules of db/ only.
 */
#ifndef DB_ERASE_ADD_H
#define DB_ERASE_ADD_H

#include "db/batch.h"
#include "db/pg.h"

void erasures_add(struct db *db, const struct erasure_row *rows, size_t n, const char *now);
void newcomers_suppress(struct db *db, const struct newcomer_row *rows, size_t n, const char *now);

#endif
