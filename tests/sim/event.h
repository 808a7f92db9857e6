/* SPDX-License-Identifier: Apache-2.0
 *
 * What happens at the simulated SMSC, told to whoever watches it, and the same as one line of JSON. The
 * event and all it points to live only during the call that tells it.
 */
#ifndef SIM_EVENT_H
#define SIM_EVENT_H

#include <stdint.h>

#include "tests/sim/segments.h"

/* X(enum, name in JSON) */
#define EVENTS(X)                                                                                                     \
    X(LISTENING, "listening") /* port */                                                                              \
    X(BOUND, "bound")         /* bind_as, system_id */                                                                \
    X(UNBOUND, "unbound")     /* reason */                                                                            \
    X(REQUEUED, "requeued")   /* count: deliver_sm to be sent again: their link broke, or (id, status) refused now */ \
    X(MO_SENT, "mo_sent")     /* id, count: parts queued */                                                           \
    X(MO_ACKED, "mo_acked")   /* id, status: 0, or the first refusal, when all parts are answered */                  \
    X(SUBMIT, "submit")       /* sm, message_id, status: one part as it came and what we said to it */                \
    X(MT, "mt")               /* message, receipt */                                                                  \
    X(DLR_ACKED, "dlr_acked") /* id: the message's, status */                                                         \
    X(STATS, "stats")         /* stats */                                                                             \
    X(ERROR, "error")         /* reason */

enum event_kind {
#define X(name, json) EVENT_##name,
    EVENTS(X)
#undef X
};

/* Counters since the start, but for the last two. */
#define STATS(X)                                                                                            \
    X(mo)              /* texts sent */                                                                     \
    X(mo_parts)        /* their parts */                                                                    \
    X(mo_acked)        /* texts whose parts were all answered with status 0 */                              \
    X(mo_refused)      /* texts of which a part was answered otherwise */                                   \
    X(submits)         /* submit_sm taken in */                                                             \
    X(submits_refused) /* submit_sm we were told to refuse */                                               \
    X(mts)             /* whole messages */                                                                 \
    X(dlrs)            /* delivery reports sent */                                                          \
    X(dlrs_acked)      /* and answered with status 0 */                                                     \
    X(requeued)        /* deliver_sm to be sent again: their link was lost, or they were refused for now */ \
    X(binds)           /* accepted */                                                                       \
    X(bad_pdus)        /* malformed, unknown or out of place */                                             \
    X(parts_given_up)  /* messages of which a part never came */                                            \
    X(queued)          /* deliver_sm that wait for a link or the window now */                              \
    X(in_flight)       /* deliver_sm that wait for their answer now */

struct stats {
#define X(name) uint64_t name;
    STATS(X)
#undef X
};

struct event {
    enum event_kind kind;
    int64_t at; /* monotonic clock, microseconds */
    const char *id;
    uint32_t status; /* an SMPP command_status */
    uint64_t count;
    uint16_t port;
    const char *bind_as;
    const char *system_id;
    const char *reason;
    const char *receipt; /* what the delivery report of an MT says; NULL when none is sent */
    const struct sm *sm;
    const struct message *message;
    const struct stats *stats;
};

typedef void event_listener(void *me, const struct event *event);

/* One line without its newline, to be freed with free(). */
char *event_json(struct arena *arena, const struct event *event);

/* The length of a message in septets (with escapes), UTF-16 units or octets. */
size_t message_units(const struct message *message);

#endif
