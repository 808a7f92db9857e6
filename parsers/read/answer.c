/* SPDX-License-Identifier: Apache-2.0
 *
 * A text as the answer to an open question. */
#include <stdio.h>
#include <string.h>

#include "parsers/read/intent.h"
#include "parsers/read/items.h"
#include "parsers/read/read_p.h"

#define LISTING_NUMBERS 1000000 /* more than anyone has listings */

/* What answers "1 stop, 2 right". */
static const enum intent stop_or_right[] = {INTENT_STOP, INTENT_JUNK};

/* Spans that say something beside politeness and "số", "tin". */
static size_t saying(const struct text *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_spans; i++) {
        const struct span *span = &t->spans[i];
        bool silent = span_keyword(t, span, KW_POLITE) || span_keyword(t, span, KW_LISTING) || span->tag == TAG_LISTING;
        n += !silent && !strchr(",;:", span->tag);
    }
    return n;
}

/* The whole text is one whole number; 0 = it is not. */
static int64_t number_alone(const struct text *t)
{
    const struct fact *f = &t->facts[0];
    if (saying(t) != 1 || t->n_facts != 1 || f->kind != FACT_BARE || f->low != f->high || f->low % 1000 != 0)
        return 0;
    return f->low / 1000;
}

/* Which choice; 0 = none. */
static size_t chosen(const struct text *t, const struct reading *asked)
{
    int64_t number = number_alone(t);
    size_t choices = asked->ask == ASK_STOP ? sizeof stop_or_right / sizeof *stop_or_right : asked->n_choices;
    return number > 0 && number <= (int64_t)choices ? (size_t)number : 0;
}

/* The place of one item holds for those that name none, when no other is named. */
static void share_place(struct reading *asked, const struct read_item *item)
{
    for (size_t i = 0; i < asked->n_items; i++)
        if (asked->items[i].place && &asked->items[i] != item)
            return;
    for (size_t i = 0; i < asked->n_items; i++)
        if (!asked->items[i].place_unclear)
            asked->items[i].place = item->place;
}

static void pick(struct reading *asked, struct read_item *item, size_t choice)
{
    switch (asked->ask) {
    case ASK_COMMODITY:
        item->commodity = asked->choices[choice].commodity;
        break;
    case ASK_PLACE:
        item->place = asked->choices[choice].place;
        item->place_unclear = false;
        share_place(asked, item);
        break;
    case ASK_UNIT:
        if (item->has_quantity && !item->unit)
            item->unit = asked->choices[choice].unit;
        else
            item->price_unit = asked->choices[choice].unit;
        break;
    case ASK_INTENT:
        asked->intent = asked->choices[choice].intent;
        break;
    case ASK_PRICE_CHECK:
        item->price_low = item->price_low ? asked->choices[choice].price : 0;
        item->price_high = item->price_high ? asked->choices[choice].price : 0;
        item->price_checked = true;
        break;
    case ASK_QUANTITY_CHECK:
        item->quantity_milli = asked->choices[choice].quantity_milli;
        item->quantity_checked = true;
        break;
    case ASK_STOP:
        asked->intent = stop_or_right[choice];
        break;
    default:
        break;
    }
}

/* Empties the slot that is asked about again. */
static void clear(enum ask ask, struct read_item *item)
{
    if (ask == ASK_PRICE_CHECK)
        item->price_low = item->price_high = 0;
    if (ask == ASK_QUANTITY_CHECK)
        item->has_quantity = false;
}

/* What a text without anything else says. DUNG: dừng or đúng. */
enum word { WORD_NONE, WORD_YES, WORD_NO, WORD_STOP, WORD_DUNG };

static enum word word_of(const struct text *t, const struct span *span)
{
    bool yes = span_means(t, span, KW_ANSWER, "yes");
    if (span_says_stop(t, span))
        return WORD_STOP;
    if (span_means(t, span, KW_ANSWER, "stop or yes"))
        return WORD_DUNG;
    return yes ? WORD_YES : span_means(t, span, KW_ANSWER, "no") ? WORD_NO : WORD_NONE;
}

/* The one answer word of the text; politeness (dạ) is one only when there is no other. */
static enum word only_word(const struct text *t)
{
    enum word said = WORD_NONE, polite = WORD_NONE;
    for (size_t i = 0; i < t->n_spans; i++) {
        const struct span *span = &t->spans[i];
        enum word word = word_of(t, span);
        bool courtesy = span_keyword(t, span, KW_POLITE) != NULL;
        if (word == WORD_NONE && !courtesy && !span_keyword(t, span, KW_FILLER) && !strchr(",;:", span->tag))
            return WORD_NONE;
        if (courtesy && word != WORD_NONE)
            polite = word;
        else if (word != WORD_NONE && said != WORD_NONE && said != word)
            return WORD_NONE;
        else if (word != WORD_NONE)
            said = word;
    }
    return said != WORD_NONE ? said : polite;
}

enum answered { NO_ANSWER, ANSWERED, ASKED_ANEW };

static enum answered ask_anew(struct reading *asked, enum ask question)
{
    asked->ask = question;
    asked->n_choices = 0;
    return ASKED_ANEW;
}

/* Yes and no settle a check: no empties the slot, so that it is asked for; yes holds to what was written where nothing
 * else was offered. Where several were, who says yes in a hurry has not chosen, least of all the one that looked wrong.
 */
static enum answered answer_word(const struct text *t, struct reading *asked, struct read_item *item)
{
    enum word word = only_word(t);
    bool yes = word == WORD_YES || word == WORD_DUNG, no = word == WORD_NO;
    if (asked->ask == ASK_STOP && word != WORD_NONE && word != WORD_DUNG) {
        asked->intent = word == WORD_STOP ? INTENT_STOP : INTENT_JUNK;
        return ANSWERED;
    }
    if ((asked->ask != ASK_PRICE_CHECK && asked->ask != ASK_QUANTITY_CHECK) || (!yes && !no) ||
        (yes && asked->n_choices > 1))
        return NO_ANSWER;
    if (asked->ask == ASK_PRICE_CHECK && yes)
        item->price_checked = true;
    else if (yes)
        item->quantity_checked = true;
    else {
        clear(asked->ask, item);
        return ask_anew(asked, asked->ask == ASK_PRICE_CHECK ? ASK_PRICE : ASK_QUANTITY);
    }
    return ANSWERED;
}

/* Is the slot that was asked about filled? */
static bool is_filled(const struct reading *asked, const struct read_item *item)
{
    switch (asked->ask) {
    case ASK_COMMODITY:
        return item->commodity != NULL;
    case ASK_QUANTITY:
    case ASK_QUANTITY_CHECK:
        return item->has_quantity;
    case ASK_PRICE:
    case ASK_PRICE_CHECK:
        return item->price_low || item->price_high || item->price_checked;
    case ASK_PLACE:
        return item->place != NULL;
    case ASK_UNIT:
        return (!item->has_quantity || item->unit) && (!(item->price_low || item->price_high) || item->price_unit);
    default:
        return false;
    }
}

/* Copies what the answer says into the slots that are empty. */
static void fill(struct read_item *item, const struct read_item *said)
{
    if (!item->commodity)
        item->commodity = said->commodity;
    if (!item->has_quantity && said->has_quantity) {
        item->has_quantity = true;
        item->quantity_milli = said->quantity_milli;
        item->quantity_about = said->quantity_about;
        item->unit = said->unit;
        item->unit_assumed = said->unit_assumed;
    }
    if (!item->price_low && !item->price_high) {
        item->price_low = said->price_low;
        item->price_high = said->price_high;
        item->price_unit = said->price_unit;
        item->price_checked |= said->price_checked; /* left open before, it stays so */
    }
    if (!item->place && said->place) {
        item->place = said->place;
        item->place_unclear = false;
    }
    if (item->ready == DAY_NONE)
        item->ready = said->ready;
    if (!*item->size)
        memcpy(item->size, said->size, sizeof item->size);
    if (!*item->grade)
        memcpy(item->grade, said->grade, sizeof item->grade);
    if (!*item->state)
        memcpy(item->state, said->state, sizeof item->state);
}

/* Are both told, and not the same? */
static bool words_differ(const char *a, const char *b)
{
    return *a && *b && strcmp(a, b) != 0;
}

/* One of a unit, beside a price, is what the price is for. */
static bool quantity_differs(const struct read_item *item, const struct read_item *said, enum ask ask)
{
    bool of_price = ask == ASK_PRICE || ask == ASK_PRICE_CHECK || ask == ASK_UNIT;
    if (!item->has_quantity || !said->has_quantity || (of_price && said->quantity_milli == 1000))
        return false;
    return item->quantity_milli != said->quantity_milli || (item->unit && said->unit && item->unit != said->unit);
}

#define PRICE_MIN 1000000 /* thousandths: a smaller number alone may be of a house or a hamlet */

static bool names_price(const struct text *t)
{
    for (size_t i = 0; i < t->n_facts; i++)
        if (t->facts[i].kind == FACT_PRICE || (t->facts[i].kind == FACT_BARE && t->facts[i].low >= PRICE_MIN))
            return true;
    return false;
}

/* Does the answer say other than what is known? It is then a text of its own: nothing of it may be lost in silence. */
static bool contradicts(const struct text *t, const struct read_item *item, const struct read_item *said, enum ask ask)
{
    bool priced = (item->price_low || item->price_high) && (said->price_low || said->price_high) && names_price(t);
    return quantity_differs(item, said, ask) ||
           (priced && ask != ASK_UNIT &&
            (item->price_low != said->price_low || item->price_high != said->price_high)) ||
           (item->place && said->place && item->place != said->place) ||
           (item->ready != DAY_NONE && said->ready != DAY_NONE && item->ready != said->ready) ||
           words_differ(item->size, said->size) || words_differ(item->grade, said->grade) ||
           words_differ(item->state, said->state);
}

/* Does the text name goods that are neither the known ones, nor a kind of them, nor what they are a kind of? */
static bool names_other_goods(const struct text *t, const struct commodity *known)
{
    for (size_t i = 0; known && i < t->n_facts; i++) {
        const struct commodity *named = t->facts[i].kind == FACT_GOODS ? t->facts[i].commodity : NULL;
        if (named && !commodity_within(named, known) && !commodity_within(known, named))
            return true;
    }
    return false;
}

/* A number without a unit, given as a quantity: its unit is asked next. */
static void take_bare_quantity(const struct text *t, enum ask ask, struct read_item *said)
{
    const struct fact *first = &t->facts[0];
    if ((ask != ASK_QUANTITY && ask != ASK_QUANTITY_CHECK) || said->has_quantity || t->n_spans != 1 ||
        first->kind != FACT_BARE)
        return;
    said->price_low = said->price_high = 0;
    said->has_quantity = first->low > 0;
    said->quantity_milli = first->low;
    said->unit = NULL;
}

/* The unit named, alone or after a one. */
static void take_unit(const struct text *t, struct read_item *item)
{
    for (size_t i = 0; i < t->n_spans; i++) {
        const struct unit *unit = span_unit(t, &t->spans[i]);
        if (!unit || unit->dimension == DIM_MONEY || unit->dimension == DIM_GRADE)
            continue;
        if (item->has_quantity && !item->unit)
            item->unit = unit;
        else if ((item->price_low || item->price_high) && !item->price_unit)
            item->price_unit = unit;
    }
}

/* Who writes the same again stands by it. */
static void note_insistence(enum ask ask, struct read_item *item, const struct read_item *before)
{
    if (ask == ASK_PRICE_CHECK && item->price_low == before->price_low && item->price_high == before->price_high)
        item->price_checked = true;
    if (ask == ASK_QUANTITY_CHECK && item->quantity_milli == before->quantity_milli && item->unit == before->unit)
        item->quantity_checked = true;
}

/* The one good that the text names, when it is a kind of what is known ("om18" for lúa); NULL otherwise. */
static const struct commodity *finer_goods(const struct text *t, const struct commodity *known)
{
    const struct commodity *named = NULL;
    for (size_t i = 0; i < t->n_facts; i++) {
        if (t->facts[i].kind != FACT_GOODS)
            continue;
        if (named)
            return NULL;
        named = t->facts[i].commodity;
    }
    return named != known && commodity_within(named, known) ? named : NULL;
}

static bool answer_slots(struct text *t, struct reading *asked, struct read_item *item)
{
    struct reading said = {.intent = INTENT_SELL};
    struct read_item before = *item;
    /* what is wanted with the goods is asked again when they are named anew */
    bool refinable = item->commodity && asked->intent != INTENT_NONE;
    const struct commodity *finer = refinable ? finer_goods(t, item->commodity) : NULL;
    if (names_other_goods(t, item->commodity))
        return false;
    if (finer)
        item->commodity = finer;
    else if (item->commodity) /* the amounts are judged by the goods already known */
        text_fact(t, FACT_GOODS, t->n_spans, t->n_spans)->commodity = item->commodity;
    if (asked->ask == ASK_UNIT)
        take_unit(t, item);
    clear(asked->ask, item);
    text_items(t, &said);
    take_bare_quantity(t, asked->ask, &said.items[0]);
    bool one = said.n_items == 1 && !contradicts(t, item, &said.items[0], asked->ask);
    if (one)
        fill(item, &said.items[0]);
    if (one && (finer || is_filled(asked, item))) {
        note_insistence(asked->ask, item, &before);
        if (asked->ask == ASK_PLACE)
            share_place(asked, item);
        return true;
    }
    *item = before;
    return false;
}

/* Words of these may open an answer: "gia 8500", "o cau ke", "can 2 tan". */
static bool is_command(const struct wants *w, const struct reading *asked)
{
    intent_set mild = BIT(INTENT_PLACE);
    if (asked->ask == ASK_INTENT)
        mild |= BIT(INTENT_SELL) | BIT(INTENT_BUY);
    return (w->intents & ~mild) || w->amount_asked || w->price_asked || w->when_asked || w->spam || w->topics;
}

static bool answer_intent(const struct wants *w, struct reading *asked)
{
    if (asked->ask != ASK_INTENT || w->content != 1)
        return false;
    bool sell = w->intents & BIT(INTENT_SELL), buy = w->intents & BIT(INTENT_BUY);
    if (sell == buy && !w->price_word)
        return false;
    asked->intent = sell ? INTENT_SELL : buy ? INTENT_BUY : INTENT_PRICE;
    return true;
}

/* Its code, also one mistyped, or its number in the writer's own list. */
static bool answer_listing(const struct text *t, struct reading *asked)
{
    const char *code = *t->listing ? t->listing : t->mistyped;
    int64_t number = number_alone(t);
    if (asked->ask != ASK_LISTING)
        return false;
    if (*code && t->n_facts == 0 && saying(t) == 1)
        memcpy(asked->listing, code, sizeof asked->listing);
    else if (number > 0 && number < LISTING_NUMBERS)
        snprintf(asked->listing, sizeof asked->listing, "%d", (int)number);
    else
        return false;
    return true;
}

static enum answered answer(struct text *t, const struct wants *w, struct reading *asked, struct read_item *item)
{
    size_t choice = chosen(t, asked);
    if (choice)
        pick(asked, item, choice - 1);
    else if (answer_listing(t, asked))
        return ANSWERED;
    else if (is_command(w, asked))
        return NO_ANSWER;
    else {
        enum answered word = answer_word(t, asked, item);
        return word != NO_ANSWER                                         ? word
               : answer_intent(w, asked) || answer_slots(t, asked, item) ? ANSWERED
                                                                         : NO_ANSWER;
    }
    return ANSWERED;
}

bool read_answer(const struct reader *reader, const struct read_context *context, struct arena *arena,
                 struct slice text, struct reading *asked)
{
    struct text t;
    struct wants w;
    if (asked->ask == ASK_NOTHING || asked->asked_item >= READ_ITEMS_MAX || read_is_stop(reader, arena, text))
        return false;
    text_prepare(&t, reader, context, arena, text, asked->ask);
    find_wants(&t, &w);
    if (asked->n_items == 0) {
        memset(&asked->items[0], 0, sizeof asked->items[0]);
        asked->items[0].ready = DAY_NONE;
        asked->n_items = 1;
        asked->asked_item = 0;
    }
    struct read_item *item = &asked->items[asked->asked_item];
    enum answered answered = answer(&t, &w, asked, item);
    if (answered == ANSWERED)
        reading_settle(context, asked);
    return answered != NO_ANSWER;
}

enum said read_yes_or_no(const struct reader *reader, struct arena *arena, struct slice text)
{
    struct text t;
    const struct read_context nowhere = {.today = 0};
    text_prepare(&t, reader, &nowhere, arena, text, ASK_NOTHING);
    enum word word = only_word(&t);
    return word == WORD_YES || word == WORD_DUNG ? SAID_YES : word == WORD_NO ? SAID_NO : SAID_NEITHER;
}

bool read_is_bare(const struct reader *reader, struct arena *arena, struct slice text)
{
    struct text t;
    const struct read_context nowhere = {.today = 0};
    text_prepare(&t, reader, &nowhere, arena, text, ASK_NOTHING);
    return only_word(&t) != WORD_NONE || (saying(&t) == 1 && t.n_facts == 1 && t.facts[0].kind == FACT_BARE);
}
