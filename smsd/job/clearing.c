/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/clearing.h"

#include "db/batch.h"
#include "db/clearing.h"
#include "smsd/clock.h"
#include "smsd/job/alert.h"
#include "smsd/log/log.h"
#include "smsd/market/code.h"
#include "smsd/market/deal.h"
#include "smsd/market/market.h"

#define METRES_A_KM 1000

/* ---- telling both sides ---- */

typedef enum message choose_message(const struct deal_party *party);

/* Posts what each side of the deals is told, in the transaction that is open, and ends it. */
static enum db_status tell(const struct clearing *c, const struct clearing_parties *parties, const char *what,
                           choose_message *choose)
{
    const struct alert_rules rules = alert_rules(c->conf);
    struct alert_row *rows = arena_calloc(c->arena, parties->n, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < parties->n; i++) {
        const struct deal_party *party = &parties->parties[i];
        if (!party->own.person_id)
            continue;
        enum message message = choose(party);
        enum lang lang = message_lang(c->knowledge->book, party->own.lang);
        rows[n] = alert_make(c->arena, c->knowledge->book, &rules, c->now_us, (struct alert_to){party->own.person_id, lang},
                             arena_printf(c->arena, "deal:%s:%s", what, party->code), message,
                             deal_args(c->arena, c->knowledge->lexicon, lang, message, party));
        rows[n++].cap = ALERT_NO_CAP; /* who may get how many proposals was seen to when they were chosen */
    }
    enum db_status status = alerts_post(c->db, rows, n, c->now_us);
    return status == DB_OK ? clearing_commit(c->db) : status;
}

static enum message proposal(const struct deal_party *party)
{
    return party->sells ? MSG_DEAL_SELL : MSG_DEAL_BUY;
}

static enum message ending(const struct deal_party *party)
{
    return party->state == DEAL_EXPIRED ? MSG_DEAL_EXPIRED : MSG_DEAL_GONE;
}

/* ---- proposing ---- */

static enum db_status propose(const struct clearing *c, struct clearing_proposal *rows, size_t n, size_t *proposed)
{
    struct clearing_parties parties;
    int64_t until_us = c->now_us + c->conf->clearing.hold * SECOND_US;
    enum db_status status = ids_reserve(c->db, n * CODE_SERIALS);
    for (size_t i = 0; status == DB_OK && i < n; i++)
        rows[i].code = code_fresh(c->db, c->knowledge->lexicon, c->arena);
    if (status == DB_OK)
        status = clearing_propose(c->db, c->arena, rows, n, c->now_us, until_us, &parties);
    if (status == DB_OK)
        status = tell(c, &parties, "new", proposal);
    if (status == DB_OK)
        *proposed += parties.n / 2;
    else
        clearing_rollback(c->db);
    return status;
}

static enum db_status clear_tree(const struct clearing *c, const char *tree, size_t *proposed)
{
    const struct market_rules rules = {.carriage = c->conf->clearing.carriage,
                                       .reach_m = (int64_t)c->conf->clearing.reach * METRES_A_KM,
                                       .least_gain = c->conf->clearing.least_gain,
                                       .price = (enum market_price)c->conf->clearing.price};
    const struct clearing_limits limits = {.lots = (size_t)c->conf->clearing.lots,
                                           .requests = (size_t)c->conf->clearing.requests,
                                           .proposals = c->conf->clearing.proposals,
                                           .alerts = c->conf->alerts.per_day};
    struct clearing_book book = {.tree = tree};
    struct clearing_context context = {0};
    struct market_outcome outcome = {0};
    enum db_status status = clearing_orders(c->db, c->arena, &limits, c->now_us, &book);
    if (status == DB_OK)
        status = clearing_context(c->db, c->arena, &book, &context);
    if (status == DB_OK)
        outcome = market_deals(&rules, c->knowledge->lexicon, &book, &context, c->arena);
    for (size_t i = 0; status == DB_OK && i < outcome.n; i += CLEARING_SLICE)
        status = propose(c, outcome.proposals + i, outcome.n - i < CLEARING_SLICE ? outcome.n - i : CLEARING_SLICE,
                         proposed);
    if (outcome.n)
        log_info("clearing.proposed", KV("goods", tree), KV_INT("lots", outcome.lots),
                 KV_INT("requests", outcome.requests), KV_INT("deals", outcome.n), KV_INT("left_out", outcome.left_out),
                 KV_INT("optimal", outcome.optimal));
    return status;
}

enum db_status clearing_run(const struct clearing *clearing, size_t *proposed_r)
{
    const struct clearing *c = clearing;
    const struct alert_rules rules = alert_rules(c->conf);
    const char **trees = NULL;
    size_t n = 0;
    bool mine = false;
    *proposed_r = 0;
    if (!c->conf->clearing.enabled || alert_time(&rules, c->now_us) != c->now_us)
        return DB_OK;
    enum db_status status = clearing_claim(c->db, c->now_us, c->conf->clearing.every, &mine);
    if (status != DB_OK || !mine)
        return status;
    status = clearing_trees(c->db, c->arena, c->now_us, &trees, &n);
    struct clearing one = *c;
    one.arena = arena_new(1024 * 1024); /* for a kind of goods at a time */
    for (size_t i = 0; status == DB_OK && i < n; i++) {
        arena_reset(one.arena);
        status = clear_tree(&one, trees[i], proposed_r);
    }
    arena_free(&one.arena);
    return status;
}

/* ---- ending ---- */

enum db_status clearing_end(const struct clearing *clearing, size_t *ended_r)
{
    const struct clearing *c = clearing;
    enum db_status status = DB_OK;
    struct clearing_parties parties = {0};
    *ended_r = 0;
    do {
        status = clearing_free(c->db, c->arena, c->now_us, &parties);
        if (status == DB_OK && parties.n)
            status = tell(c, &parties, "end", ending);
        *ended_r += status == DB_OK ? parties.n / 2 : 0;
    } while (status == DB_OK && parties.n);
    clearing_rollback(c->db); /* what failed, or ended nothing after all */
    return status;
}
