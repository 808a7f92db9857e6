/* SPDX-License-Identifier: Apache-2.0
 *
 * Is a reading complete and plausible? If not, the one question to ask. */
#include <string.h>

#include "parsers/read/plausible.h"
#include "parsers/read/reading.h"

static bool has_price(const struct read_item *item)
{
    return item->price_low || item->price_high;
}

static void ask(struct reading *reading, size_t item, enum ask question)
{
    reading->outcome = READ_ASK;
    reading->ask = question;
    reading->asked_item = item;
}

/* Adds each value that is plausible when a slip of a factor is undone, then the value as written. */
static void add_price_choices(struct reading *reading, const struct read_item *item)
{
    static const struct {
        int64_t times, by;
    } slips[] = {{1000, 1}, {1, 10}, {10, 1}, {1, 100}, {100, 1}, {1, 1000}};
    int64_t written = item->price_low ? item->price_low : item->price_high;
    for (size_t i = 0; i < sizeof slips / sizeof *slips && reading->n_choices < READ_CHOICES_MAX - 1; i++) {
        int64_t price;
        if (__builtin_mul_overflow(written, slips[i].times, &price) || price % slips[i].by != 0)
            continue;
        price /= slips[i].by;
        if (price_fit(item->commodity, item->price_unit, price) == FIT_GOOD)
            reading->choices[reading->n_choices++].price = price;
    }
    reading->choices[reading->n_choices++].price = written;
}

static void add_quantity_choices(struct reading *reading, const struct read_item *item)
{
    static const int64_t slips[] = {10, 100, 1000};
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (item->quantity_milli % slips[i] == 0 &&
            quantity_fit(item->commodity, item->unit, item->quantity_milli / slips[i]) == FIT_GOOD)
            reading->choices[reading->n_choices++].quantity_milli = item->quantity_milli / slips[i];
    reading->choices[reading->n_choices++].quantity_milli = item->quantity_milli;
}

static void add_unit_choice(struct reading *reading, const struct unit *unit)
{
    for (size_t i = 0; i < reading->n_choices; i++)
        if (reading->choices[i].unit == unit)
            return;
    if (unit && reading->n_choices < READ_CHOICES_MAX)
        reading->choices[reading->n_choices++].unit = unit;
}

static void add_unit_choices(struct reading *reading, const struct read_item *item)
{
    add_unit_choice(reading, item->commodity->price_unit);
    add_unit_choice(reading, item->has_quantity && item->unit ? item->unit : item->commodity->unit);
}

static bool price_is_off(const struct read_item *item)
{
    return !item->price_checked &&
           ((item->price_low && price_fit(item->commodity, item->price_unit, item->price_low) == FIT_BAD) ||
            (item->price_high && price_fit(item->commodity, item->price_unit, item->price_high) == FIT_BAD));
}

static bool quantity_is_off(const struct read_item *item)
{
    return item->has_quantity && !item->quantity_checked &&
           quantity_fit(item->commodity, item->unit, item->quantity_milli) == FIT_BAD;
}

static bool is_offer(enum intent intent)
{
    return intent == INTENT_SELL || intent == INTENT_BUY;
}

/* What is said of a listing, once its goods are known: whoever sold less than anybody offers sold a part. */
static enum ask listing_question(enum intent intent, const struct read_item *item)
{
    if (intent == INTENT_EDIT && quantity_is_off(item))
        return ASK_QUANTITY_CHECK;
    if (price_is_off(item))
        return ASK_PRICE_CHECK;
    return !item->place && item->place_unclear ? ASK_PLACE : ASK_NOTHING;
}

/* The first question an item of an offer or of a price report raises. */
static enum ask item_question(const struct read_context *context, enum intent intent, const struct read_item *item)
{
    if (intent == INTENT_EDIT || intent == INTENT_SOLD)
        return listing_question(intent, item);
    if (!item->commodity)
        return ASK_COMMODITY;
    if ((item->has_quantity && !item->unit) || (has_price(item) && !item->price_unit))
        return ASK_UNIT;
    if (quantity_is_off(item))
        return ASK_QUANTITY_CHECK;
    if (is_offer(intent) && !item->has_quantity)
        return ASK_QUANTITY;
    if (price_is_off(item))
        return ASK_PRICE_CHECK;
    bool open = intent == INTENT_SELL && item->price_checked;
    if (intent != INTENT_BUY && !has_price(item) && !open)
        return ASK_PRICE;
    if (!item->place && (item->place_unclear || (is_offer(intent) && !context->home && !context->place_optional)))
        return ASK_PLACE;
    return ASK_NOTHING;
}

/* Nothing is no amount: it is asked for like one that was not said. */
static void drop_nothing(struct read_item *item)
{
    if (item->has_quantity && item->quantity_milli <= 0) {
        item->has_quantity = item->quantity_about = item->unit_assumed = false;
        item->unit = NULL;
    }
}

static void settle_items(const struct read_context *context, struct reading *reading)
{
    if (reading->n_items == 0)
        memset(&reading->items[reading->n_items++], 0, sizeof *reading->items);
    for (size_t i = 0; i < reading->n_items; i++) {
        struct read_item *item = &reading->items[i];
        drop_nothing(item);
        enum ask question = item_question(context, reading->intent, item);
        if (question == ASK_NOTHING)
            continue;
        ask(reading, i, question);
        if (question == ASK_PRICE_CHECK)
            add_price_choices(reading, item);
        if (question == ASK_QUANTITY_CHECK)
            add_quantity_choices(reading, item);
        if (question == ASK_UNIT)
            add_unit_choices(reading, item);
        return;
    }
}

void reading_settle(const struct read_context *context, struct reading *reading)
{
    reading->outcome = reading->intent == INTENT_NONE ? READ_NONE : READ_SURE;
    reading->ask = ASK_NOTHING;
    reading->n_choices = 0;
    reading->asked_item = 0;
    switch (reading->intent) {
    case INTENT_SELL:
    case INTENT_BUY:
    case INTENT_REPORT_PRICE:
        settle_items(context, reading);
        break;
    case INTENT_PRICE:
    case INTENT_MATCH:
    case INTENT_SEASON:
    case INTENT_FORECAST:
        if (reading->n_items == 0 || !reading->items[0].commodity)
            ask(reading, 0, ASK_COMMODITY);
        else if (reading->items[0].place_unclear && !reading->items[0].place)
            ask(reading, 0, ASK_PLACE);
        break;
    case INTENT_PLACE:
        if (reading->n_items == 0 || !reading->items[0].place)
            ask(reading, 0, ASK_PLACE);
        break;
    case INTENT_EDIT:
    case INTENT_SOLD:
        if (!*reading->listing && reading->intent == INTENT_EDIT)
            ask(reading, 0, ASK_LISTING);
        else if (reading->n_items)
            settle_items(context, reading);
        break;
    default:
        break;
    }
}
