/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/matches.h"

#include <stdlib.h>

#include "db/matches.h"
#include "smsd/flow/listing_words.h"
#include "smsd/job/alert.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/market/match.h"

#define EVENTS 100 /* of one run: the thread has other jobs */

struct telling {
    struct db *db;
    struct arena *arena;
    const struct knowledge *knowledge;
    struct alert_rules rules;
    struct match_news news;
    day_t today;
    int64_t now_us;
    struct alert_row rows[ALERTS_MAX];
    size_t n, told;
};

static int by_id(const void *one, const void *other)
{
    int64_t a = ((const struct match_owner *)one)->listing_id, b = ((const struct match_owner *)other)->listing_id;
    return (a > b) - (a < b);
}

/* NULL for who said stop. */
static const struct match_owner *owner_of(const struct match_news *news, const struct lot *lot)
{
    const struct match_owner wanted = {.listing_id = lot->id};
    return bsearch(&wanted, news->owners, news->n_owners, sizeof wanted, by_id);
}

static enum db_status post(struct telling *t)
{
    enum db_status status = alerts_post(t->db, t->rows, t->n, t->now_us);
    for (size_t i = 0; status == DB_OK && i < t->n; i++)
        t->told += t->rows[i].posted;
    t->n = 0;
    return status;
}

/* Whoever posted after it was shown it at once. */
static bool was_there_before(const struct match_owner *owner, const struct changed_listing *changed)
{
    return owner->created_us < changed->at_us ||
           (owner->created_us == changed->at_us && owner->listing_id < changed->is.id);
}

/* To the owner of `lot`: this one is new and fits it. */
static struct alert_row alert_of(const struct telling *t, const struct match_owner *owner, const struct lot *lot,
                                 const struct listing_facts *is)
{
    enum lang lang = message_lang(t->knowledge->book, owner->lang);
    struct listing_words words = listing_words(t->arena, t->knowledge, lang, t->today, is);
    return alert_make(t->arena, t->knowledge->book, &t->rules, t->now_us, (struct alert_to){lot->person_id, lang},
                      arena_printf(t->arena, "match:%s:%s", lot->code, is->code), MSG_MATCH_FOUND,
                      ARGS({"own", lot->code}, {"code", is->code}, {"side", words.side}, {"goods", words.goods},
                           {"quantity", words.quantity}, {"price", words.price}, {"place", words.place}));
}

/* Whom one listing interests. */
static enum db_status tell_of(struct telling *t, const struct changed_listing *changed)
{
    const struct lexicon *lexicon = t->knowledge->lexicon;
    const struct wanted wanted = wanted_by(lexicon, &changed->is);
    struct match matches[LOTS_FEW];
    enum db_status status = DB_OK;
    size_t n =
        wanted.commodity && wanted.place ? match_lots(lexicon, &wanted, changed->lots, changed->n_lots, matches) : 0;
    for (size_t i = 0; i < n && status == DB_OK; i++) {
        const struct match_owner *owner = owner_of(&t->news, matches[i].lot);
        if (owner && was_there_before(owner, changed))
            t->rows[t->n++] = alert_of(t, owner, matches[i].lot, &changed->is);
        if (t->n == ALERTS_MAX)
            status = post(t);
    }
    return status;
}

static enum db_status tell(struct telling *t)
{
    enum db_status status = DB_OK;
    for (size_t i = 0; i < t->news.n && status == DB_OK; i++)
        status = tell_of(t, &t->news.changed[i]);
    return status == DB_OK ? post(t) : status;
}

static enum db_status run(struct telling *t)
{
    struct match_news *news = &t->news;
    enum db_status status = matches_take(t->db, t->arena, EVENTS, news);
    if (status == DB_OK && news->n) {
        qsort(news->owners, news->n_owners, sizeof *news->owners, by_id);
        status = tell(t);
    }
    if (status == DB_OK)
        return matches_done(t->db, news);
    matches_undo(t->db);
    return status;
}

enum db_status matches_run(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us, size_t *told_r)
{
    const struct knowledge *knowledge = knowledge_acquire();
    enum db_status status = DB_OK;
    *told_r = 0;
    if (knowledge) {
        struct telling *t = arena_calloc(arena, 1, sizeof *t);
        t->db = db;
        t->arena = arena;
        t->knowledge = knowledge;
        t->rules = alert_rules(conf);
        t->today = day_of_moment(now_us);
        t->now_us = now_us;
        status = run(t);
        *told_r = t->told;
    }
    knowledge_release(knowledge);
    return status;
}
