/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ussd/slots.h"

#include <stdlib.h>

#include "parsers/market/listing_code.h"

struct reading slots_new(enum intent intent)
{
    struct reading reading = {.outcome = READ_ASK, .intent = intent, .n_items = 1};
    reading.items[0].ready = DAY_NONE;
    return reading;
}

struct read_context slots_context(const struct turn *turn)
{
    return (struct read_context){.today = turn->today, .home = turn->home};
}

bool slot_is_filled(const struct reading *reading, enum slot slot)
{
    const struct read_item *item = &reading->items[0];
    switch (slot) {
    case SLOT_GOODS:
        return item->commodity != NULL;
    case SLOT_QUANTITY:
        return item->has_quantity && item->unit;
    case SLOT_PRICE:
        return item->price_low || item->price_high || item->price_checked;
    case SLOT_PLACE:
        return item->place != NULL;
    case SLOT_LISTING:
        return *reading->listing != '\0';
    case SLOT_LANGUAGE:
        return reading->has_lang;
    case SLOT_NONE:
        break;
    }
    return true;
}

static void clear_quantity(struct read_item *item)
{
    item->has_quantity = item->quantity_about = item->unit_assumed = item->quantity_checked = false;
    item->quantity_milli = 0;
    item->unit = NULL;
}

static void clear_price(struct read_item *item)
{
    item->price_low = item->price_high = 0;
    item->price_unit = NULL;
    item->price_checked = false;
}

void slot_clear(struct reading *reading, enum slot slot)
{
    struct read_item *item = &reading->items[0];
    reading->ask = ASK_NOTHING;
    reading->n_choices = 0;
    switch (slot) {
    case SLOT_GOODS:
        *reading = slots_new(reading->intent); /* amounts are of goods */
        break;
    case SLOT_QUANTITY:
        clear_quantity(item);
        break;
    case SLOT_PRICE:
        clear_price(item);
        break;
    case SLOT_PLACE:
        item->place = NULL;
        item->place_unclear = false;
        break;
    case SLOT_LISTING:
        *reading = slots_new(INTENT_NONE);
        break;
    case SLOT_LANGUAGE:
        reading->has_lang = false;
        break;
    case SLOT_NONE:
        break;
    }
}

/* ---- the questions of a reading ---- */

static const enum slot slots[ASK_COUNT] = {
    [ASK_COMMODITY] = SLOT_GOODS, [ASK_QUANTITY] = SLOT_QUANTITY, [ASK_QUANTITY_CHECK] = SLOT_QUANTITY,
    [ASK_PRICE] = SLOT_PRICE,     [ASK_PRICE_CHECK] = SLOT_PRICE, [ASK_PLACE] = SLOT_PLACE,
    [ASK_LISTING] = SLOT_LISTING, [ASK_UNIT] = SLOT_QUANTITY,
};

static const enum ask questions[] = {
    [SLOT_NONE] = ASK_NOTHING, [SLOT_GOODS] = ASK_COMMODITY, [SLOT_QUANTITY] = ASK_QUANTITY, [SLOT_PRICE] = ASK_PRICE,
    [SLOT_PLACE] = ASK_PLACE,  [SLOT_LISTING] = ASK_LISTING, [SLOT_LANGUAGE] = ASK_NOTHING,
};

enum slot slot_of(enum ask ask)
{
    return slots[ask];
}

bool slot_is_doubted(const struct reading *reading, enum slot slot)
{
    return slot != SLOT_NONE && reading->n_choices > 0 && slots[reading->ask] == slot;
}

const struct unit *slot_unit(const struct reading *reading)
{
    const struct read_item *item = &reading->items[0];
    if (item->unit && !item->has_quantity)
        return item->unit;
    return item->commodity ? item->commodity->unit : NULL;
}

/* ---- filling ---- */

/* "8400/KG" */
static bool take_price(const struct turn *turn, struct read_item *item, const char *code)
{
    char *end = NULL;
    long long price = strtoll(code, &end, 10);
    const struct unit *unit = *end == '/' ? lexicon_unit(turn->knowledge->lexicon, end + 1) : NULL;
    clear_price(item);
    item->price_checked = strcmp(code, CODE_NO_PRICE) == 0;
    if (item->price_checked)
        return true;
    item->price_low = item->price_high = price;
    item->price_unit = unit;
    return price > 0 && unit;
}

static bool take_listing(struct reading *reading, const char *text)
{
    char code[LISTING_CODE_MAX];
    if (!listing_code_read(slice_of(text), code))
        return false;
    memcpy(reading->listing, code, sizeof code);
    return true;
}

bool slot_take(const struct turn *turn, struct reading *reading, enum slot slot, const char *code)
{
    const struct lexicon *lexicon = turn->knowledge->lexicon;
    struct read_item *item = &reading->items[0];
    switch (slot) {
    case SLOT_GOODS:
        return (item->commodity = lexicon_commodity(lexicon, code)) != NULL;
    case SLOT_PRICE:
        return take_price(turn, item, code);
    case SLOT_PLACE:
        item->place_unclear = false;
        return (item->place = lexicon_place(lexicon, code)) != NULL;
    case SLOT_LISTING:
        return take_listing(reading, code);
    case SLOT_LANGUAGE:
        return reading->has_lang = lang_from_code(code, &reading->lang);
    case SLOT_QUANTITY: /* is typed */
    case SLOT_NONE:
        break;
    }
    return false;
}

/* A number without a unit is in the one that was named beside the question. */
static void assume_unit(const struct turn *turn, struct reading *reading, const struct unit *unit)
{
    struct read_item *item = &reading->items[0];
    if (!item->has_quantity || item->unit || !unit)
        return;
    item->unit = unit;
    item->unit_assumed = unit->ambiguous; /* how many there are in a chục */
    struct read_context context = slots_context(turn);
    reading_settle(&context, reading);
}

bool slot_read(const struct turn *turn, struct reading *reading, enum slot slot, struct slice words)
{
    struct read_context context = slots_context(turn);
    struct reading asked = *reading;
    asked.outcome = READ_ASK;
    asked.asked_item = 0;
    if (!slot_is_doubted(reading, slot)) {
        asked.ask = questions[slot];
        asked.n_choices = 0;
    }
    if (!read_answer(turn->knowledge->reader, &context, turn->arena, words, &asked))
        return false;
    if (slot == SLOT_QUANTITY)
        assume_unit(turn, &asked, slot_unit(reading));
    if (slot == SLOT_LISTING && !take_listing(&asked, asked.listing))
        return false;
    *reading = asked;
    return true;
}
