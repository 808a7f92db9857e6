/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/prices.h"

#include "db/price_feed.h"
#include "db/price_reports.h"
#include "parsers/market/quote.h"
#include "parsers/read/plausible.h"
#include "smsd/clock.h"

/* In the unit that prices of these goods are told in; what cannot be a price of them does not count. What the lexicon
 * in use does not know yet is left as it is. */
static void judge(const void *context, struct price_report *report)
{
    const struct lexicon *lexicon = context;
    const struct commodity *commodity = lexicon_commodity(lexicon, report->commodity);
    const struct unit *unit = lexicon_unit(lexicon, report->unit);
    if (!commodity || !unit)
        return;
    struct quote quote = quote_usual(commodity, (struct quote){unit, report->low, report->high});
    report->unit = quote.unit->code;
    report->low = quote.low;
    report->high = quote.high;
    report->price = quote.low + (quote.high - quote.low) / 2;
    if (!*report->quarantine && price_fit(commodity, quote.unit, report->price) == FIT_BAD)
        report->quarantine = "implausible";
}

enum db_status prices_run(struct db *db, const struct lexicon *lexicon, int64_t now_us, size_t *read_r,
                          size_t *counted_r)
{
    const int64_t every_us = PRICES_AT_MOST_EVERY_S * SECOND_US;
    *counted_r = 0;
    enum db_status status = price_feed(db, now_us, every_us, judge, lexicon, read_r);
    return status == DB_OK ? prices_count(db, now_us, every_us, counted_r) : status;
}
