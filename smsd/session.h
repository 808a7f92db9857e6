/* SPDX-License-Identifier: Apache-2.0
 *
 * A thread's connection to the database: made when it is first wanted, and made again after it was lost, to whichever
 * server the connection string leads to then.
 */
#ifndef SMSD_SESSION_H
#define SMSD_SESSION_H

#include "db/conn.h"
#include "smsd/conf/conf.h"

/* One attempt at having one: DB_OK when *db, NULL at first, is usable. Close it with db_close. The log says which
 * server it is, or why there is none; `name` tells the threads apart there and in pg_stat_activity. */
enum db_status session_keep(struct db **db, const struct conf *conf, const char *name);

/* Asks the database for the time and makes it clock_now_us's; how far this machine's is from it, a metric tells. */
enum db_status session_follow_clock(struct db *db);

#endif
