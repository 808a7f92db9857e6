/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands between a gateway and the daemon. A link delivers texts in, gives their answers back, and sends.
 *
 * A link MUST
 *  1. hand each text to inbox_put exactly as received, with its id, and keep the envelope until its `done` is called;
 *  2. give the gateway its acknowledgement only from `done`, after the commit;
 *  3. on ANSWER_LATER tell the gateway to bring the text again (HTTP 503, temporary nack);
 *  4. survive `done` being called on a worker's thread, and return from it at once.
 * A link MAY refuse a text itself (not text, no sender, wrong secret, inbox full): it counts and logs that.
 * A link MAY NOT read the text, touch the database, or block a worker.
 */
#ifndef SMSD_LINK_LINK_H
#define SMSD_LINK_LINK_H

#include <stdint.h>

#include "db/batch.h"
#include "db/outbox.h"

enum answer_kind {
    ANSWER_TEXT,   /* send `text` back */
    ANSWER_NOTHING,/* done, nothing to say */
    ANSWER_LATER   /* not done: bring it again */
};

struct answer {
    enum answer_kind kind;
    const char *text; /* UTF-8; valid only during the call of done */
    int coding;       /* Kannel's: 0 or 2 */
    int segments;
    int64_t outbox_id, created_us; /* for the delivery report */
    bool ends;                     /* of a text by USSD: the session is over; else something is asked */
};

enum envelope_kind { ENVELOPE_MO, ENVELOPE_DLR };

/* Kannel's: of the texts that wait for the same SMSC those with more go first (it becomes SMPP's priority_flag too), so that who
 * asks something does not wait behind alerts and broadcasts. */
enum { PRIORITY_UNASKED, PRIORITY_REPLY, PRIORITY_SCREEN };

/* One thing that came in. Owned by the link; lent to the inbox and its worker until `done`. */
struct envelope {
    enum envelope_kind kind;
    struct mo mo;   /* strings belong to the link and live as long as the envelope */
    struct {        /* of a text by USSD: Kannel's metadata of an answer that asks, and of one that ends the session */
        const char *ask, *end;
        const char *service; /* SMPP's service type as it came, which the answer has too */
    } ussd;
    struct dlr dlr; /* for ENVELOPE_DLR */
    void (*done)(struct envelope *envelope, const struct answer *answer);
    void *link;     /* the link's own */
    struct envelope *next; /* the inbox's */
};

#endif
