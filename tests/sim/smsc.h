/* SPDX-License-Identifier: Apache-2.0
 *
 * The simulated SMSC: an SMPP 3.4 server on loopback that Kannel's bearerbox binds to. It carries texts from
 * phones to Kannel (deliver_sm, at most `window` of them unanswered), takes what Kannel sends (submit_sm) and
 * reports its delivery. One thread; the caller polls.
 *
 * What it promises, as a network would:
 *  - a text that Kannel has taken or refused for good is never sent again; one whose link broke before the answer
 *    is sent again on the next link, so Kannel may get it twice; one that is refused for now (Kannel does so in
 *    the moment it starts) is tried again every SMSC_RETRY_US;
 *  - texts are sent in the order in which they were handed over, but for those;
 *  - memory is bounded: SMSC_QUEUE_MAX waiting texts (smsc_has_room), fixed buffers, a full link waits.
 */
#ifndef SIM_SMSC_H
#define SIM_SMSC_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "tests/sim/event.h"
#include "tests/sim/outgoing.h"

enum {
    SMSC_LINKS_MAX = 8,
    SMSC_POLL_MAX = SMSC_LINKS_MAX + 1,
    SMSC_QUEUE_MAX = 20000,          /* deliver_sm that may wait before new texts are refused */
    SMSC_RETRY_US = 500000,          /* after a refusal for now */
    SMSC_RECEIPT_QUEUE_MAX = 100000, /* and before delivery reports are dropped */
};

struct smsc;

/* Listens on loopback; port 0 picks a free one. NULL with errno set when that fails. The listener is told
 * LISTENING at once. */
struct smsc *smsc_new(uint16_t port, unsigned window, event_listener *listener, void *me);
void smsc_free(struct smsc **smsc);

/* Fills in what to poll for and returns how many. The caller polls, then calls smsc_serve. */
nfds_t smsc_poll(struct smsc *smsc, struct pollfd fds[SMSC_POLL_MAX]);
void smsc_serve(struct smsc *smsc, const struct pollfd *fds, nfds_t n);

/* When smsc_poll has something to do by itself, on the monotonic clock in microseconds; INT64_MAX for never. */
int64_t smsc_due(const struct smsc *smsc);

/* Is a client bound that takes texts? */
bool smsc_is_bound(const struct smsc *smsc);

/* May a text be handed over now? */
bool smsc_has_room(const struct smsc *smsc);

/* Hands over a text. False with *why set when it cannot be sent. */
bool smsc_send(struct smsc *smsc, const struct mo *mo, const char **why);

/* How messages from Kannel are reported from now on, where a report was asked for. */
void smsc_set_receipt(struct smsc *smsc, enum receipt receipt);

/* Answers the next `count` submit_sm with this command_status instead of taking them. */
void smsc_refuse(struct smsc *smsc, uint32_t status, unsigned count);

/* Closes all connections at once. */
void smsc_drop(struct smsc *smsc);

/* Stops or resumes reading from clients. */
void smsc_pause(struct smsc *smsc, bool paused);

/* Tells the listener STATS. */
void smsc_tell_stats(struct smsc *smsc);

/* The monotonic clock in microseconds, as events have it. */
int64_t monotonic_us(void);

#endif
