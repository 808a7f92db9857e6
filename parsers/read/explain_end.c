/* SPDX-License-Identifier: Apache-2.0
 *
 * What was made of the spans: facts, intents, the outcome. */
#include <inttypes.h>
#include <stdlib.h>

#include "parsers/read/explain_p.h"

/* ---- facts ---- */

/* Thousandths as people write them: 2500 is "2.5". */
static const char *milli(struct arena *arena, int64_t value)
{
    const char *sign = value < 0 ? "-" : "";
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *text = arena_printf(arena, "%s%" PRIu64 ".%03d", sign, size / 1000, (int)(size % 1000));
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[n - 1] = '\0';
    return text;
}

static const char *amount(const struct explained *e, int64_t low, int64_t high, const struct unit *unit)
{
    const char *range = low == high ? milli(e->arena, low)
                        : !low      ? arena_printf(e->arena, "at most %s", milli(e->arena, high))
                        : !high     ? arena_printf(e->arena, "at least %s", milli(e->arena, low))
                                    : arena_printf(e->arena, "%s to %s", milli(e->arena, low), milli(e->arena, high));
    return unit ? arena_printf(e->arena, "%s %s", range, unit->code) : range;
}

static const char *day(const struct explained *e, day_t value)
{
    char text[11];
    if (value == DAY_NONE)
        return "no certain day";
    day_format_iso(value, text);
    return arena_copy(e->arena, slice_of(text));
}

static const char *price_fact(const struct explained *e, const struct fact *f)
{
    return arena_printf(e->arena, "%s dong%s%s", amount(e, f->low, f->high, NULL), f->unit ? " per " : "",
                        f->unit ? f->unit->code : "");
}

static const char *fact_value(const struct explained *e, const struct fact *f)
{
    switch (f->kind) {
    case FACT_GOODS:
        return f->commodity ? f->commodity->code : "";
    case FACT_PLACE:
        return f->place ? f->place->code : "";
    case FACT_PRICE:
        return price_fact(e, f);
    case FACT_DAY:
        return day(e, f->day);
    case FACT_STATE:
    case FACT_GRADE:
        return f->keyword ? f->keyword->meaning : amount(e, f->low, f->high, NULL);
    case FACT_PHONE:
        return "";
    case FACT_DOUBTED:
        return doubt_name(f->doubt);
    default:
        return amount(e, f->low, f->high, f->unit);
    }
}

static const char *fact_flags(const struct explained *e, const struct fact *f)
{
    const struct {
        bool set;
        const char *name;
    } flags[] = {{f->about, "about"},        {f->floor, "at least"}, {f->ceiling, "at most"}, {f->scaled, "thousands"},
                 {f->marked, "by its word"}, {f->per, "unit said"},  {f->each, "one of"},     {f->taken, "used"}};
    const char *text = "";
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].set)
            text = arena_printf(e->arena, "%s%s%s", text, *text ? ", " : "", flags[i].name);
    return text;
}

void explain_facts(const struct explained *e)
{
    static const char *const kinds[] = {
        [FACT_GOODS] = "goods", [FACT_PLACE] = "place",   [FACT_PRICE] = "price",    [FACT_QUANTITY] = "quantity",
        [FACT_COUNT] = "count", [FACT_BARE] = "number",   [FACT_VAGUE] = "vague",    [FACT_SIZE] = "size",
        [FACT_GRADE] = "grade", [FACT_STATE] = "state",   [FACT_DAY] = "day",        [FACT_CHUC] = "chuc of",
        [FACT_PHONE] = "phone", [FACT_WEIGHT] = "weight", [FACT_DOUBTED] = "doubted"};
    explain_say(e, e->t.n_facts ? "facts" : "facts     none");
    for (size_t i = 0; i < e->t.n_facts; i++) {
        const struct fact *f = &e->t.facts[i];
        explain_say(e, "  %s  %-9s %s  %s", explain_cell(e->arena, explain_words(e, f->from, f->to), 24),
                    kinds[f->kind], explain_cell(e->arena, fact_value(e, f), 26), fact_flags(e, f));
    }
}

/* ---- intents ---- */

static void explain_evidence(const struct explained *e)
{
    const struct wants *w = &e->w;
    const struct {
        size_t n;
        const char *name;
    } counts[] = {{w->goods, "goods"},
                  {w->places, "places"},
                  {w->prices, "prices"},
                  {w->quantities, "quantities"},
                  {w->bare, "bare numbers"},
                  {w->days, "days"},
                  {w->price_word, "price word"},
                  {w->asked, "asking"},
                  {w->trend_asked, "trend asked"},
                  {w->changed, "moved by so much"},
                  {w->negated, "negated"},
                  {w->past, "past"},
                  {w->topics, "topics"},
                  {w->spam, "spam words"},
                  {w->other_goods, "other goods"},
                  {w->polite, "polite"},
                  {w->content, "spans that say anything"}};
    const char *parts[INTENT_COUNT + sizeof counts / sizeof *counts];
    size_t n = 0;
    for (int i = 0; i < INTENT_COUNT; i++)
        if (w->intents & BIT(i))
            parts[n++] = arena_printf(e->arena, "%s by \"%s\"%s", intent_name((enum intent)i),
                                      explain_words(e, w->at[i], w->at[i] + 1), w->head & BIT(i) ? " at the head" : "");
    if (n)
        explain_list(e, "  words", ", ", parts, n);
    n = 0;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i].n)
            parts[n++] = arena_printf(e->arena, "%s %zu", counts[i].name, counts[i].n);
    if (n)
        explain_list(e, "  counts", ", ", parts, n);
}

void explain_intents(const struct explained *e)
{
    bool decided = e->w.command != INTENT_NONE;
    explain_say(e, "intent");
    explain_evidence(e);
    if (decided)
        explain_say(e, "  command   as taught      for %-14s it decides", intent_name(e->w.command));
    for (size_t i = 0; i < n_intent_rules; i++) {
        if (!intent_rules[i].holds(&e->w))
            continue;
        explain_say(e, "  rule      %-14s for %-14s %s", intent_rules[i].name, intent_name(intent_rules[i].intent),
                    decided ? "holds too, but stands after it" : "the first that holds: it decides");
        decided = true;
    }
    if (!decided)
        explain_say(e, "  rule      none holds");
    if (decide_intent(&e->w) != e->r.intent)
        explain_say(e, "  then      %s, by the whole of the text", intent_name(e->r.intent));
}

/* ---- the outcome ---- */

static const char *plausible(const struct explained *e, const struct commodity *c)
{
    const char *text = "";
    if (c->price_max)
        text = arena_printf(e->arena, "; plausible %" PRId64 " to %" PRId64 " dong per %s", c->price_min, c->price_max,
                            c->price_unit->code);
    if (c->qty_max_milli)
        text = arena_printf(e->arena, "%s, %s", text, amount(e, c->qty_min_milli, c->qty_max_milli, c->unit));
    return text;
}

static void explain_item(const struct explained *e, const struct read_item *item)
{
    struct {
        const char *name, *value;
    } slots[] = {
        {"", item->has_quantity ? amount(e, item->quantity_milli, item->quantity_milli, item->unit) : ""},
        {"", item->price_low || item->price_high
                 ? arena_printf(e->arena, "%s dong", amount(e, item->price_low * 1000, item->price_high * 1000, NULL))
                 : ""},
        {"per ", item->price_unit ? item->price_unit->code : ""},
        {"place ", item->place ? item->place->code : ""},
        {"ready ", item->ready != DAY_NONE && item->ready ? day(e, item->ready) : ""},
        {"size ", item->size},
        {"grade ", item->grade},
        {"state ", item->state},
    };
    const char *parts[1 + sizeof slots / sizeof *slots] = {item->commodity ? item->commodity->code : "no goods"};
    size_t n = 1;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (*slots[i].value)
            parts[n++] = arena_printf(e->arena, "%s%s", slots[i].name, slots[i].value);
    explain_list(e, "  item", ", ", parts, n);
    if (item->commodity)
        explain_say(e, "          %s%s", item->commodity->name[LANG_VI_DAU], plausible(e, item->commodity));
}

static const char *choice(const struct explained *e, size_t i)
{
    const struct reading *r = &e->r;
    switch (r->ask) {
    case ASK_COMMODITY:
        return r->choices[i].commodity->code;
    case ASK_PLACE:
        return r->choices[i].place->code;
    case ASK_UNIT:
        return r->choices[i].unit->code;
    case ASK_INTENT:
        return intent_name(r->choices[i].intent);
    case ASK_QUANTITY_CHECK:
        return milli(e->arena, r->choices[i].quantity_milli);
    default:
        return arena_printf(e->arena, "%" PRId64, r->choices[i].price);
    }
}

void explain_outcome(const struct explained *e)
{
    static const char *const outcomes[] = {[READ_NONE] = "not understood", [READ_ASK] = "ask", [READ_SURE] = "sure"};
    const char *question = e->r.outcome == READ_ASK ? ask_name(e->r.ask) : "", *choices[READ_CHOICES_MAX];
    explain_say(e, "outcome   %s%s%s: %s%s%s%s%s", outcomes[e->r.outcome], *question ? " " : "", question,
                intent_name(e->r.intent), *e->r.listing ? ", listing " : "", e->r.listing,
                *e->r.number ? ", number " : "", e->r.number);
    if (e->r.doubt != DOUBT_NONE)
        explain_say(e, "  doubt     %s", doubt_name(e->r.doubt));
    for (size_t i = 0; i < e->r.n_items; i++)
        explain_item(e, &e->r.items[i]);
    for (size_t i = 0; *question && i < e->r.n_choices; i++)
        choices[i] = arena_printf(e->arena, "%zu %s", i + 1, choice(e, i));
    if (*question && e->r.n_choices)
        explain_list(e, "  choices", ", ", choices, e->r.n_choices);
}
