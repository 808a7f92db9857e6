/* SPDX-License-Identifier: Apache-2.0
 *
 * The inside of the box link. For smsd/link/box*.c only.
 *
 *   box.c          the thread: its rounds, the connection, starting and stopping
 *   box_in.c       texts and reports: in, lent out, answered
 *   box_out.c      the transport: submitted texts, verdicts, results
 *   box_pending.c  what has no verdict yet
 *   box_wire.c     the connection itself, by Kannel's library
 */
#ifndef SMSD_LINK_BOX_P_H
#define SMSD_LINK_BOX_P_H

#include <pthread.h>
#include <stdatomic.h>

#include "parsers/base/arena.h"
#include "smsd/link/box.h"
#include "smsd/link/box_pending.h"
#include "smsd/link/box_wire.h"
#include "smsd/metrics/metrics.h"

/* How long a text that cannot be done now stays with us before it is given back: at once, bearerbox would bring it
 * again at once. */
#define LATER_US 1000000LL

/* One text or report, from its arrival until its answer is said. Belongs to the link's thread, but from `put` until
 * `done` to a worker. */
struct box_item {
    struct envelope envelope;
    struct box_link *link;
    struct arena *arena;
    unsigned char id[BOX_UUID]; /* what its acknowledgement repeats, */
    int64_t time;               /* and this */
    uint64_t connection;        /* the one it came over */
    const char *smsc;           /* it came through; its answer goes back the same way */
    enum metric report;         /* of a delivery report: what counts it once it is done */
    struct answer answer;       /* from done; text in the arena */
    int64_t later_us;           /* of ANSWER_LATER: when it is given back; monotonic */
    struct box_item *next;
};

struct box_items {
    struct box_item *first, **end; /* end is NULL while it is empty */
};

/* A text of the sender's, on its way to the link's thread; it lies in its own arena. */
struct box_submission {
    struct arena *arena;
    struct box_mt mt;
    const char *from, *to, *text;
    int coding;
    bool reply;
    struct box_submission *next;
};

/* What became of a text. */
struct box_result {
    struct outbox_result outbox;
    bool is_answer;
};

enum box_state { BOX_WAITING, BOX_CONNECTING, BOX_UP };

struct box_link {
    struct box_settings settings; /* strings in the arena */
    struct arena *arena;
    long thread;
    int wake_fd; /* an eventfd: somebody left something for the thread */
    _Atomic bool connected, draining, stopping;

    pthread_mutex_t lock; /* of all until the next blank line */
    pthread_cond_t changed;
    struct box_items done;
    struct box_submission *submitted, **submitted_end; /* end is NULL while it is empty */
    struct box_result *results;
    size_t n_results, results_room;
    int64_t results_due; /* monotonic: they can wait until then to be polled */
    bool woken;          /* by transport.wake */
    bool answered;       /* draining: no item is held any more, */
    bool drained;        /* and nothing waits to go out or for a verdict */
    struct backoff retry;

    size_t submissions; /* the sender's own: submitted, and their results not polled */

    /* the thread's own */
    enum box_state state;
    int fd; /* while connecting */
    struct box_wire *wire;
    uint64_t connection; /* serial number of the one that stands, or stood last */
    int attempts;        /* at connecting, since bearerbox last said anything */
    int64_t next_us;     /* waiting: when to try; connecting: when to give up; monotonic */
    int64_t leave_us;    /* bearerbox asked us to leave: by then; INT64_MAX = it did not */
    size_t held;         /* items not yet answered */
    struct box_items later, spare;
    struct box_pending *pending;
};

void box_items_add(struct box_items *items, struct box_item *item);
struct box_item *box_items_take(struct box_items *items); /* NULL when empty */

/* Wakes the link's thread. Any thread. */
void box_wake(struct box_link *link);

/* ---- box_in.c: the link's thread ---- */

/* A text or report that came. */
void box_in_take(struct box_link *link, const struct box_message *message);

/* Says what became of an item whose answer is there, and forgets it; one to be given back later waits. */
void box_in_answer(struct box_link *link, struct box_item *item);

/* Gives back what has waited long enough. */
void box_in_give_back(struct box_link *link, int64_t now_us);

/* The connection is gone: what waits to be given back is bearerbox's again by itself. */
void box_in_lost(struct box_link *link);

/* ---- box_out.c: the link's thread ---- */

/* Sends one that was submitted and frees it, or says that it could not be. */
void box_out_send(struct box_link *link, struct box_submission *submission);

/* Sends the answer of an item. */
void box_out_answer(struct box_link *link, const struct box_item *item);

/* A verdict of bearerbox's. */
void box_out_verdict(struct box_link *link, const struct box_message *message);

/* No verdict will come any more for those whose time is over. */
void box_out_expire(struct box_link *link, int64_t now_us);

/* The connection is gone, and no verdict will come at all. */
void box_out_lost(struct box_link *link);

#endif
