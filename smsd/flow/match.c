/* SPDX-License-Identifier: Apache-2.0
 *
 * AI MUA, AI BAN: who buys, who sells, without posting anything. TIEP: the next page of that list; after BAN or MUA,
 * the list of those that fit, the ones pooled for a request first.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"
#include "smsd/flow/listing_words.h"
#include "smsd/flow/matches.h"
#include "smsd/flow/own.h"
#include "smsd/message/format.h"

/* Of a page: its segments in GSM-7, and how many listings at most. */
#define PAGE_SEGMENTS 2
#define PAGE_MAX 5

/* ---- a page ---- */

/* A list from where it was left. */
struct list {
    const struct commodity *goods; /* asked for */
    size_t n;
    const struct listing_facts *rows;
};

/* The goods are said where they are not those that were asked for. */
static const char *line(const struct turn *turn, const struct list *list, const struct listing_facts *row)
{
    struct listing_words words = listing_words(turn->arena, turn->knowledge, turn->lang, turn->today, row);
    const char *plain = list->goods ? list->goods->brief[turn->lang] : "";
    bool same = strcmp(words.goods, plain) == 0;
    return arena_printf(turn->arena, "%s%s%s %s %s %s", row->code, same ? "" : " ", same ? "" : words.goods,
                        words.quantity, words.price, words.place);
}

static void say(struct turn *turn, const struct list *list, size_t n)
{
    const char *lines = "";
    for (size_t i = 0; i < n; i++)
        lines = arena_printf(turn->arena, "%s%s%s", lines, i ? "; " : "", line(turn, list, &list->rows[i]));
    turn_say(turn, list->rows[0].side == 'b' ? MSG_PAGE_BUYERS : MSG_PAGE_SELLERS,
             ARGS({"goods", list->goods ? list->goods->brief[turn->lang] : list->rows[0].commodity},
                  {"page_lines", lines},
                  {"rest", list->n > n ? format_number(turn->arena, turn->lang, (int64_t)(list->n - n)) : NULL}));
}

/* As many as fit; what is left of the list is remembered. */
static void show(struct turn *turn, const struct list *list)
{
    size_t n = list->n < PAGE_MAX ? list->n : PAGE_MAX;
    int64_t *ids = arena_calloc(turn->arena, list->n, sizeof *ids);
    for (say(turn, list, n); n > 1 && !sms_fits(slice_of(turn->answer), PAGE_SEGMENTS + lang_is_unicode(turn->lang));)
        say(turn, list, --n);
    for (size_t i = 0; i < list->n; i++)
        ids[i] = list->rows[i].id;
    *EFFECT(turn, pages) = (struct page_row){.person_id = turn->sender->person_id,
                                             .commodity = list->goods ? list->goods->code : "",
                                             .n = list->n,
                                             .ids = ids,
                                             .shown = (int)n};
}

/* ---- who buys, who sells ---- */

static bool wants_buyers(const struct turn *turn)
{
    return turn->reading.wants_buyers;
}

void match_want(struct turn *turn)
{
    const struct read_item *item = &turn->reading.items[0];
    *turn_lookup(turn) = (struct lookup){
        .commodity = item->commodity->code,
        .place = item->place ? item->place->code : NULL,
        .lots_side = wants_buyers(turn) ? 'b' : 's',
        .lots_max = LOTS_MAX,
    };
}

static const struct place *place_of(const struct turn *turn, const struct read_item *item)
{
    const struct place *place = item->place ? item->place : turn->home;
    return place ? place : lexicon_place(turn->knowledge->lexicon, turn->policy->province);
}

static void show_matches(struct turn *turn, const struct commodity *goods, const struct match *const *matches, size_t n,
                         char side)
{
    struct listing_facts *rows = arena_calloc(turn->arena, n, sizeof *rows);
    for (size_t i = 0; i < n; i++)
        rows[i] = match_facts(matches[i], side);
    show(turn, &(struct list){.goods = goods, .n = n, .rows = rows});
}

/* "cua biển 100 kg Cầu Ngang": the words after BAN or MUA that would post it. */
static const char *example(const struct turn *turn, const struct read_item *asked)
{
    static const int64_t amounts[] = {[DIM_MASS] = 100000, [DIM_COUNT] = 20000, [DIM_VOLUME] = 20000};
    const struct unit *unit = asked->commodity->unit;
    bool large = unit->dimension == DIM_MASS && unit->factor_milli >= 1000000; /* thousandths of a kilogram */
    struct read_item item = {.commodity = asked->commodity, .place = place_of(turn, asked), .ready = DAY_NONE};
    item.has_quantity = unit->dimension <= DIM_VOLUME;
    item.unit = unit;
    item.quantity_milli = large ? 2000 : item.has_quantity ? amounts[unit->dimension] : 0;
    return format_item(turn->arena, turn->lang, &item, " ", turn->today);
}

void match_act(struct turn *turn)
{
    const struct read_item *item = &turn->reading.items[0];
    const char side = wants_buyers(turn) ? 'b' : 's';
    struct wanted wanted = wanted_of(wants_buyers(turn) ? 's' : 'b', turn->sender->person_id, item,
                                     place_of(turn, item), turn->today + turn->policy->listing_days);
    struct matches matches = matches_of(turn, &wanted, &turn->found[0]);
    const struct match **rows = arena_calloc(turn->arena, matches.n, sizeof *rows);
    for (size_t i = 0; i < matches.n; i++)
        rows[i] = &matches.rows[i];
    if (matches.n)
        show_matches(turn, item->commodity, rows, matches.n, side);
    else
        turn_say(turn, wants_buyers(turn) ? MSG_PAGE_NO_BUYERS : MSG_PAGE_NO_SELLERS,
                 ARGS({"goods", item->commodity->brief[turn->lang]}, {"post", example(turn, item)}));
}

/* ---- the next page ---- */

void more_want(struct turn *turn)
{
    *turn_lookup(turn) = (struct lookup){.more = true};
}

static void show_rest(struct turn *turn, const struct found *found)
{
    show(turn, &(struct list){.goods = lexicon_commodity(turn->knowledge->lexicon, found->page_commodity),
                              .n = found->n_page,
                              .rows = found->page});
}

static bool is_pooled(const struct pool *pool, const struct match *match)
{
    for (size_t i = 0; i < pool->n; i++)
        if (pool->shares[i].match == match)
            return true;
    return false;
}

/* The matches of a listing of one's own: those of the pool, then the others. */
static void show_matches_of(struct turn *turn, const struct wanted *wanted, const struct matches *matches)
{
    const struct match **rows = arena_calloc(turn->arena, matches->n, sizeof *rows);
    struct pool pool = {0};
    size_t n = 0;
    if (wanted->side == 'b' && !pool_single(wanted, matches->rows, matches->n))
        pool = pool_lots(wanted, matches->rows, matches->n);
    for (; n < pool.n; n++)
        rows[n] = pool.shares[n].match;
    for (size_t i = 0; i < matches->n; i++)
        if (!is_pooled(&pool, &matches->rows[i]))
            rows[n++] = &matches->rows[i];
    show_matches(turn, wanted->commodity, rows, n, wanted->side == 's' ? 'b' : 's');
}

static void show_newest(struct turn *turn, const struct found *found)
{
    const struct wanted wanted = wanted_by(turn->knowledge->lexicon, &found->newest);
    struct matches matches = {0};
    if (wanted.commodity && wanted.place)
        matches = matches_of(turn, &wanted, found);
    if (matches.n)
        show_matches_of(turn, &wanted, &matches);
    else
        turn_say(turn, wanted.side == 's' ? MSG_PAGE_NO_BUYERS : MSG_PAGE_NO_SELLERS,
                 ARGS({"goods", wanted.commodity ? wanted.commodity->brief[turn->lang] : found->newest.commodity},
                      {"wait", ""}));
}

void more_act(struct turn *turn)
{
    const struct found *found = &turn->found[0];
    if (found->newest.id)
        show_newest(turn, found);
    else if (found->n_page && found->page[0].person_id == turn->sender->person_id)
        list_more(turn);
    else if (found->n_page)
        show_rest(turn, found);
    else
        turn_say(turn, MSG_PAGE_END, NO_ARGS);
}
