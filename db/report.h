/* SPDX-License-Identifier: Apache-2.0
 *
 * What smsctl shows: the newest rows first, as they are stored, numbers and texts whole. Who prints them redacts.
 *
 * Strings and arrays come from the arena; no string is NULL. An empty filter ("") means all. Moments are microseconds
 * since the epoch, UTC; 0 = not yet.
 */
#ifndef DB_REPORT_H
#define DB_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"

struct report_figure {
    const char *name;
    int64_t value;
};

struct report_message {
    bool incoming;
    int64_t id, at_us;
    const char *msisdn; /* "" when the person was erased or never known */
    const char *short_code;
    const char *channel; /* "sms", "ussd"; "" for texts that went out */
    const char *text;
    const char *kind;  /* intent of a text in, kind of a text out */
    const char *state; /* outcome of a text in, state of a text out */
    int segments;      /* 0 for texts in */
};

struct report_listing {
    const char *code, *side, *state;
    const char *commodity, *commodity_name;
    int64_t quantity_milli; /* thousandths of base_unit; 0 = the entered unit has no fixed size */
    const char *base_unit;
    int64_t entered_milli;
    const char *entered_unit;
    int64_t price_low, price_high; /* đồng per price_unit; both 0 = to be agreed */
    const char *price_unit;
    const char *place, *place_name;
    const char *msisdn;
    const char *ready, *until; /* ISO days; ready may be "" */
    const char *size, *grade, *goods_state;
    int64_t created_us;
};

struct report_outbox {
    int64_t id, created_us;
    const char *kind, *state, *msisdn, *sender, *body;
    int coding, segments, attempts;
    int64_t next_us, sent_us, delivered_us;
    int dlr; /* 0 = none came */
    const char *detail;
};

struct report_dead {
    int64_t id, at_us, received_us;
    const char *msisdn, *short_code, *channel, *text, *reason;
};

struct report_desk { /* an open item; answered and closed ones are not shown */
    int64_t id, created_us, age_s;
    const char *msisdn, *reason;
    const char *channel, *intent, *text; /* "" when the text's month is gone */
};

enum db_status report_status(struct db *db, struct arena *arena, struct report_figure **rows_r, size_t *n_r);
enum db_status report_messages(struct db *db, struct arena *arena, const char *msisdn, int limit,
                               struct report_message **rows_r, size_t *n_r);
enum db_status report_listings(struct db *db, struct arena *arena, const char *code, int limit,
                               struct report_listing **rows_r, size_t *n_r);
enum db_status report_outbox(struct db *db, struct arena *arena, const char *state, int limit,
                             struct report_outbox **rows_r, size_t *n_r);
enum db_status report_dead(struct db *db, struct arena *arena, int limit, struct report_dead **rows_r, size_t *n_r);
enum db_status report_desk(struct db *db, struct arena *arena, int limit, struct report_desk **rows_r, size_t *n_r);

#endif
