/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/flow/draft.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const kinds[] = {[DRAFT_ASK] = "ask",
                                    [DRAFT_REPEAT] = "repeat",
                                    [DRAFT_STOPPED] = "stopped",
                                    [DRAFT_SOLD] = "sold",
                                    [DRAFT_CODE] = "code"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* ---- writing ---- */

static void put_text(json_t *object, const char *key, const char *value)
{
    if (value && *value)
        json_object_set_new(object, key, json_string(value));
}

static void put_number(json_t *object, const char *key, int64_t value)
{
    if (value)
        json_object_set_new(object, key, json_integer(value));
}

static json_t *item_json(const struct read_item *item)
{
    json_t *o = json_object();
    char day[11] = "";
    if (item->ready != DAY_NONE)
        day_format_iso(item->ready, day);
    put_text(o, "commodity", item->commodity ? item->commodity->code : NULL);
    if (item->has_quantity)
        json_object_set_new(o, "quantity", json_integer(item->quantity_milli));
    put_number(o, "about", item->quantity_about);
    put_text(o, "unit", item->unit ? item->unit->code : NULL);
    put_number(o, "unit_assumed", item->unit_assumed);
    put_number(o, "price_low", item->price_low);
    put_number(o, "price_high", item->price_high);
    put_text(o, "price_unit", item->price_unit ? item->price_unit->code : NULL);
    put_number(o, "quantity_checked", item->quantity_checked);
    put_number(o, "price_checked", item->price_checked);
    put_text(o, "place", item->place ? item->place->code : NULL);
    put_number(o, "place_unclear", item->place_unclear);
    put_text(o, "ready", day);
    put_text(o, "size", item->size);
    put_text(o, "grade", item->grade);
    put_text(o, "state", item->state);
    return o;
}

static json_t *choice_json(const struct reading *reading, size_t i)
{
    switch (reading->ask) {
    case ASK_COMMODITY:
        return json_string(reading->choices[i].commodity->code);
    case ASK_PLACE:
        return json_string(reading->choices[i].place->code);
    case ASK_UNIT:
        return json_string(reading->choices[i].unit->code);
    case ASK_INTENT:
        return json_string(intent_name(reading->choices[i].intent));
    case ASK_QUANTITY_CHECK:
        return json_integer(reading->choices[i].quantity_milli);
    default:
        return json_integer(reading->choices[i].price);
    }
}

const char *draft_write(struct arena *arena, enum draft_kind kind, const struct reading *reading)
{
    json_t *items = json_array(), *choices = json_array();
    for (size_t i = 0; i < reading->n_items; i++)
        json_array_append_new(items, item_json(&reading->items[i]));
    for (size_t i = 0; i < reading->n_choices; i++)
        json_array_append_new(choices, choice_json(reading, i));
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:I, s:s, s:o, s:o}", "kind", kinds[kind], "intent", intent_name(reading->intent),
                  "ask", ask_name(reading->ask), "item", (json_int_t)reading->asked_item, "listing", reading->listing,
                  "items", items, "choices", choices);
    put_text(root, "name", reading->name);
    put_number(root, "registers", reading->registers);
    put_number(root, "days", reading->days);
    char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(root);
    const char *copy = arena_copy(arena, slice_of(text));
    free(text);
    return copy;
}

/* ---- reading ---- */

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static int64_t number_at(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

/* Resolves a code; a code that is given but unknown makes the draft unusable. */
#define RESOLVE(field, find, object, key)               \
    do {                                                \
        const char *code_ = text_at(object, key);       \
        (field) = *code_ ? find(lexicon, code_) : NULL; \
        if (*code_ && !(field))                         \
            return false;                               \
    } while (0)

static bool read_item_json(const struct lexicon *lexicon, const json_t *o, struct read_item *item)
{
    RESOLVE(item->commodity, lexicon_commodity, o, "commodity");
    RESOLVE(item->unit, lexicon_unit, o, "unit");
    RESOLVE(item->price_unit, lexicon_unit, o, "price_unit");
    RESOLVE(item->place, lexicon_place, o, "place");
    item->has_quantity = json_object_get(o, "quantity") != NULL;
    item->quantity_milli = number_at(o, "quantity");
    item->quantity_about = number_at(o, "about") != 0;
    item->unit_assumed = number_at(o, "unit_assumed") != 0;
    item->price_low = number_at(o, "price_low");
    item->price_high = number_at(o, "price_high");
    item->quantity_checked = number_at(o, "quantity_checked") != 0;
    item->price_checked = number_at(o, "price_checked") != 0;
    item->place_unclear = number_at(o, "place_unclear") != 0;
    item->ready = DAY_NONE;
    day_parse_iso(text_at(o, "ready"), &item->ready);
    snprintf(item->size, sizeof item->size, "%s", text_at(o, "size"));
    snprintf(item->grade, sizeof item->grade, "%s", text_at(o, "grade"));
    snprintf(item->state, sizeof item->state, "%s", text_at(o, "state"));
    return true;
}

static bool read_choice(const struct lexicon *lexicon, const json_t *value, struct reading *reading, size_t i)
{
    const char *code = json_string_value(value);
    if (!code)
        code = "";
    switch (reading->ask) {
    case ASK_COMMODITY:
        return (reading->choices[i].commodity = lexicon_commodity(lexicon, code)) != NULL;
    case ASK_PLACE:
        return (reading->choices[i].place = lexicon_place(lexicon, code)) != NULL;
    case ASK_UNIT:
        return (reading->choices[i].unit = lexicon_unit(lexicon, code)) != NULL;
    case ASK_INTENT:
        return (reading->choices[i].intent = intent_from_name(code)) != INTENT_NONE;
    case ASK_QUANTITY_CHECK:
        reading->choices[i].quantity_milli = json_integer_value(value);
        return json_is_integer(value);
    default:
        reading->choices[i].price = json_integer_value(value);
        return json_is_integer(value);
    }
}

static bool read_kind(const json_t *root, enum draft_kind *kind)
{
    for (int i = 0; i < KINDS; i++)
        if (slice_is(slice_of(text_at(root, "kind")), kinds[i])) {
            *kind = (enum draft_kind)i;
            return true;
        }
    return false;
}

static bool read_root(const struct lexicon *lexicon, const json_t *root, enum draft_kind *kind, struct reading *reading)
{
    const json_t *items = json_object_get(root, "items"), *choices = json_object_get(root, "choices");
    reading->n_items = json_array_size(items);
    reading->n_choices = json_array_size(choices);
    reading->asked_item = (size_t)number_at(root, "item");
    if (reading->n_items > READ_ITEMS_MAX || reading->n_choices > READ_CHOICES_MAX ||
        reading->asked_item >= READ_ITEMS_MAX || !read_kind(root, kind))
        return false;
    reading->outcome = *kind == DRAFT_REPEAT || *kind == DRAFT_SOLD ? READ_SURE : READ_ASK;
    reading->intent = intent_from_name(text_at(root, "intent"));
    reading->ask = ask_from_name(text_at(root, "ask"));
    snprintf(reading->listing, sizeof reading->listing, "%s", text_at(root, "listing"));
    snprintf(reading->name, sizeof reading->name, "%s", text_at(root, "name"));
    reading->registers = number_at(root, "registers") != 0;
    reading->days = (int)number_at(root, "days");
    for (size_t i = 0; i < reading->n_items; i++)
        if (!read_item_json(lexicon, json_array_get(items, i), &reading->items[i]))
            return false;
    for (size_t i = 0; i < reading->n_choices; i++)
        if (!read_choice(lexicon, json_array_get(choices, i), reading, i))
            return false;
    return true;
}

bool draft_read(const struct lexicon *lexicon, const char *json, enum draft_kind *kind_r, struct reading *reading_r)
{
    json_t *root = json_loads(json, 0, NULL);
    memset(reading_r, 0, sizeof *reading_r);
    bool ok = json_is_object(root) && read_root(lexicon, root, kind_r, reading_r);
    json_decref(root);
    return ok;
}
