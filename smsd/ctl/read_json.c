/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/read_json.h"

#include <jansson.h>

#define DAY_TEXT_MAX 11 /* "2026-11-25" */

/* Thousandths as a number, whole where it is whole. */
static json_t *milli_json(int64_t milli)
{
    return milli % 1000 == 0 ? json_integer(milli / 1000) : json_real((double)milli / 1000);
}

static json_t *code_json(const char *code)
{
    return code ? json_string(code) : json_null();
}

static json_t *bound_json(int64_t dong)
{
    return dong ? json_integer(dong) : json_null();
}

/* A single price, or [low, high] where one end may be null. */
static json_t *price_json(const struct read_item *item)
{
    if (!item->price_low && !item->price_high)
        return json_null();
    if (item->price_low == item->price_high)
        return json_integer(item->price_low);
    return json_pack("[o, o]", bound_json(item->price_low), bound_json(item->price_high));
}

static json_t *attrs_json(const struct read_item *item)
{
    const struct {
        const char *name, *value;
    } attrs[] = {{"size", item->size}, {"grade", item->grade}, {"state", item->state}};
    json_t *object = json_object();
    for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++)
        if (*attrs[i].value)
            json_object_set_new(object, attrs[i].name, json_string(attrs[i].value));
    return object;
}

static json_t *item_json(const struct read_item *item)
{
    char ready[DAY_TEXT_MAX];
    if (item->ready != DAY_NONE)
        day_format_iso(item->ready, ready);
    return json_pack("{s:o, s:o, s:b, s:o, s:o, s:b, s:o, s:o, s:o, s:b, s:o}", "commodity",
                     code_json(item->commodity ? item->commodity->code : NULL), "quantity",
                     item->has_quantity ? milli_json(item->quantity_milli) : json_null(), "quantity_about", item->has_quantity && item->quantity_about, "unit",
                     code_json(item->has_quantity && item->unit ? item->unit->code : NULL), "price", price_json(item),
                     "price_open", item->price_checked && !item->price_low && !item->price_high, "price_unit", code_json(item->price_unit ? item->price_unit->code : NULL), "place",
                     code_json(item->place ? item->place->code : NULL), "ready",
                     code_json(item->ready != DAY_NONE ? ready : NULL), "unit_assumed", item->unit_assumed, "attrs",
                     attrs_json(item));
}

static json_t *text_attrs_json(const struct reading *r)
{
    json_t *object = json_object();
    if (*r->listing)
        json_object_set_new(object, "offer", json_string(r->listing));
    if (*r->number)
        json_object_set_new(object, "number", json_string(r->number));
    if (r->words.n)
        json_object_set_new(object, "words", json_stringn(r->words.at, r->words.n));
    if (*r->name)
        json_object_set_new(object, "name", json_string(r->name));
    if (r->intent == INTENT_START)
        json_object_set_new(object, "registers", json_boolean(r->registers));
    if (r->salinity)
        json_object_set_new(object, "salinity", json_true());
    if (r->has_lang)
        json_object_set_new(object, "lang", json_string(lang_code(r->lang)));
    if (r->intent == INTENT_MATCH || r->intent == INTENT_BUY)
        json_object_set_new(object, "side", json_string(r->wants_buyers ? "buyer" : "seller"));
    return object;
}

static json_t *choice_json(const struct reading *r, size_t i)
{
    switch (r->ask) {
    case ASK_COMMODITY:
        return json_string(r->choices[i].commodity->code);
    case ASK_PLACE:
        return json_string(r->choices[i].place->code);
    case ASK_UNIT:
        return json_string(r->choices[i].unit->code);
    case ASK_INTENT:
        return json_string(intent_name(r->choices[i].intent));
    case ASK_QUANTITY_CHECK:
        return milli_json(r->choices[i].quantity_milli);
    default:
        return json_integer(r->choices[i].price);
    }
}

char *reading_json(const struct reading *r)
{
    static const char *const outcomes[] = {[READ_NONE] = "none", [READ_ASK] = "ask", [READ_SURE] = "sure"};
    json_t *items = json_array(), *choices = json_array();
    for (size_t i = 0; i < r->n_items; i++)
        json_array_append_new(items, item_json(&r->items[i]));
    for (size_t i = 0; i < r->n_choices; i++)
        json_array_append_new(choices, choice_json(r, i));
    json_t *line = json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:s}", "outcome", outcomes[r->outcome], "intent",
                             intent_name(r->intent), "items", items, "attrs", text_attrs_json(r), "ask",
                             r->outcome == READ_ASK ? json_string(ask_name(r->ask)) : json_null(), "choices", choices,
                             "script", r->khmer_letters ? "km-latn" : lang_code(r->script));
    char *text = json_dumps(line, JSON_COMPACT);
    json_decref(line);
    return text;
}
