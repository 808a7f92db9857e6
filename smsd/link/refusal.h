/* SPDX-License-Identifier: Apache-2.0
 *
 * Why a link turns something away: how that is counted, what the log calls it, and what Kannel is told.
 */
#ifndef SMSD_LINK_REFUSAL_H
#define SMSD_LINK_REFUSAL_H

#include "db/batch.h"
#include "smsd/metrics/metrics.h"

/* X(symbol, HTTP status, metric, reason in the log). The box link, which has no statuses, has Kannel bring again what
 * is 503 here, and drop the rest. */
#define REFUSAL_TABLE(X)                                                                    \
    X(REFUSAL_NOT_FOUND, 404, METRIC_HTTP_NOT_FOUND, "not_found")                           \
    X(REFUSAL_METHOD, 405, METRIC_HTTP_METHOD, "method")                                    \
    X(REFUSAL_TOO_BIG, 413, METRIC_HTTP_TOO_BIG, "too_big")                                 \
    X(REFUSAL_SECRET, 403, METRIC_HTTP_SECRET, "secret")                                    \
    X(REFUSAL_BAD_REQUEST, 400, METRIC_HTTP_BAD_REQUEST, "bad_request")                     \
    X(REFUSAL_NO_ID, 400, METRIC_REFUSED_NO_ID, "no_id")                                    \
    /* 200: Kannel must neither bring these again nor say anything to the sender */         \
    X(REFUSAL_BINARY, 200, METRIC_REFUSED_BINARY, "binary")                                 \
    X(REFUSAL_CHARSET, 200, METRIC_REFUSED_CHARSET, "charset")                              \
    X(REFUSAL_SENDER_INVALID, 200, METRIC_REFUSED_SENDER_INVALID, "sender_invalid")         \
    X(REFUSAL_SHORT_CODE, 200, METRIC_REFUSED_SENDER_SHORT_CODE, "sender_short_code")       \
    X(REFUSAL_ALPHANUMERIC, 200, METRIC_REFUSED_SENDER_ALPHANUMERIC, "sender_alphanumeric") \
    X(REFUSAL_CHANNEL, 200, METRIC_REFUSED_CHANNEL, "channel")                              \
    X(REFUSAL_NOT_OURS, 200, METRIC_DLR_NOT_OURS, "not_ours")                               \
    /* 503: bring it again */                                                               \
    X(REFUSAL_OTHER_LINK, 503, METRIC_REFUSED_OTHER_LINK, "other_link")                     \
    X(REFUSAL_INBOX_FULL, 503, METRIC_REFUSED_INBOX_FULL, "inbox_full")                     \
    X(REFUSAL_DRAINING, 503, METRIC_REFUSED_DRAINING, "draining")

enum refusal {
    REFUSAL_NONE,
#define X(symbol, status, metric, reason) symbol,
    REFUSAL_TABLE(X)
#undef X
};

struct refusal_facts {
    unsigned status;
    enum metric metric;
    const char *reason;
};

/* Not for REFUSAL_NONE. */
const struct refusal_facts *refusal_facts(enum refusal refusal);

/* Counts it, and logs it as the event "link.refused" with what is known: `where` is a path or the link's name; `mo`
 * holds what was read of a text, NULL = nothing. */
void refusal_note(enum refusal refusal, const char *where, const struct mo *mo);

#endif
