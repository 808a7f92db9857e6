/* SPDX-License-Identifier: Apache-2.0
 *
 * Names, crops and subscriptions in a batch: statements for a pipe that db/batch.c begins and ends. For the modules of
 * db/ only.
 */
#ifndef DB_REGISTRATION_H
#define DB_REGISTRATION_H

#include "db/batch.h"
#include "db/lookup.h"
#include "db/pg.h"

/* found[].subscriptions of the lookups that want them. */
void subscriptions_find(struct db *db, struct lookups *lookups);

void registrations_add(struct db *db, const struct effects *effects);
void subscriptions_change(struct db *db, const struct effects *effects, const char *now);

#endif
