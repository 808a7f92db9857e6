/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a text from end to end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/read/command.h"
#include "parsers/read/doubt.h"
#include "parsers/read/intent.h"
#include "parsers/read/items.h"
#include "parsers/read/listing.h"
#include "parsers/read/plausible.h"
#include "parsers/read/read_p.h"
#include "parsers/read/unclear.h"

struct reader *reader_new(const struct lexicon *lexicon, const char **error)
{
    struct reader *reader = calloc(1, sizeof *reader);
    struct amounts *amounts = reader ? amounts_new(error) : NULL;
    if (!amounts) {
        if (!reader)
            *error = "out of memory";
        free(reader);
        return NULL;
    }
    *reader = (struct reader){lexicon, amounts};
    return reader;
}

void reader_free(struct reader **reader)
{
    if (!*reader)
        return;
    amounts_free((*reader)->amounts);
    free(*reader);
    *reader = NULL;
}

void text_prepare(struct text *t, const struct reader *reader, const struct read_context *context, struct arena *arena,
                  struct slice text, enum ask asked)
{
    *t =
        (struct text){.reader = reader, .lexicon = reader->lexicon, .context = context, .arena = arena, .asked = asked};
    text_spell(t, text);
    text_span(t);
    text_mend(t);
    text_tag(t);
    text_listings(t);
    text_amounts(t);
    if (asked == ASK_NOTHING)
        text_doubt(t);
}

bool asks_price(const struct text *t)
{
    return t->asked == ASK_PRICE || t->asked == ASK_PRICE_CHECK;
}

/* ---- numbers nobody accounts for ---- */

/* A dash before a number that is no range: less than nothing, or a list's dash? */
static bool is_negative(const struct text *t, const struct fact *f)
{
    return f->from > 0 && t->tags[f->from - 1] == TAG_TO && t->spans[f->from].glued &&
           (f->from == 1 || !tag_is_number(t->tags[f->from - 2]));
}

static bool is_amount(const struct fact *f)
{
    return f->kind == FACT_PRICE || f->kind == FACT_QUANTITY || f->kind == FACT_COUNT || f->kind == FACT_BARE;
}

static void ask_price(struct reading *r, size_t i, int64_t other)
{
    int64_t own = r->items[i].price_low ? r->items[i].price_low : r->items[i].price_high;
    r->ask = own ? ASK_PRICE_CHECK : ASK_PRICE;
    r->asked_item = i;
    r->n_choices = 0;
    if (own)
        r->choices[r->n_choices++].price = own;
    if (own && other && other != own)
        r->choices[r->n_choices++].price = other;
}

static void ask_quantity(struct reading *r, size_t i)
{
    bool own = r->items[i].has_quantity && r->items[i].quantity_milli > 0;
    r->ask = own ? ASK_QUANTITY_CHECK : ASK_QUANTITY;
    r->asked_item = i;
    r->n_choices = 0;
    if (own)
        r->choices[r->n_choices++].quantity_milli = r->items[i].quantity_milli;
}

/* Are quantities and prices said with unit and thousands, so that a number left over is neither? */
static bool is_told(const struct text *t, const struct reading *r)
{
    for (size_t i = 0; i < r->n_items; i++)
        if ((r->intent != INTENT_REPORT_PRICE && !r->items[i].has_quantity) || !r->items[i].price_unit)
            return false;
    for (size_t i = 0; i < t->n_facts; i++)
        if (t->facts[i].taken && t->facts[i].kind == FACT_PRICE && (t->facts[i].scaled || t->facts[i].unit))
            return true;
    return false;
}

#define PLOTS_MAX 20000 /* thousandths: nobody numbers more ponds */

/* "ap 5": part of a place; "ao 2", "2 ao": which of one's ponds or fields, or how many. */
static bool is_address(const struct text *t, const struct fact *f)
{
    bool at = f->from > 0 && t->tags[f->from - 1] == TAG_AT;
    bool plot = f->from > 0 && span_means(t, &t->spans[f->from - 1], KW_FILLER, "plot");
    bool plots = f->to < t->n_spans && span_means(t, &t->spans[f->to], KW_FILLER, "plot");
    return f->kind == FACT_BARE && (at || ((plot || plots) && f->high < PLOTS_MAX));
}

#define HEAD_GRAMS_MAX 1000000 /* no head weighs more than a tonne */

/* "15 con heo, trong luong 100kg", "1 con bo nang 3 ta ruoi": what a head weighs. */
static bool is_weight(const struct reading *r, const struct fact *f)
{
    const struct read_item *item = &r->items[r->n_items - 1];
    return f->kind == FACT_QUANTITY && f->unit->dimension == DIM_MASS && f->unit->factor_milli &&
           f->high <= HEAD_GRAMS_MAX * 1000 / f->unit->factor_milli && item->commodity &&
           ((const struct goods *)item->commodity)->by_head && item->has_quantity && item->unit &&
           item->unit->dimension == DIM_COUNT;
}

/* "1 ky" by a price says what the price is for. */
static bool is_each(const struct text *t, const struct fact *f)
{
    for (size_t i = 0; f->each && i < t->n_facts; i++) {
        const struct fact *p = &t->facts[i];
        bool price = p->kind == FACT_PRICE || p->kind == FACT_BARE;
        if (price && ((p->to <= f->from && f->from - p->to <= 1) || (f->to <= p->from && p->from - f->to <= 1)))
            return true;
    }
    return false;
}

/* "3 tan 500": half a tonne more, or a price? "30 chuc (12)": of twelve? */
static bool follows_quantity(const struct text *t, const struct fact *f)
{
    size_t end = f->from && t->tags[f->from - 1] == TAG_COMMA ? f->from - 1 : f->from;
    for (size_t i = 0; i < t->n_facts; i++)
        if (t->facts[i].kind == FACT_QUANTITY && t->facts[i].to == end && end > 0)
            return t->spans[f->from].digits > 1;
    return false;
}

/* "tang 200", "lay het bot 10k": by how much a price moves; of an offer's price less than half. */
static bool is_change(const struct text *t, const struct reading *r, const struct fact *f)
{
    int64_t price = 0;
    if (f->from == 0 || t->tags[f->from - 1] != TAG_TREND)
        return false;
    for (size_t i = 0; i < r->n_items; i++)
        price = r->items[i].price_high > price ? r->items[i].price_high : price;
    return r->intent == INTENT_REPORT_PRICE || f->high / 500 < price;
}

static void check_numbers(struct text *t, struct reading *r)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *f = &t->facts[i];
        if (!is_amount(f) || is_change(t, r, f))
            continue;
        bool told = f->kind == FACT_BARE && is_told(t, r); /* a price stands elsewhere: this is none */
        if (is_negative(t, f))
            ask_quantity(r, 0);
        else if (f->taken || is_each(t, f) || is_weight(r, f) || is_address(t, f) || (told && !follows_quantity(t, f)))
            continue;
        else if (told || f->kind == FACT_QUANTITY || f->kind == FACT_COUNT)
            ask_quantity(r, r->n_items - 1);
        else
            ask_price(r, r->n_items - 1, f->kind == FACT_PRICE ? f->low / 1000 : 0);
        return;
    }
}

/* ---- all together ---- */

#define WITH_ITEMS                                                                                        \
    (BIT(INTENT_SELL) | BIT(INTENT_BUY) | BIT(INTENT_PRICE) | BIT(INTENT_SEASON) | BIT(INTENT_WEATHER) |  \
     BIT(INTENT_FORECAST) | BIT(INTENT_MATCH) | BIT(INTENT_EDIT) | BIT(INTENT_SOLD) | BIT(INTENT_START) | \
     BIT(INTENT_PLACE) | BIT(INTENT_REPORT_PRICE) | BIT(INTENT_BROADCAST) | BIT(INTENT_CANCEL) |          \
     BIT(INTENT_QUESTION) | BIT(INTENT_STOP) | BIT(INTENT_NONE))
#define WITH_LISTING                                                                                   \
    (BIT(INTENT_CANCEL) | BIT(INTENT_EDIT) | BIT(INTENT_SOLD) | BIT(INTENT_RENEW) | BIT(INTENT_LIST) | \
     BIT(INTENT_ACCEPT) | BIT(INTENT_REFUSE) | BIT(INTENT_RELAY))
#define WITH_CHOICES                                                                                     \
    (BIT(INTENT_SELL) | BIT(INTENT_BUY) | BIT(INTENT_PRICE) | BIT(INTENT_SEASON) | BIT(INTENT_WEATHER) | \
     BIT(INTENT_MATCH) | BIT(INTENT_START) | BIT(INTENT_PLACE) | BIT(INTENT_REPORT_PRICE) | BIT(INTENT_BROADCAST))
#define WITH_AMOUNTS (BIT(INTENT_SELL) | BIT(INTENT_BUY) | BIT(INTENT_REPORT_PRICE))

static void ask_intent(struct reading *r)
{
    static const enum intent choices[] = {INTENT_SELL, INTENT_BUY, INTENT_PRICE};
    r->outcome = READ_ASK;
    r->ask = ASK_INTENT;
    r->n_choices = sizeof choices / sizeof *choices;
    for (size_t i = 0; i < r->n_choices; i++)
        r->choices[i].intent = choices[i];
}

/* "2", "8500", "khong", "phai roi": an answer, and nothing was asked. */
static bool only_answers(const struct text *t, const struct wants *w)
{
    bool answer = false;
    for (size_t i = 0; w->content == 1 && t->n_facts == 0 && i < t->n_spans; i++)
        answer = answer || span_has(&t->spans[i], KW_ANSWER);
    return w->content == 1 && (answer || (t->n_facts == 1 && t->facts[0].kind == FACT_BARE));
}

/* "ok" thanks too, but is an answer first. */
static bool says_thanks(const struct text *t)
{
    for (size_t i = 0; i < t->n_spans; i++)
        if (span_means(t, &t->spans[i], KW_POLITE, "thanks") && !span_has(&t->spans[i], KW_ANSWER))
            return true;
    return false;
}

/* `dung` alone, but for politeness: stop, or right? */
static bool only_stop_or_yes(const struct text *t, const struct wants *w)
{
    for (size_t i = 0; w->content == 1 && i < t->n_spans; i++)
        if (span_means(t, &t->spans[i], KW_ANSWER, "stop or yes") && !span_says_stop(t, &t->spans[i]))
            return true;
    return false;
}

/* Several goods each with a price, or a price and how it has moved; no verb and no quantity: what a market reporter
 * sends. */
static bool is_price_list(const struct wants *w)
{
    bool offer = w->quantities || (w->intents & (BIT(INTENT_SELL) | BIT(INTENT_BUY)));
    bool list = w->goods > 1 && w->prices + w->bare >= w->goods;
    return !offer && (list || (w->goods && w->prices + w->bare > 1 && w->changed && !w->asked));
}

/* An offer's verb without goods is one only when hardly anything else is said: ban is also bạn and bàn. */
static bool is_bare_verb(const struct wants *w)
{
    return w->goods == 0 && !(w->quantities || w->prices || w->content == 1);
}

/* What stands after a broadcast's colon is its message, and names nobody it is for, unless nothing stands before. */
static void drop_message(struct text *t)
{
    const char *colon = strchr(t->tags, TAG_COLON);
    while (colon > t->tags + 1 && t->n_facts && t->facts[t->n_facts - 1].from > (size_t)(colon - t->tags))
        t->n_facts--;
}

/* A broadcast's items are whom it is for; what the message says of amounts is the message's. */
static void keep_audience(struct reading *r)
{
    const struct read_item first = r->items[0];
    r->items[0] = (struct read_item){.commodity = first.commodity, .place = first.place, .ready = DAY_NONE};
    r->n_items = 1;
    if (r->asked_item > 0) { /* a question about what is gone */
        r->asked_item = 0;
        r->ask = ASK_NOTHING;
        r->n_choices = 0;
    }
}

#define AMOUNT_SPANS 2 /* a number and its unit */

static void settle_read(struct text *t, const struct wants *w, struct reading *r)
{
    bool both = r->intent == INTENT_NONE && (w->intents & BIT(INTENT_SELL)) && (w->intents & BIT(INTENT_BUY));
    if (BIT(r->intent) & WITH_LISTING)
        take_listing(t, r);
    if (r->intent == INTENT_BROADCAST)
        drop_message(t);
    if (BIT(r->intent) & WITH_ITEMS)
        text_items(t, r);
    if (r->intent == INTENT_BROADCAST)
        keep_audience(r);
    text_check_goods(t, r);
    if (!(BIT(r->intent) & WITH_CHOICES)) { /* what is unclear does not matter to these */
        r->ask = ASK_NOTHING;
        r->n_choices = 0;
    }
    if (r->intent == INTENT_NONE) {
        bool dated = w->days && (w->intents & (BIT(INTENT_SELL) | BIT(INTENT_BUY))); /* "mua thang 3" */
        bool amounts = w->quantities && (w->prices || w->content <= AMOUNT_SPANS);   /* "3 tan 7k", "2 tan" */
        bool recognised = w->goods || w->places || both || dated || amounts;
        if (recognised && (w->content <= 8 || w->quantities || w->prices))
            ask_intent(r);
        memcpy(r->listing, t->listing, sizeof r->listing);
        bool anything = recognised || w->days || w->quantities || w->prices;
        r->n_items = r->outcome == READ_ASK ? r->n_items : anything;
        return;
    }
    if (r->ask == ASK_NOTHING && (BIT(r->intent) & WITH_AMOUNTS))
        check_numbers(t, r);
    if (r->ask == ASK_NOTHING)
        reading_settle(t->context, r);
    else
        r->outcome = READ_ASK;
}

static bool says_only_stop(const struct text *t)
{
    bool stop = false;
    for (size_t i = 0; i < t->n_spans; i++) {
        const struct span *span = &t->spans[i];
        if (span_says_stop(t, span))
            stop = true;
        else if (!span_keyword(t, span, KW_POLITE) && !strchr(",;:", span->tag))
            return false;
    }
    return stop;
}

void read_in_full(const struct reader *reader, const struct read_context *context, struct arena *arena,
                  struct slice text, struct text *t, struct wants *w, struct reading *reading_r)
{
    memset(reading_r, 0, sizeof *reading_r);
    text_prepare(t, reader, context, arena, text, ASK_NOTHING);
    reading_r->stops = says_only_stop(t);
    text_script(t, reading_r);
    for (size_t i = 0; i < t->n_tokens; i++)
        reading_r->mended = reading_r->mended || t->tokens[i].mended;
    find_wants(t, w);
    if (only_stop_or_yes(t, w)) {
        reading_r->intent = INTENT_STOP;
        reading_r->outcome = READ_ASK;
        reading_r->ask = ASK_STOP;
        return;
    }
    if (w->command == INTENT_NONE && only_answers(t, w)) {
        reading_r->outcome = READ_ASK;
        reading_r->ask = ASK_ANSWER;
        return;
    }
    reading_r->intent = decide_intent(w);
    if (is_price_list(w) && (reading_r->intent == INTENT_NONE || reading_r->intent == INTENT_PRICE))
        reading_r->intent = INTENT_REPORT_PRICE;
    if (w->content > 0 && w->content == w->question_marks)
        reading_r->intent = INTENT_HELP;
    if ((reading_r->intent == INTENT_SELL || reading_r->intent == INTENT_BUY) && is_bare_verb(w))
        reading_r->intent = INTENT_NONE;
    reading_r->wants_buyers = w->buyers;
    reading_r->thanks = reading_r->intent == INTENT_JUNK && says_thanks(t);
    reading_r->has_lang =
        reading_r->intent == INTENT_LANGUAGE && w->language && lang_from_code(w->language->meaning, &reading_r->lang);
    settle_read(t, w, reading_r);
    reading_doubt(t, w, reading_r);
    take_command(t, text, reading_r);
}

void read_text(const struct reader *reader, const struct read_context *context, struct arena *arena, struct slice text,
               struct reading *reading_r)
{
    struct text t;
    struct wants w;
    const struct arena_mark mark = arena_mark(arena);
    read_in_full(reader, context, arena, text, &t, &w, reading_r);
    arena_rewind(arena, mark);
}

bool read_is_stop(const struct reader *reader, struct arena *arena, struct slice text)
{
    struct text t;
    const struct read_context nowhere = {.today = 0};
    const struct arena_mark mark = arena_mark(arena);
    text_prepare(&t, reader, &nowhere, arena, text, ASK_NOTHING);
    bool stop = says_only_stop(&t);
    arena_rewind(arena, mark);
    return stop;
}
