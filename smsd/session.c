/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/session.h"

#include "smsd/log/log.h"

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
