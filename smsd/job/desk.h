/* SPDX-License-Identifier: Apache-2.0
 *
 * The officers' desk as a clock job: what nobody was asked about goes by SMS to the officer on duty for its place and
 * goods, and to the next one after some hours of work; answers go to who wrote; and whom nobody has answered in time is
 * told so. Any number of instances may do it at once (db/desk.h).
 */
#ifndef SMSD_JOB_DESK_H
#define SMSD_JOB_DESK_H

#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "smsd/conf/conf.h"

/* Longest answer to pass on, in characters: it fits whatever language it is wrapped in. */
#define DESK_ANSWER_MAX 160

enum db_status desk_serve(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us);

#endif
