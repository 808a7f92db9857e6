/* SPDX-License-Identifier: Apache-2.0
 *
 * What goes to the client: texts from phones (MO) and delivery reports, packed as deliver_sm.
 */
#ifndef SIM_OUTGOING_H
#define SIM_OUTGOING_H

#include <stdint.h>
#include <sys/queue.h>
#include <time.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"
#include "tests/sim/charset.h"
#include "tests/sim/pdu.h"

/* What the parts of one text share: it is answered when all of them are. */
struct ticket {
    enum ticket_kind { TICKET_MO, TICKET_DLR } kind;
    unsigned parts_left;
    uint32_t status; /* the first refusal, or 0 */
    char id[];       /* the sender's name for the text, or the id of the message that is reported on */
};

struct outgoing {
    TAILQ_ENTRY(outgoing) entry;
    struct ticket *ticket;
    uint32_t sequence; /* while it is in flight */
    int64_t due;       /* while it waits to be tried again: monotonic clock, microseconds */
    size_t n;
    uint8_t pdu[];
};

TAILQ_HEAD(outgoing_list, outgoing);

enum mo_cut { MO_IN_PARTS, MO_WHOLE /* one deliver_sm however long: over 254 octets as message_payload */ };

struct mo {
    const char *id; /* may be "" */
    const char *from;
    const char *to;
    const char *service_type; /* NULL for none */
    enum coding coding;
    struct slice octets; /* in that coding */
    struct slice udh;    /* a header of the caller's own, with its length octet; then there is one part */
    struct slice tlvs;   /* as they go over the wire, on each part */
    enum mo_cut cut;
};

/* GSM-7 when the alphabet has all characters, else UCS-2; false when the text is not UTF-8. */
bool mo_encode(struct arena *arena, struct slice text, enum coding *coding, struct slice *octets);

/* Appends the parts to the list and returns their number; 0 when it cannot be sent, with *why set. */
unsigned mo_queue(struct arena *arena, const struct mo *mo, uint8_t reference, struct outgoing_list *list,
                  const char **why);

enum receipt { RECEIPT_DELIVERED, RECEIPT_FAILED, RECEIPT_NONE };

/* The stat of the receipt ("DELIVRD"), as SMPP 3.4 appendix B has it. Not of RECEIPT_NONE. */
const char *receipt_stat(enum receipt receipt);

/* Appends the delivery report on a submit_sm, dated `now`. */
void receipt_queue(const struct sm *submitted, const char *message_id, enum receipt receipt, time_t now,
                   struct outgoing_list *list);

/* Frees it, and its ticket when it was the last of its parts. */
void outgoing_free(struct outgoing *outgoing);
void outgoing_free_all(struct outgoing_list *list);

#endif
