/* SPDX-License-Identifier: Apache-2.0
 *
 * Officers and coordinators: people whose numbers may answer for the province. Managed under the owner's role.
 */
#ifndef DB_OFFICERS_H
#define DB_OFFICERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"

struct officer {
    const char *msisdn, *role; /* "officer", "coordinator" */
    const char *areas, *crops; /* codes with blanks between; "" = all */
    const char *hours;         /* of duty: parsers/base/work_hours.h; "" = the office's */
    bool stopped;              /* said TC, and so is asked nothing. Not written */
    int64_t open;              /* items that wait for this one. Not written */
};

/* Codes that are no places, or no goods: the first of them, in the arena; NULL when all are good. */
enum db_status officer_check(struct db *db, struct arena *arena, const struct officer *officer, const char **unknown_r);

/* Makes somebody one, or changes what one is. */
enum db_status officer_put(struct db *db, const struct officer *officer);

/* *done_r false: this number is none's. What had been asked there goes to another. */
enum db_status officer_remove(struct db *db, const char *msisdn, bool *done_r);

enum db_status officers_list(struct db *db, struct arena *arena, struct officer **rows_r, size_t *n_r);

#endif
