/* SPDX-License-Identifier: Apache-2.0
 *
 * Clearing as a job: the deals of each kind of goods that is offered and wanted are thought out (smsd/market/market.h)
 * and proposed to both sides by alerts; what nobody took in time is free again, and both hear of it. Whatever is
 * proposed or ended is told in the same transaction.
 */
#ifndef SMSD_JOB_CLEARING_H
#define SMSD_JOB_CLEARING_H

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "smsd/conf/conf.h"
#include "smsd/knowledge/knowledge.h"

struct clearing {
    struct db *db;
    struct arena *arena;
    const struct conf *conf;
    const struct knowledge *knowledge;
    int64_t now_us;
};

/* Clears when it is time, outside quiet hours, and nobody else does; *proposed_r is how many deals were proposed. */
enum db_status clearing_run(const struct clearing *clearing, size_t *proposed_r);

/* Ends what is over; *ended_r is how many deals did. */
enum db_status clearing_end(const struct clearing *clearing, size_t *ended_r);

#endif
