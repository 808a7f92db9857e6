/* SPDX-License-Identifier: Apache-2.0
 *
 * A text as the answer to an open question. */
#include <string.h>

#include "parsers/read/intent.h"
#include "parsers/read/items.h"
#include "parsers/read/read_p.h"

/* The whole text is one small number: which choice. 0 = it is not. */
static size_t chosen(const struct text *t, const struct wants *w)
{
    if (w->content != 1 || t->n_facts != 1 || t->facts[0].kind != FACT_BARE || t->facts[0].low != t->facts[0].high)
        return 0;
    int64_t milli = t->facts[0].low;
    return milli % 1000 == 0 && milli > 0 && milli <= READ_CHOICES_MAX * 1000 ? (size_t)(milli / 1000) : 0;
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
    default:
        break;
    }
}

/* Yes and no settle a check: no empties the slot, so that it is asked for. */
static bool answer_word(const struct text *t, struct reading *asked, struct read_item *item)
{
    bool yes = false, no = false;
    for (size_t i = 0; i < t->n_spans; i++) {
        yes = yes || span_means(t, &t->spans[i], KW_ANSWER, "yes") ||
              span_means(t, &t->spans[i], KW_ANSWER, "stop or yes");
        no = no || span_means(t, &t->spans[i], KW_ANSWER, "no");
    }
    if (yes == no)
        return false;
    switch (asked->ask) {
    case ASK_PRICE_CHECK:
        item->price_checked = yes;
        item->price_low = yes ? item->price_low : 0;
        item->price_high = yes ? item->price_high : 0;
        return true;
    case ASK_QUANTITY_CHECK:
        item->quantity_checked = item->has_quantity = yes;
        return true;
    case ASK_STOP:
        asked->intent = yes ? INTENT_STOP : INTENT_JUNK;
        return true;
    default:
        return false;
    }
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
        return item->price_low || item->price_high;
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
    }
    if (!item->place && said->place) {
        item->place = said->place;
        item->place_unclear = false;
    }
    if (item->ready == DAY_NONE)
        item->ready = said->ready;
}

/* Empties the slot that is asked about again. */
static void clear(enum ask ask, struct read_item *item)
{
    if (ask == ASK_PRICE_CHECK)
        item->price_low = item->price_high = 0;
    if (ask == ASK_QUANTITY_CHECK)
        item->has_quantity = false;
}

/* A number without a unit, given as a quantity: its unit is asked next. */
static void take_bare_quantity(const struct text *t, enum ask ask, struct read_item *said)
{
    const struct fact *first = &t->facts[0];
    if ((ask != ASK_QUANTITY && ask != ASK_QUANTITY_CHECK) || said->has_quantity || t->n_spans != 1 ||
        first->kind != FACT_BARE)
        return;
    said->price_low = said->price_high = 0;
    said->has_quantity = true;
    said->quantity_milli = t->facts[0].low;
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

static bool answer_slots(struct text *t, struct reading *asked, struct read_item *item)
{
    struct reading said = {.intent = INTENT_SELL};
    bool goods_known = item->commodity != NULL;
    /* the amounts are judged by the goods already known */
    if (goods_known)
        text_fact(t, FACT_GOODS, t->n_spans, t->n_spans)->commodity = item->commodity;
    struct read_item before = *item;
    if (asked->ask == ASK_UNIT)
        take_unit(t, item);
    clear(asked->ask, item);
    text_items(t, &said);
    take_bare_quantity(t, asked->ask, &said.items[0]);
    if (said.n_items == 1)
        fill(item, &said.items[0]);
    if (said.n_items == 1 && is_filled(asked, item))
        return true;
    *item = before;
    return false;
}

/* Words of these may open an answer: "gia 8500", "o cau ke", "can 2 tan". */
static bool is_command(const struct wants *w, const struct reading *asked)
{
    unsigned mild = 1u << INTENT_PLACE;
    if (asked->ask == ASK_INTENT)
        mild |= 1u << INTENT_SELL | 1u << INTENT_BUY;
    return (w->intents & ~mild) || w->amount_asked || w->price_asked || w->when_asked || w->spam || w->topics;
}

static bool answer_intent(const struct wants *w, struct reading *asked)
{
    if (asked->ask != ASK_INTENT || w->content != 1)
        return false;
    bool sell = w->intents & 1u << INTENT_SELL, buy = w->intents & 1u << INTENT_BUY;
    if (sell == buy && !w->price_word)
        return false;
    asked->intent = sell ? INTENT_SELL : buy ? INTENT_BUY : INTENT_PRICE;
    return true;
}

static bool answer_listing(const struct text *t, const struct wants *w, struct reading *asked)
{
    if (asked->ask == ASK_LISTING && *t->listing) {
        memcpy(asked->listing, t->listing, sizeof asked->listing);
        return true;
    }
    if (asked->ask != ASK_LISTING || w->content != 1 || t->n_facts != 1 || t->facts[0].kind != FACT_BARE)
        return false;
    struct slice text = t->tokens[t->spans[t->facts[0].from].first].text;
    if (text.n >= READ_SIZE_MAX)
        return false;
    memcpy(asked->listing, text.at, text.n + 1);
    return true;
}

bool read_answer(const struct reader *reader, const struct read_context *context, struct arena *arena,
                 struct slice text, struct reading *asked)
{
    struct text t;
    struct wants w;
    if (asked->ask == ASK_NOTHING || asked->asked_item >= READ_ITEMS_MAX || read_is_stop(reader, arena, text))
        return false;
    text_prepare(&t, reader, context, arena, text);
    find_wants(&t, &w);
    if (asked->n_items == 0) {
        memset(&asked->items[0], 0, sizeof asked->items[0]);
        asked->items[0].ready = DAY_NONE;
        asked->n_items = 1;
        asked->asked_item = 0;
    }
    struct read_item *item = &asked->items[asked->asked_item];
    size_t choice = chosen(&t, &w);
    if (choice && choice <= asked->n_choices)
        pick(asked, item, choice - 1);
    else if (is_command(&w, asked) ||
             !(answer_intent(&w, asked) || answer_listing(&t, &w, asked) ||
               (w.content == 1 && answer_word(&t, asked, item)) || answer_slots(&t, asked, item)))
        return false;
    reading_settle(context, asked);
    return true;
}
