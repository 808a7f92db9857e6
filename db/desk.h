/* SPDX-License-Identifier: Apache-2.0
 *
 * The officers' desk: texts nobody understood, questions, wishes to be called. An item is open until it is answered or
 * closed; while it is, officers are asked about it one after the other, nobody twice.
 *
 * What is to be said about items is taken in three ways, each of which begins a transaction that desk_commit ends with
 * the texts made of it: either both last or neither. At most DESK_BATCH at a time; what another instance is at is left
 * out. Moments are microseconds since the epoch, UTC; strings and arrays come from the arena, none is NULL.
 */
#ifndef DB_DESK_H
#define DB_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/batch.h"
#include "db/conn.h"
#include "parsers/base/arena.h"
#include "parsers/base/lang.h"

#define DESK_BATCH 20

/* An officer who said no stop; `hours` of duty as parsers/base/work_hours.h reads them; "" = the office's. */
struct desk_officer {
    int64_t person_id;
    const char *hours;
    bool locked; /* no code is taken from him now, so no answer */
};

/* Who sent so many wrong codes, the first less than within_us ago, is locked. */
struct desk_lock {
    int failures;
    int64_t within_us;
};

enum db_status desk_duty(struct db *db, struct arena *arena, struct desk_lock lock, int64_t now_us,
                         struct desk_officer **rows_r, size_t *n_r);

/* Something to say about an item. */
struct desk_text {
    int64_t item, created_us;
    int64_t person_id; /* to whom */
    enum lang lang;    /* of that person */
    const char *reason;
    const char *place, *commodity; /* codes; "" = not known */
    const char *words;
    int64_t price;    /* đồng per unit; 0 = the item is no price */
    const char *unit; /* code */
};

/* Who may be asked now, and who may not answer though he was asked: person_ids. */
struct desk_shift {
    int64_t *on_duty, *locked;
    size_t n_on_duty, n_locked;
    int64_t waited_before_us;
};

/* To officers, `words` being the item's text: what nobody was asked about, what somebody was asked about at
 * waited_before_us or earlier, and what is with one of the locked, goes to the one of on_duty who is the next for it.
 * What finds nobody waits. */
enum db_status desk_assign(struct db *db, struct arena *arena, const struct desk_shift *shift, int64_t now_us,
                           struct desk_text **rows_r, size_t *n_r);

/* To those who wrote, `words` being an answer that they have not heard. */
enum db_status desk_tell(struct db *db, struct arena *arena, int64_t now_us, struct desk_text **rows_r, size_t *n_r);

/* To those who wrote at before_us or earlier and were neither answered nor told so before; no words. */
enum db_status desk_late(struct db *db, struct arena *arena, int64_t before_us, int64_t now_us,
                         struct desk_text **rows_r, size_t *n_r);

/* Prices in quarantine become items, and those that were decided about end. */
enum db_status desk_take_prices(struct db *db, int64_t now_us);

/* What an officer said of a price, still to be done: desk_judged_done says that it was. At most DESK_BATCH. */
struct desk_judgement {
    int64_t answer, price_report;
    bool right;
};

enum db_status desk_judged(struct db *db, struct desk_judgement rows_r[DESK_BATCH], size_t *n_r);
enum db_status desk_judged_done(struct db *db, int64_t answer, int64_t now_us);

enum db_status desk_commit(struct db *db, const struct outbox_row *rows, size_t n, int64_t now_us);

/* How many items are open, and the age of the oldest in seconds. */
enum db_status desk_backlog(struct db *db, int64_t now_us, int64_t *open_r, int64_t *oldest_s_r);

/* ---- for whoever sits at the desk ---- */

struct desk_item {
    int64_t id;                                      /* 0 = there is none */
    const char *state, *reason;                      /* "open", "answered", "closed" */
    int64_t created_us, asked_us, late_us, ended_us; /* 0 = not yet */
    const char *msisdn, *officer;                    /* numbers: of who wrote, of who was asked last */
    const char *place, *commodity, *text;
};

struct desk_said {
    int64_t at_us, told_us; /* told_us 0 = still to be sent */
    const char *officer;    /* number; "" = at the desk */
    const char *words;
};

enum db_status desk_show(struct db *db, struct arena *arena, int64_t id, struct desk_item *item_r,
                         struct desk_said **said_r, size_t *n_r);

/* Answers an item; the daemon passes the words on. *done_r false: there is none, or it was closed. */
enum db_status desk_answer(struct db *db, int64_t id, const char *words, int64_t now_us, bool *done_r);

/* Ends an item without a word. *done_r false: there is none that stands. */
enum db_status desk_close(struct db *db, int64_t id, bool *done_r);

#endif
