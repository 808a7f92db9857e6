/* SPDX-License-Identifier: Apache-2.0
 *
 * smsctl: the operator's tool. main.c holds the table of commands, options.c that of options; a command is one function.
 */
#ifndef SMSD_CTL_CTL_H
#define SMSD_CTL_CTL_H

#include <stdbool.h>
#include <stddef.h>

#include "db/conn.h"
#include "db/retention.h"
#include "parsers/base/arena.h"
#include "smsd/conf/conf.h"

enum ctl_exit { CTL_OK, CTL_FAILED, CTL_USAGE, CTL_AWAY };

/* What the command line said. */
struct ctl {
    const char *config;      /* -c FILE; NULL = the usual one */
    const char *conninfo;    /* --db; NULL = from the environment or the configuration */
    struct conf *conf;       /* NULL = none was read */
    const char *locales;     /* the folder the configuration names; NULL = it was not read */
    const char *key;         /* its [privacy] key; NULL likewise */
    bool json, full, explain, force, dry_run;
    const char *number, *code, *state; /* filters; "" = all */
    int days;                /* a bulletin holds; 0 = as its kind does */
    int limit, keep_months; /* keep_months 0 = all */
    int keep[KEPT_THINGS];  /* days, 0 = for ever: of what else is not kept (db/retention.h) */
    const char *lexicon;            /* the folder of the words' files; NULL = the usual one */
    const char *today, *place;      /* of texts to read: a date, a place's code; NULL = today, not known */
    const char *slot;               /* "price", "quantity", "date"; NULL = whole texts */
    const char *source;             /* who published what is imported; NULL = not said */
    const char *role, *areas, *crops, *hours; /* of an officer; NULL = the usual */
    const char *langs, *kind, *disaster;      /* of a broadcast, with role and crops; NULL = not said */
    bool commercial, subscribers;
    size_t n_args;
    char **args;             /* what is neither command nor option */
    struct db *db;           /* connected before the command runs; NULL when it works on files */
    struct arena *arena;
};

/* The commands. */
int ctl_status(struct ctl *ctl);
int ctl_messages(struct ctl *ctl);
int ctl_listings(struct ctl *ctl);
int ctl_outbox(struct ctl *ctl);
int ctl_dead(struct ctl *ctl);
int ctl_desk_list(struct ctl *ctl);
int ctl_desk_show(struct ctl *ctl);
int ctl_desk_answer(struct ctl *ctl);
int ctl_desk_close(struct ctl *ctl);
int ctl_desk_alias(struct ctl *ctl);
int ctl_desk_prices(struct ctl *ctl);
int ctl_desk_price(struct ctl *ctl);
int ctl_again(struct ctl *ctl);
int ctl_officer_add(struct ctl *ctl);
int ctl_officer_list(struct ctl *ctl);
int ctl_officer_remove(struct ctl *ctl);
int ctl_person_export(struct ctl *ctl);
int ctl_person_erase(struct ctl *ctl);
int ctl_bulletin_add(struct ctl *ctl);
int ctl_bulletin_list(struct ctl *ctl);
int ctl_broadcast_new(struct ctl *ctl);
int ctl_broadcast_approve(struct ctl *ctl);
int ctl_broadcast_pause(struct ctl *ctl);
int ctl_broadcast_resume(struct ctl *ctl);
int ctl_broadcast_cancel(struct ctl *ctl);
int ctl_broadcast_list(struct ctl *ctl);
int ctl_broadcast_show(struct ctl *ctl);
int ctl_broadcast_watch(struct ctl *ctl);
int ctl_audit(struct ctl *ctl);
int ctl_do_not_call_import(struct ctl *ctl);
int ctl_seed(struct ctl *ctl);
int ctl_prices_import(struct ctl *ctl);
int ctl_migrate(struct ctl *ctl);
int ctl_maintain(struct ctl *ctl);
int ctl_read(struct ctl *ctl);
int ctl_lexicon_export(struct ctl *ctl);
int ctl_lexicon_add(struct ctl *ctl);
int ctl_lexicon_remove(struct ctl *ctl);
int ctl_lexicon_lint(struct ctl *ctl);
int ctl_ussd_diagram(struct ctl *ctl);

/* Which of the two roles a command needs; ROLE_FILES needs that of the daemon, and only with --db. */
enum ctl_role { ROLE_FILES, ROLE_DAEMON, ROLE_OWNER };

/* Sets ctl->db. Says on stderr what is wrong. */
int ctl_connect(struct ctl *ctl, enum ctl_role role);

/* Says on stderr what the database said; the exit code of it. */
int ctl_db_failed(const struct ctl *ctl, enum db_status status);

#endif
