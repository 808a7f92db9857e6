/* SPDX-License-Identifier: Apache-2.0
 *
 * The box link: we are a box of bearerbox's, as smsbox is, and there is no smsbox. Texts and delivery reports come over
 * one connection, and everything that is sent goes out over it.
 *
 *   a text        stays in bearerbox's hands until its `done`: then it is acknowledged, or, on ANSWER_LATER, given back
 *                 after LATER_US. Unacknowledged ones come again when the connection, or this process, ends.
 *   its answer    goes out in the same write, before the acknowledgement. So bearerbox has never dropped a text whose
 *                 answer it did not have; one whose acknowledgement it missed it brings again, and the stored answer
 *                 goes out once more.
 *   its verdict   bearerbox says of each text we send whether it took it. Of answers that is a result for the sender to
 *                 write down, as of what the sender submitted itself.
 *   a report      carries our dlr_url (smsd/link/dlr_url.h), and is acknowledged after its commit.
 *
 * One thread owns the connection (smsd/link/box_wire.h says why). Others leave plain values for it under a lock and
 * wake it with an eventfd. It connects by itself, and goes on trying; while there is no connection nothing comes and
 * nothing is submitted, so nothing is lost. Two boxes without an id share the texts of their bearerbox: run one link on
 * each.
 *
 * Threads: start, drain and stop from one thread, always the same; `put` is called on the link's own and must not
 * block; the transport is the sender's.
 */
#ifndef SMSD_LINK_BOX_H
#define SMSD_LINK_BOX_H

#include <stdbool.h>
#include <stddef.h>

#include "smsd/link/link.h"
#include "smsd/send/transport.h"

struct box_settings {
    const char *host;                                  /* numeric IPv4 or IPv6 address of bearerbox */
    int port;                                          /* its smsbox-port */
    const char *dlr_base, *secret;                     /* of the dlr_url; "" asks for no delivery reports */
    const char *short_code;                            /* texts from it are our own, coming back */
    const char *ussd_gateways;                         /* as in struct intake_rules */
    int window;                                        /* texts submitted and without a verdict, at most */
    int timeout_s;                                     /* without a verdict after this a text counts as uncertain */
    struct backoff retry;                              /* of texts that bearerbox has no room for */
    void *ctx;                                         /* given to put */
    bool (*put)(void *ctx, struct envelope *envelope); /* takes it; false: full, the envelope stays with the link */
};

struct box_link;

/* Settings are copied. NULL when there is no thread to be had. */
struct box_link *box_link_start(const struct box_settings *settings);

/* What the sender sends by. */
struct transport box_link_transport(struct box_link *link);

/* Takes no more texts and reports (bearerbox keeps them for the next box), waits until those lent out are done and
 * their answers said, and a little for bearerbox's verdicts. The workers must still be running. */
void box_link_drain(struct box_link *link);

/* Drains, hangs up, frees and nulls. NULL is fine. The transport must not be used any more. */
void box_link_stop(struct box_link **link);

#endif
