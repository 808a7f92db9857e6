/* SPDX-License-Identifier: Apache-2.0
 *
 * By what the sender hands texts to Kannel: sendsms (smsd/send/sendsms.h) or the box link (smsd/link/box.h). For one
 * thread, but for `wake`.
 *
 *     if (transport.room(transport.ctx) > 0)
 *         transport.submit(transport.ctx, &claim);
 *     n = transport.poll(transport.ctx, 100, results, 64);   // then outbox_settle(db, results, n)
 *
 * A transport MUST
 *  1. give each text submitted a result, however long Kannel is silent;
 *  2. say SEND_UNCERTAIN wherever a text may be on its way, and SEND_RETRY only where it is surely not.
 * It MAY also give results of texts that were not submitted here: answers that went back over the same link.
 */
#ifndef SMSD_SEND_TRANSPORT_H
#define SMSD_SEND_TRANSPORT_H

#include <stddef.h>

#include "db/outbox.h"
#include "smsd/send/backoff.h"

struct transport {
    void *ctx;

    /* How many more texts may be submitted; 0 while there is nobody to take them. */
    size_t (*room)(void *ctx);

    /* Texts under way, and results not yet polled. */
    size_t (*busy)(void *ctx);

    /* Starts one; needs room. The claim's strings may go afterwards. Does not block. */
    void (*submit)(void *ctx, const struct outbox_claim *claim);

    /* Waits up to timeout_ms for something to happen (0 = not at all; with nothing under way it waits for wake), and
     * writes up to max results: often none. retry_us is filled from the backoff and now; details are constants. */
    size_t (*poll)(void *ctx, int timeout_ms, struct outbox_result *results_r, size_t max);

    /* Ends a poll that waits, or the next one. The only call another thread may make. */
    void (*wake)(void *ctx);

    /* Another policy for SEND_RETRY from now on (reload). */
    void (*set_retry)(void *ctx, struct backoff retry);
};

#endif
