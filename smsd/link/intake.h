/* SPDX-License-Identifier: Apache-2.0
 *
 * From what Kannel hands over, by whichever link, to a text or a delivery report of ours.
 */
#ifndef SMSD_LINK_INTAKE_H
#define SMSD_LINK_INTAKE_H

#include <stdint.h>

#include "db/outbox.h"
#include "parsers/base/arena.h"
#include "parsers/base/slice.h"
#include "smsd/link/link.h"
#include "smsd/link/refusal.h"

/* A text as it came. */
struct incoming {
    struct slice id;
    struct slice from, to; /* an empty `to` is our own short code */
    struct slice text;
    const char *charset;  /* of the text; "" = not said */
    struct slice meta;    /* Kannel's metadata string, or empty */
    struct slice smsc;    /* smsc-id it came by, or empty */
    struct slice service; /* SMPP's service type (Kannel's binfo), or empty */
    int64_t coding;       /* Kannel's: 0, 1, 2; anything else is refused */
};

/* What holds for all texts. */
struct intake_rules {
    const char *short_code;    /* texts from it are our own, coming back */
    const char *ussd_gateways; /* their profiles (parsers/kannel/ussd.h) */
};

/* Fills the envelope's text, its strings in the arena, or says why this cannot be a text of a person; it then has what
 * was read until there. A text by USSD that begins a session is what was dialled. */
enum refusal intake_text(struct arena *arena, const struct incoming *in, const struct intake_rules *rules,
                         struct envelope *envelope_r);

/* The same for a keypress by an aggregator's callback: `id` names the session, `to` is the service's code, the text all that
 * was pressed so far, "1*2*3". */
enum refusal intake_callback(struct arena *arena, const struct incoming *in, const struct intake_rules *rules,
                             struct envelope *envelope_r);

/* The value of a report (Kannel's: 1, 2, 4, 8, 16), and what counts it once it is done; *dlr_r keeps its key. */
enum refusal intake_report(int64_t value, struct dlr *dlr_r, enum metric *counter_r);

#endif
