/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/subscribers.h"

#include "smsd/message/format.h"

/* What a page becomes. */
struct telling {
    struct arena *arena;
    const struct knowledge *knowledge;
    const struct alert_rules *rules;
    int64_t now_us;
    struct alert_row rows[2 * SUBSCRIBERS_MAX];
    size_t n;
};
_Static_assert(2 * SUBSCRIBERS_MAX <= ALERTS_MAX, "a page is posted at once");

static void add(struct telling *t, const struct subscriber *to, enum lang lang, const char *key, enum message message,
                struct message_args args)
{
    t->rows[t->n++] = alert_make(t->arena, t->knowledge->book, t->rules, t->now_us,
                                 (struct alert_to){to->person_id, lang}, key, message, args);
}

/* The database may be ahead of the lexicon in use: what that does not know waits until it does. */
static void add_price(struct telling *t, const struct subscriber *to, enum lang lang)
{
    const struct lexicon *lexicon = t->knowledge->lexicon;
    const struct price_group *price = &to->price;
    const struct commodity *commodity = lexicon_commodity(lexicon, price->commodity);
    const struct place *place = lexicon_place(lexicon, price->place);
    const struct unit *unit = lexicon_unit(lexicon, price->unit);
    if (commodity && place && unit)
        add(t, to, lang, to->price_key, MSG_NEWS_PRICE,
            ARGS({"goods", format_goods(t->arena, lang, commodity, price->size, price->grade, price->state)},
                 {"place", place->brief[lang]},
                 {"day", format_day(t->arena, lang, price->day, day_of_moment(t->now_us))},
                 {"prices", format_price(t->arena, lang, price->low, price->high, unit)},
                 {"reports", format_number(t->arena, lang, price->reports)}));
}

static void add_bulletin(struct telling *t, const struct subscriber *to, enum lang lang)
{
    const struct commodity *commodity = lexicon_commodity(t->knowledge->lexicon, to->of.commodity);
    const struct place *area = lexicon_place(t->knowledge->lexicon, to->bulletin.area);
    if (commodity && area)
        add(t, to, lang, to->bulletin_key, MSG_NEWS_FORECAST,
            ARGS({"what", to->bulletin.general ? message_phrase(t->knowledge->book, lang, "forecast", "all")
                                               : commodity->brief[lang]},
                 {"place", area->brief[lang]},
                 {"day", format_day(t->arena, lang, to->bulletin.day, day_of_moment(t->now_us))},
                 {"bulletin", to->bulletin.body}));
}

enum db_status subscribers_tell(struct db *db, struct arena *arena, const struct knowledge *knowledge,
                                const struct alert_rules *rules, struct subscribers_after *after, int64_t now_us,
                                size_t *told_r)
{
    struct telling *t = arena_calloc(arena, 1, sizeof *t);
    *t = (struct telling){.arena = arena, .knowledge = knowledge, .rules = rules, .now_us = now_us};
    struct subscriber *rows;
    size_t n;
    *told_r = 0;
    enum db_status status = subscribers_page(db, arena, after, now_us, &rows, &n);
    for (size_t i = 0; status == DB_OK && i < n; i++) {
        enum lang lang = message_lang(knowledge->book, rows[i].lang);
        if (rows[i].bulletin_key)
            add_bulletin(t, &rows[i], lang);
        if (rows[i].price_key)
            add_price(t, &rows[i], lang);
    }
    if (status == DB_OK && t->n)
        status = alerts_post(db, t->rows, t->n, now_us);
    for (size_t i = 0; i < t->n; i++)
        *told_r += t->rows[i].posted;
    return status;
}
