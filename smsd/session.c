/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/session.h"

#include <stdlib.h>

#include "smsd/clock.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"

#define CLOCK_APART_US SECOND_US /* less is of no consequence */

static enum db_status open_session(struct db **db, const struct conf *conf, const char *name, struct db_error *error_r)
{
    if (!*db) {
        *db = db_open(conf->database.url, name, DB_PLANS_KEPT, error_r);
        return *db ? DB_OK : DB_AWAY;
    }
    enum db_status status = db_reconnect(*db);
    if (status != DB_OK)
        *error_r = *db_error(*db);
    return status;
}

enum db_status session_keep(struct db **db, const struct conf *conf, const char *name)
{
    struct db_error error;
    if (*db && db_is_up(*db))
        return DB_OK;
    enum db_status status = open_session(db, conf, name, &error);
    if (status == DB_OK)
        log_info("database.connected", KV("for", name), KV("host", db_host(*db)), KV("port", db_port(*db)));
    else
        log_warning("database.away", KV("for", name), KV("error", error.text));
    return status;
}

enum db_status session_follow_clock(struct db *db)
{
    int64_t theirs_us = 0, asked_us = clock_monotonic_us();
    enum db_status status = db_clock(db, &theirs_us);
    if (status != DB_OK)
        return status;
    int64_t stepped_us = clock_follow(theirs_us, asked_us, clock_monotonic_us());
    if (llabs(stepped_us) >= CLOCK_APART_US)
        log_warning("clock.stepped", KV_INT("database_seconds", stepped_us / SECOND_US));
    metric_set(METRIC_CLOCK_APART, (clock_of(CLOCK_REALTIME) - theirs_us) / CLOCK_APART_US);
    return status;
}
