/* SPDX-License-Identifier: Apache-2.0 */
#include "db/batch.h"

#include <string.h>

#include "db/alerts_add.h"
#include "db/array.h"
#include "db/broadcasts_add.h"
#include "db/bulletins_find.h"
#include "db/codes.h"
#include "db/conversation.h"
#include "db/deals_read.h"
#include "db/desk_add.h"
#include "db/erase_add.h"
#include "db/inbound.h"
#include "db/kept.h"
#include "db/listing_life.h"
#include "db/listings.h"
#include "db/lookup.h"
#include "db/outbox_add.h"
#include "db/own_data.h"
#include "db/pages.h"
#include "db/people.h"
#include "db/pg.h"
#include "db/prices.h"
#include "db/registration.h"
#include "db/relays.h"
#include "db/supply_find.h"
#include "db/ussd_find.h"

static struct lookups lookups_of(struct arena *arena, const char *home, const struct mo *mos, const struct lookup *rows,
                                 size_t n, const struct sender *senders, struct found *found_r)
{
    if (n)
        memset(found_r, 0, n * sizeof *found_r);
    return (struct lookups){
        .arena = arena, .home = home, .mos = mos, .rows = rows, .n = n, .senders = senders, .found = found_r};
}

/* What the first pipe leaves to be asked, seldom anything: what is not kept, answers of texts seen before. */
static enum db_status ask_the_rest(struct db *db, struct lookups *lookups, struct meeting *meeting)
{
    pages_follow(lookups);
    kept_take(db, lookups);
    if (lookups->todo[KEPT_PRICES].n == 0 && lookups->todo[KEPT_LOTS].n == 0 && meeting->seen == 0)
        return DB_OK;
    pipe_begin(db);
    prices_near(db, lookups);
    listings_lots(db, lookups);
    inbound_seen_answers(db, meeting);
    enum db_status status = pipe_end(db);
    if (status == DB_OK)
        kept_put(db, lookups);
    return status;
}

/* BEGIN, and all that needs no more than the texts. */
static enum db_status meet(struct db *db, struct meeting *meeting, struct lookups *wanted)
{
    memset(meeting->senders, 0, meeting->n * sizeof *meeting->senders);
    meeting->met = meeting->seen = 0;
    pipe_begin(db);
    const char *numbers = FIELD_TEXT(db_scratch(db), meeting->mos, meeting->n, msisdn);
    PIPE_PLAIN(db, Q_BEGIN, NULL, NULL);
    people_meet(db, meeting, numbers, deals_parties(db, wanted));
    inbound_seen_read(db, meeting, numbers);
    ussd_sessions_read(db, meeting);
    kept_versions(db);
    own_listings_find(db, wanted);
    listings_find(db, wanted);
    listings_phones(db, wanted);
    codes_find(db, wanted);
    relays_find(db, wanted);
    own_data_find(db, wanted);
    deals_find(db, wanted);
    pages_find(db, wanted);
    subscriptions_find(db, wanted);
    desk_find(db, wanted);
    bulletins_find(db, wanted);
    broadcasts_find(db, wanted);
    supply_find(db, wanted);
    usual_find(db, wanted);
    return pipe_end(db);
}

enum db_status batch_open(struct db *db, struct arena *arena, const char *home, const struct mo *mos, size_t n,
                          const struct lookup *lookups, size_t n_lookups, struct sender *senders_r,
                          struct found *found_r)
{
    struct meeting meeting = {.arena = arena, .mos = mos, .n = n, .senders = senders_r};
    struct lookups wanted = lookups_of(arena, home, mos, lookups, n_lookups, senders_r, found_r);
    enum db_status status = meet(db, &meeting, &wanted);
    if (status == DB_OK && meeting.met < n && (status = people_make(db, mos, n)) == DB_OK) {
        wanted = lookups_of(arena, home, mos, lookups, n_lookups, senders_r, found_r);
        status = meet(db, &meeting, &wanted);
    }
    if (status == DB_OK && meeting.met < n)
        return pg_fail(db, DB_BUSY, "a person was erased while the batch waited for the lock");
    return status == DB_OK ? ask_the_rest(db, &wanted, &meeting) : status;
}

enum db_status batch_lookup(struct db *db, struct arena *arena, const char *home, const struct mo *mos,
                            const struct sender *senders, const struct lookup *lookups, size_t n_lookups,
                            struct found *found_r)
{
    struct lookups wanted = lookups_of(arena, home, mos, lookups, n_lookups, senders, found_r);
    kept_take(db, &wanted);
    pipe_begin(db);
    prices_near(db, &wanted);
    listings_lots(db, &wanted);
    own_listings_find(db, &wanted);
    listings_find(db, &wanted);
    listings_phones(db, &wanted);
    codes_find(db, &wanted);
    relays_find(db, &wanted);
    own_data_find(db, &wanted);
    deals_find(db, &wanted);
    subscriptions_find(db, &wanted);
    desk_find(db, &wanted);
    bulletins_find(db, &wanted);
    broadcasts_find(db, &wanted);
    supply_find(db, &wanted);
    usual_find(db, &wanted);
    enum db_status status = pipe_end(db);
    if (status == DB_OK)
        kept_put(db, &wanted);
    return status;
}

enum db_status batch_commit(struct db *db, const struct mo *mos, const struct effects *effects, int64_t now_us)
{
    const struct effects *e = effects;
    pipe_begin(db);
    const char *now = param_i64(db_scratch(db), now_us);
    if (e->n_changes)
        listings_change(db, e->changes, e->n_changes, now);
    if (e->n_listings)
        listings_add(db, e->listings, e->n_listings, now);
    if (e->n_deals)
        listing_deals_add(db, e->deals, e->n_deals, now);
    if (e->n_lists)
        listing_lists_put(db, e->lists, e->n_lists, now);
    if (e->n_relays)
        relays_put(db, e->relays, e->n_relays, now);
    if (e->n_pages)
        pages_put(db, e->pages, e->n_pages, now);
    if (e->n_persons)
        people_change(db, e->persons, e->n_persons, now);
    registrations_add(db, e);
    subscriptions_change(db, e, now);
    if (e->n_consents)
        consent_add(db, e->consents, e->n_consents, now);
    if (e->n_conversations)
        conversations_put(db, e->conversations, e->n_conversations, now);
    if (e->n_outbox)
        outbox_add(db, e->outbox, e->n_outbox, now);
    if (e->n_inbound)
        inbound_add(db, mos, e->inbound, e->n_inbound, now);
    if (e->n_desk)
        desk_add(db, e->desk, e->n_desk, now);
    if (e->n_deal_answers)
        deals_answer(db, e->deal_answers, e->n_deal_answers, now);
    if (e->n_desk_answers)
        desk_answers_add(db, e->desk_answers, e->n_desk_answers, now);
    if (e->n_alerts)
        alerts_add(db, e->alerts, e->n_alerts, now);
    if (e->n_prices)
        prices_report(db, e->prices, e->n_prices);
    if (e->n_dead)
        dead_add(db, mos, e->dead, e->n_dead, now);
    if (e->n_codes)
        codes_put(db, e->codes, e->n_codes);
    if (e->n_newcomers)
        newcomers_suppress(db, e->newcomers, e->n_newcomers, now);
    if (e->n_broadcasts)
        broadcasts_put(db, e->broadcasts, e->n_broadcasts, now, NULL, NULL);
    if (e->n_approvals)
        broadcasts_approve(db, e->approvals, e->n_approvals);
    if (e->n_erasures)
        erasures_add(db, e->erasures, e->n_erasures, now);
    if (e->n_ussd)
        ussd_sessions_put(db, e->ussd, e->n_ussd, now);
    PIPE_PLAIN(db, Q_COMMIT, NULL, NULL);
    return pipe_end(db);
}

void batch_rollback(struct db *db)
{
    pg_rollback(db);
}
