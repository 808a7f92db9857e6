/* SPDX-License-Identifier: Apache-2.0
 *
 * What is known about a person, in short (DU LIEU): a statement for a pipe that db/batch.c begins and ends, for the lookups
 * that want it. All of it is person_export's (db/erase.h). For the modules of db/ only.
 */
#ifndef DB_OWN_DATA_H
#define DB_OWN_DATA_H

#include "db/lookup.h"
#include "db/pg.h"

void own_data_find(struct db *db, struct lookups *lookups);

#endif
