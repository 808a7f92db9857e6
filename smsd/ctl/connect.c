/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "smsd/ctl/ctl.h"

#define USUAL_CONFIG "/etc/chonoi/smsd.conf"

static const char *or_null(const char *value)
{
    return value && *value ? value : NULL;
}

/* The usual configuration need not be there; one that may not be read is missed only when it is needed. */
static bool do_without_conf(const struct ctl *ctl, const char *path)
{
    if (errno == ENOENT || ctl->conninfo)
        return true;
    fprintf(stderr, "smsctl: %s: %s\n", path, strerror(errno));
    return false;
}

/* Takes from the configuration what the command line left open. False when the file is bad, or was named and is not
 * there. */
static bool read_conf(struct ctl *ctl, enum ctl_role role)
{
    const char *path = ctl->config ? ctl->config : USUAL_CONFIG;
    if (!ctl->config && access(path, R_OK) != 0)
        return do_without_conf(ctl, path);
    struct conf_error error;
    struct conf *conf = conf_load(path, &error);
    if (!conf) {
        fprintf(stderr, "smsctl: %s\n", error.text);
        return false;
    }
    const char *url = conf->database.url;
    if (role == ROLE_OWNER && *conf->database.owner_url)
        url = conf->database.owner_url;
    if (!ctl->conninfo && *url)
        ctl->conninfo = arena_copy(ctl->arena, slice_of(url));
    ctl->locales = arena_copy(ctl->arena, slice_of(conf->locales.dir));
    ctl->key = arena_copy(ctl->arena, slice_of(conf->privacy.key));
    ctl->conf = conf;
    return true;
}

/* --db, else the environment, else the configuration. */
static bool find_conninfo(struct ctl *ctl, enum ctl_role role)
{
    if (!ctl->conninfo)
        ctl->conninfo = or_null(getenv(role == ROLE_OWNER ? "CHONOI_OWNER_DB" : "CHONOI_DB"));
    return read_conf(ctl, role);
}

int ctl_connect(struct ctl *ctl, enum ctl_role role)
{
    if (ctl->conninfo && db_tells_password(ctl->conninfo)) {
        fputs("smsctl: everyone on this machine can read a password on a command line; put it into a file (passfile=, "
              "PGPASSFILE, ~/.pgpass) and leave it out of --db\n", stderr);
        return CTL_USAGE;
    }
    if (!find_conninfo(ctl, role))
        return CTL_FAILED;
    if (!ctl->conninfo) {
        fputs("smsctl: which database? Give -c FILE or --db CONNINFO.\n", stderr);
        return CTL_USAGE;
    }
    struct db_error error;
    ctl->db = db_open(ctl->conninfo, "smsctl", DB_PLANS_ANEW, &error);
    if (ctl->db)
        return CTL_OK;
    fprintf(stderr, "smsctl: the database is away: %s\n", error.text);
    return CTL_AWAY;
}

int ctl_db_failed(const struct ctl *ctl, enum db_status status)
{
    const struct db_error *error = db_error(ctl->db);
    fprintf(stderr, "smsctl: %s%s%s\n", error->text, *error->sqlstate ? ", SQLSTATE " : "", error->sqlstate);
    return status == DB_AWAY ? CTL_AWAY : CTL_FAILED;
}
