/* SPDX-License-Identifier: Apache-2.0
 *
 * What an alert says, and when it goes out: one message for one person who did not just write (db/alerts.h posts it).
 *
 *     struct alert_row rows[ALERTS_MAX];
 *     rows[n++] = alert_make(arena, knowledge->book, &rules, now_us, (struct alert_to){person_id, lang},
 * "match:B7K2:C3M4", MSG_MATCH_FOUND, ARGS({"code", "B7K2"})); alerts_post(db, rows, n, now_us);
 */
#ifndef SMSD_JOB_ALERT_H
#define SMSD_JOB_ALERT_H

#include "db/alerts.h"
#include "smsd/conf/conf.h"
#include "smsd/message/message.h"

/* The section [alerts] of the configuration. */
struct alert_rules {
    const char *sender;       /* the short code; lives as long as the configuration */
    int per_day;              /* the cap of each alert */
    int relays_per_day;       /* of one person's words to others */
    int quiet_from, quiet_to; /* hours of the day in the province; the same twice: none are quiet */
};

struct alert_rules alert_rules(const struct conf *conf);

struct alert_to {
    int64_t person_id;
    enum lang lang; /* chosen or guessed; what is not served becomes Vietnamese */
};

/* The row, with the rules' cap and quiet hours, rendered in the arena. Only its id is missing. */
struct alert_row alert_make(struct arena *arena, const struct message_book *book, const struct alert_rules *rules,
                            int64_t now_us, struct alert_to to, const char *key, enum message message,
                            struct message_args args);

/* When a text that is ready at now_us may go out: then, or at the end of the quiet hours it falls into. */
int64_t alert_time(const struct alert_rules *rules, int64_t now_us);

#endif
