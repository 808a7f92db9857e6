/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/broadcast/run.h"

#include <limits.h>

#include "db/alerts.h"
#include "db/batch.h"
#include "db/broadcasts.h"
#include "smsd/broadcast/draft.h"
#include "smsd/clock.h"
#include "smsd/job/alert.h"
#include "smsd/log/log.h"
#include "smsd/message/format.h"

/* Ids of people that one statement looks at, some tenths of a second; of the first less, so that something goes out
 * soon. */
#define SLICE 10000
#define SLICE_FIRST 1000

/* How long one round looks for people and puts them into the outbox: the thread has other jobs. */
#define ROUND_US (2 * SECOND_US)

/* The outbox is filled up to so many seconds of the rate when it holds less than half of that: as long as the thread's
 * other jobs may take, and as much as is taken back when a broadcast is paused. */
#define AHEAD_S 10
#define AHEAD_MIN 16

/* Broadcasts whose coordinators are asked in one round. */
#define UNASKED_MAX 8

struct round {
    struct db *db;
    struct broadcast_rules rules;
    int64_t now_us, until; /* the latter monotonic: no further slice after it */
    int64_t room;          /* texts that may still go into the outbox */
    size_t fed;
};

/* ---- approval ---- */

struct asking {
    struct arena *arena;
    struct alert_rules rules;
    const struct knowledge *knowledge;
    int64_t now_us;
};

static struct alert_row task(const struct asking *is, const struct broadcast_unasked *to)
{
    const struct message_book *book = is->knowledge->book;
    enum lang lang = message_lang(book, to->lang);
    const char *number = arena_printf(is->arena, "%lld", (long long)to->id);
    struct alert_row row = alert_make(
        is->arena, book, &is->rules, is->now_us, (struct alert_to){to->person_id, lang},
        arena_printf(is->arena, "broadcast:%s", number), MSG_BROADCAST_TASK,
        ARGS({"number", number}, {"audience", broadcast_what(is->arena, is->knowledge, lang, to->area, to->commodity)},
             {"reached", format_number(is->arena, lang, to->people)}, {"announcement", to->words}));
    row.not_before_us = 0; /* it may be a warning */
    row.cap = ALERT_NO_CAP;
    return row;
}

enum db_status broadcasts_ask(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us)
{
    const struct asking asking = {arena, alert_rules(conf), knowledge_acquire(), now_us};
    struct broadcast_unasked *to;
    size_t n = 0;
    enum db_status status = broadcasts_unasked(db, arena, UNASKED_MAX, now_us, &to, &n);
    struct alert_row *rows = arena_calloc(arena, n, sizeof *rows);
    for (size_t i = 0; i < n && asking.knowledge; i++)
        rows[i] = task(&asking, &to[i]);
    for (size_t at = 0; at < n && status == DB_OK && asking.knowledge; at += ALERTS_MAX)
        status = alerts_post(db, rows + at, n - at < ALERTS_MAX ? n - at : ALERTS_MAX, now_us);
    if (status == DB_OK && asking.knowledge)
        status = broadcasts_asked(db);
    else
        batch_rollback(db);
    knowledge_release(asking.knowledge);
    return status;
}

/* ---- one that runs ---- */

/* Of those looked at some may have said stop, or have had their day's number: until nobody is left, or no room. */
static enum db_status feed(struct round *r, const struct broadcast_running *is)
{
    int64_t until = is->disaster ? is->expires_us : broadcast_closes(&r->rules, r->now_us);
    struct broadcast_feed slice = {.id = is->id,
                                   .sender = r->rules.sender,
                                   .until_us = until < is->expires_us ? until : is->expires_us,
                                   .per_day = is->disaster ? INT_MAX : r->rules.per_day};
    enum db_status status = DB_OK;
    size_t looked = BROADCAST_FEED_MAX, fed;
    while (status == DB_OK && r->room > 0 && looked > 0 && slice.until_us > r->now_us) {
        slice.n = r->room < BROADCAST_FEED_MAX ? (int)r->room : BROADCAST_FEED_MAX;
        status = broadcast_feed(r->db, &slice, r->now_us, &looked, &fed);
        r->room -= (int64_t)fed;
        r->fed += fed;
        if (clock_monotonic_us() > r->until)
            break; /* after one slice at least: else a slow search would let nothing out */
    }
    return status;
}

/* What a slice finds goes out before the next one is looked for. */
static enum db_status serve(struct round *r, const struct broadcast_running *is)
{
    enum db_status status = is->planned ? feed(r, is) : DB_OK;
    bool more = !is->planned;
    for (int slice = SLICE_FIRST; more && status == DB_OK && clock_monotonic_us() <= r->until; slice = SLICE) {
        status = broadcast_plan(r->db, is->id, slice, r->now_us, &more);
        if (status == DB_OK)
            status = feed(r, is);
    }
    return status;
}

static enum db_status make_room(struct round *r)
{
    int64_t queued = 0, most = r->rules.rate * AHEAD_S;
    most = most > AHEAD_MIN ? most : AHEAD_MIN;
    enum db_status status = broadcasts_queued(r->db, &queued);
    r->room = queued < most / 2 ? most - queued : 0;
    return status;
}

enum db_status broadcasts_run(struct db *db, const struct conf *conf, int64_t now_us, size_t *fed_r)
{
    struct round round = {
        .db = db, .rules = broadcast_rules(conf), .now_us = now_us, .until = clock_monotonic_us() + ROUND_US};
    struct broadcast_running running[BROADCASTS_RUNNING_MAX];
    size_t n = 0, withdrawn = 0;
    enum db_status status = broadcasts_turn(db, conf->service.province, now_us, running, &n, &withdrawn);
    if (withdrawn)
        log_info("broadcast.withdrawn", KV_INT("texts", withdrawn));
    if (status == DB_OK && n)
        status = make_room(&round);
    for (size_t i = 0; i < n && status == DB_OK; i++)
        status = serve(&round, &running[i]);
    if (status == DB_OK && n)
        status = broadcasts_end(db, now_us);
    *fed_r = round.fed;
    return status;
}
