/* SPDX-License-Identifier: Apache-2.0
 *
 * USSD sessions outside a batch.
 */
#ifndef DB_USSD_H
#define DB_USSD_H

#include <stddef.h>

#include "db/conn.h"

/* Forgets sessions that were not touched since: at most `most` a call, *forgotten_r of them. */
enum db_status ussd_sessions_forget(struct db *db, int64_t before_us, int most, size_t *forgotten_r);

#endif
