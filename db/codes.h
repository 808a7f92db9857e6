/* SPDX-License-Identifier: Apache-2.0
 *
 * One-time codes in a batch: statements for a pipe that db/batch.c begins and ends; a batch in which nobody asks for or
 * sends a code does without both. The rules are smsd/flow/code.h's. For the modules of db/ only.
 */
#ifndef DB_CODES_H
#define DB_CODES_H

#include "db/lookup.h"
#include "db/pg.h"

void codes_find(struct db *db, struct lookups *lookups);
void codes_put(struct db *db, const struct code_row *rows, size_t n);

#endif
