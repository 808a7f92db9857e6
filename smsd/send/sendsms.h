/* SPDX-License-Identifier: Apache-2.0
 *
 * Client of Kannel's sendsms, for one thread: several requests under way at once, each settled by what Kannel says.
 *
 *     if (sendsms_room(client) > 0)
 *         sendsms_submit(client, &claim);
 *     n = sendsms_poll(client, 100, results, 64);   // then outbox_settle(db, results, n)
 *
 * Kannel's answer        result            why
 *   202 (either body)    SEND_ACCEPTED     it is Kannel's now
 *   503                  SEND_RETRY        its queue is full
 *   not connected        SEND_RETRY        nothing was sent
 *   403, not routable    SEND_FAILED       no SMSC will ever take it
 *   other 403, 401, 404  SEND_RETRY        slowly (BACKOFF_DENIED) and with an alarm: user, password, address or URL
 *                                          are wrong, which is no text's fault
 *   400 and other 4xx    SEND_FAILED       the same again is refused again
 *   anything else, none  SEND_UNCERTAIN    it may be on its way
 *
 * The alarm is an error in the log and smsd_send_denied_total.
 *
 * A request that libcurl finds its kept-alive connection dead for is quietly repeated by it; that may send twice.
 * Replies may be sent twice, so they use kept-alive connections; alerts and broadcasts may not, and open a connection
 * of their own.
 */
#ifndef SMSD_SEND_SENDSMS_H
#define SMSD_SEND_SENDSMS_H

#include <stddef.h>
#include <stdint.h>

#include "db/outbox.h"
#include "smsd/send/backoff.h"
#include "smsd/send/transport.h"

struct sendsms_settings {
    const char *url; /* http://127.0.0.1:13013/cgi-bin/sendsms */
    const char *username, *password;
    const char *dlr_base; /* "" asks for no delivery reports */
    const char *secret;   /* of our own URLs, for the report's */
    int timeout_s;        /* from the start of a request to its last byte */
    int window;           /* requests under way at once, at most */
    struct backoff retry; /* for SEND_RETRY of every other kind than denied */
};

struct sendsms;

/* Settings are copied. curl_global_init is the caller's, once, before any thread. NULL when libcurl has no memory. */
struct sendsms *sendsms_new(const struct sendsms_settings *settings);

/* Another policy from now on (reload). */
void sendsms_set_retry(struct sendsms *client, struct backoff retry);

/* How many more may be submitted. */
size_t sendsms_room(const struct sendsms *client);

/* Requests under way. */
size_t sendsms_busy(const struct sendsms *client);

/* Starts one; needs room. The claim's strings may go afterwards. Does not block. */
void sendsms_submit(struct sendsms *client, const struct outbox_claim *claim);

/* Moves the requests on, waits up to timeout_ms for something to happen (0 = not at all; with nothing under way it
 * waits for sendsms_wake), and writes up to max results: often none. retry_us is filled from the backoff and now;
 * details are constants. Counts segments accepted and denials; the rest is the caller's to count. */
size_t sendsms_poll(struct sendsms *client, int timeout_ms, struct outbox_result *results_r, size_t max);

/* Ends a sendsms_poll that waits, or the next one. The only call another thread may make. */
void sendsms_wake(struct sendsms *client);

/* The functions above as what the sender sends by. */
struct transport sendsms_transport(struct sendsms *client);

/* Gives up what is under way (it is not reported: the lease of its rows runs out), frees and nulls. NULL is fine. */
void sendsms_free(struct sendsms **client);

#endif
