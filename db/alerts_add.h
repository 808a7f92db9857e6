/* SPDX-License-Identifier: Apache-2.0
 *
 * The alerts of a batch: a statement for a pipe that db/batch.c begins and ends. For the modules of db/ only.
 */
#ifndef DB_ALERTS_ADD_H
#define DB_ALERTS_ADD_H

#include "db/alerts.h"
#include "db/pg.h"

/* The rows have their ids, and live until the pipe ends. */
void alerts_add(struct db *db, struct alert_row *rows, size_t n, const char *now);

#endif
