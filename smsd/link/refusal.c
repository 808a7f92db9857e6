/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/refusal.h"

#include "smsd/log/log.h"

static const struct refusal_facts FACTS[] = {
#define X(symbol, status, metric, reason) [symbol] = {status, metric, reason},
    REFUSAL_TABLE(X)
#undef X
};

const struct refusal_facts *refusal_facts(enum refusal refusal)
{
    return &FACTS[refusal];
}

void refusal_note(enum refusal refusal, const char *where, const struct mo *mo)
{
    static const struct mo nothing = {0};
    const struct mo *known = mo ? mo : &nothing;
    metric_add(FACTS[refusal].metric, 1);
    log_warning("link.refused", KV("reason", FACTS[refusal].reason), KV("at", where), KV("id", known->kannel_id),
                KV_MSISDN("from", known->msisdn));
}
