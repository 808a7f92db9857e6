/* SPDX-License-Identifier: Apache-2.0
 *
 * The register of numbers that want no advertisements, as the authority publishes it: broadcasts that are commercial
 * leave them out, whatever their people agreed to here. Taken whole in place of the last one, under the owner's role.
 *
 *     do_not_call_begin(db);
 *     do_not_call_add(db, numbers, n);    // as often as it takes
 *     do_not_call_end(db, &count);        // until here the old one holds
 */
#ifndef DB_DO_NOT_CALL_H
#define DB_DO_NOT_CALL_H

#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/kannel/msisdn.h"

#define DO_NOT_CALL_MAX 5000 /* numbers of one do_not_call_add */

enum db_status do_not_call_begin(struct db *db);

/* Normalised numbers; one that comes again is one. */
enum db_status do_not_call_add(struct db *db, char (*numbers)[MSISDN_MAX], size_t n);

/* How many numbers it has. */
enum db_status do_not_call_end(struct db *db, int64_t *count_r);

#endif
