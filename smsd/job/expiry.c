/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/expiry.h"

#include "db/listing_end.h"
#include "smsd/flow/listing_words.h"
#include "smsd/job/alert.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/message/format.h"

/* People told by one run, and listings that one text names. */
enum { PEOPLE = 2000, NAMED_MAX = 3 };

struct telling {
    struct db *db;
    struct arena *arena;
    const struct knowledge *knowledge;
    struct alert_rules rules;
    day_t today;
    int64_t now_us;
    const char *key;
};

/* "B7K2 lúa OM18, B8K3 dừa khô" */
static const char *codes(const struct telling *t, enum lang lang, const struct ending_listing *own, size_t n)
{
    const char *list = "";
    for (size_t i = 0; i < n && i < NAMED_MAX; i++) {
        const struct commodity *goods = lexicon_commodity(t->knowledge->lexicon, own[i].is.commodity);
        list = arena_printf(t->arena, "%s%s%s %s", list, i ? ", " : "", own[i].is.code,
                            goods ? goods->brief[lang] : own[i].is.commodity);
    }
    return list;
}

/* To the owner of these n. */
static struct alert_row reminder(const struct telling *t, const struct ending_listing *own, size_t n)
{
    enum lang lang = message_lang(t->knowledge->book, own->lang);
    struct listing_words words = listing_words(t->arena, t->knowledge, lang, t->today, &own->is);
    struct alert_to to = {own->is.person_id, lang};
    if (n == 1)
        return alert_make(t->arena, t->knowledge->book, &t->rules, t->now_us, to, t->key, MSG_ENDING,
                          ARGS({"code", own->is.code}, {"goods", words.goods}, {"quantity", words.quantity},
                               {"until", words.until}, {"done", words.done}));
    return alert_make(t->arena, t->knowledge->book, &t->rules, t->now_us, to, t->key, MSG_ENDING_MANY,
                      ARGS({"count", format_number(t->arena, lang, (int64_t)n)}, {"which", codes(t, lang, own, n)},
                           {"until", words.until}, {"code", own->is.code}));
}

/* One text to each owner of these. */
static enum db_status tell(const struct telling *t, const struct ending_listing *listings, size_t n, size_t *told_r)
{
    struct alert_row rows[ALERTS_MAX];
    enum db_status status = DB_OK;
    for (size_t i = 0; status == DB_OK && i < n;) {
        size_t people = 0;
        for (size_t end; i < n && people < ALERTS_MAX; i = end) {
            for (end = i + 1; end < n && listings[end].is.person_id == listings[i].is.person_id; end++)
                continue;
            rows[people++] = reminder(t, &listings[i], end - i);
        }
        status = alerts_post(t->db, rows, people, t->now_us);
        for (size_t k = 0; status == DB_OK && k < people; k++)
            *told_r += rows[k].posted;
    }
    return status;
}

/* Those whose listings stand until that day. */
static enum db_status tell_of(struct telling *t, day_t until, size_t *told_r)
{
    char day[11];
    struct ending_listing *listings;
    size_t n = 0;
    day_format_iso(until, day);
    t->key = arena_printf(t->arena, "ending:%s", day);
    enum db_status status = listings_ending(t->db, t->arena, until, t->key, PEOPLE, &listings, &n);
    return status == DB_OK ? tell(t, listings, n, told_r) : status;
}

enum db_status expiry_tell(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us, size_t *told_r)
{
    struct telling t = {.db = db,
                        .arena = arena,
                        .knowledge = knowledge_acquire(),
                        .rules = alert_rules(conf),
                        .today = day_of_moment(now_us),
                        .now_us = now_us};
    enum db_status status = DB_OK;
    bool quiet = alert_time(&t.rules, now_us) != now_us;
    *told_r = 0;
    if (t.knowledge && !quiet)
        status = tell_of(&t, t.today + 1, told_r);
    knowledge_release(t.knowledge);
    return status;
}
