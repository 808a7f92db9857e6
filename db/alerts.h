/* SPDX-License-Identifier: Apache-2.0
 *
 * Alerts: texts to people who did not just write. They go through the outbox behind the answers, at most once each, and
 * leave out whoever said stop, whoever was told the same before, and whoever has had the day's number.
 *
 * Jobs post by alerts_post; flows leave them among the effects of the batch (EFFECT(turn, alerts)). What an alert says
 * is rendered by smsd/job/alert.h.
 */
#ifndef DB_ALERTS_H
#define DB_ALERTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"

#define ALERT_NO_CAP INT32_MAX

struct alert_row {
    int64_t id;            /* of its row in outbox, from ids_take; alerts_post takes it */
    int64_t person_id;     /* to whom */
    const char *key;       /* what it tells: a person is never told the same key twice ("match:B7K2:C3M4") */
    const char *sender;    /* the short code it comes from */
    const char *body;      /* UTF-8 */
    int coding, segments;  /* as in struct outbox_row */
    int64_t not_before_us; /* the sender waits until then (quiet hours); 0 = at once */
    int cap;               /* posted only when the person had fewer alerts within 24 hours; or ALERT_NO_CAP */
    bool posted;           /* set by alerts_post */
};

/* Most rows of one alerts_post. */
#define ALERTS_MAX 512

/* Posts what may be posted and says which (posted). In the transaction that is open on the connection, or in one of its
 * own. n is at most ALERTS_MAX. Rows of one person come in the order of the array, those without a cap first. */
enum db_status alerts_post(struct db *db, struct alert_row *rows, size_t n, int64_t now_us);

/* Forgets what was told more than so many days ago, in slices; *dropped_r is how many rows went. */
enum db_status alerts_forget(struct db *db, int days, int64_t now_us, size_t *dropped_r);

#endif
