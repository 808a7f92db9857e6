/* SPDX-License-Identifier: Apache-2.0
 *
 * What a word may mean, and which of it was kept. */
#include "parsers/read/explain_p.h"

static const struct {
    char tag;
    const char *name;
} tags[] = {
    {TAG_DIGIT_1, "number"},
    {TAG_DIGIT_2, "number"},
    {TAG_DIGIT_3, "number"},
    {TAG_DIGIT_4, "number"},
    {TAG_GROUPED, "number"},
    {TAG_DECIMAL, "number"},
    {TAG_SPELT, "number"},
    {TAG_TAIL, "its tail"},
    {TAG_ZERO, "phone number"},
    {TAG_HUGE, "no amount"},
    {TAG_SCALE, "thousands"},
    {TAG_DONG, "dong"},
    {TAG_RUOI, "and a half"},
    {TAG_NUA, "half a"},
    {TAG_UNIT, "unit"},
    {TAG_CON, "heads"},
    {TAG_HEAD, "one weighs"},
    {TAG_PER_KG, "count a kilo"},
    {TAG_METRE, "metres"},
    {TAG_EACH, "each"},
    {TAG_SLASH, "per"},
    {TAG_TO, "to"},
    {TAG_PRICE, "price word"},
    {TAG_FLOOR, "at least"},
    {TAG_BOUND_AFTER, "or more or less"},
    {TAG_CEILING, "at most"},
    {TAG_ABOUT, "about"},
    {TAG_VAGUE, "some"},
    {TAG_SIZE, "size word"},
    {TAG_GRADE, "grade word"},
    {TAG_DAY, "day"},
    {TAG_MONTH, "month"},
    {TAG_WEEK, "week"},
    {TAG_WEEKDAY, "weekday"},
    {TAG_LUNAR, "lunar"},
    {TAG_SOLAR, "solar"},
    {TAG_MUNG, "mung"},
    {TAG_FULL_MOON, "full moon"},
    {TAG_AHEAD, "from now"},
    {TAG_LUNAR_MONTH, "lunar month"},
    {TAG_MONTH_NAME, "month"},
    {TAG_YEAR, "year"},
    {TAG_WHEN, "when"},
    {TAG_GOODS, "goods"},
    {TAG_PLACE, "place"},
    {TAG_AT, "at"},
    {TAG_INTENT, "intent"},
    {TAG_ASKING, "asking"},
    {TAG_TREND, "trend"},
    {TAG_STATE, "state"},
    {TAG_LISTING, "listing"},
    {TAG_COMMA, "comma"},
    {TAG_STOP, "break"},
    {TAG_COLON, "colon"},
    {TAG_FILLER, "filler"},
    {TAG_OTHER, "-"},
};

const char *explain_tag(char tag)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (tags[i].tag == tag)
            return tags[i].name;
    return "tag?";
}

/* ---- the sense ---- */

static const char *named(struct arena *arena, const struct sense *sense)
{
    switch (sense->kind) {
    case SENSE_COMMODITY:
        return arena_printf(arena, "goods %s", sense->commodity->code);
    case SENSE_PLACE:
        return arena_printf(arena, "%s %s %s", sense->ambiguous ? "perhaps place" : "place", sense->place->code,
                            sense->place->brief[LANG_VI_DAU]);
    case SENSE_UNIT:
        return arena_printf(arena, "unit %s", sense->unit->code);
    default:
        return arena_printf(arena, "%s%s%s%s", keyword_kind_name(sense->keyword->kind),
                            *sense->keyword->meaning ? " \"" : "", sense->keyword->meaning,
                            *sense->keyword->meaning ? "\"" : "");
    }
}

const char *explain_sense(const struct explained *e, const struct sense *sense)
{
    const char *marks = "";
    for (size_t i = 0; sense->marks && sense->kind != SENSE_PLACE && i < sense->words;
         i++) /* a place's name has them */
        marks = arena_printf(e->arena, "%s%s%s", marks, i ? " " : "", sense->marks[i] ? sense->marks[i] : "*");
    return arena_printf(e->arena, "%s%s%s%s", named(e->arena, sense), *marks ? " (" : "", marks, *marks ? ")" : "");
}

/* ---- kept, or why not ---- */

static const char *not_as(const struct explained *e, size_t span)
{
    return arena_printf(e->arena, "no: here it is %s", explain_tag(e->t.tags[span]));
}

static const char *goods_verdict(const struct explained *e, size_t span, const struct sense *sense)
{
    const struct span *s = &e->t.spans[span];
    if (e->t.tags[span] != TAG_GOODS)
        return s->weak ? "no: other goods are named" : not_as(e, span);
    if (e->r.ask == ASK_COMMODITY && e->r.n_choices)
        for (size_t i = 0; i < e->r.n_choices; i++)
            if (e->r.choices[i].commodity == sense->commodity)
                return "asked about";
    for (size_t i = 0; i < e->r.n_items; i++)
        if (e->r.items[i].commodity == sense->commodity)
            return s->weak ? "kept: no other goods are named" : "kept";
    return s->commodity == sense->commodity ? "kept" : "no: another bears the name";
}

static const char *place_verdict(const struct explained *e, size_t span, const struct sense *sense)
{
    if (e->t.tags[span] != TAG_PLACE)
        return not_as(e, span);
    for (size_t i = 0; e->r.ask == ASK_PLACE && i < e->r.n_choices; i++)
        if (e->r.choices[i].place == sense->place)
            return "asked about";
    for (size_t i = 0; i < e->r.n_items; i++)
        if (e->r.items[i].place == sense->place)
            return "kept";
    return e->t.spans[span].place == sense->place ? "kept" : "no: another bears the name";
}

/* Words for an intent. */
static const char *intent_verdict(const struct explained *e, size_t span, const struct keyword *keyword)
{
    size_t n = strcspn(keyword->meaning, " ");
    char name[32] = "";
    if (n < sizeof name)
        memcpy(name, keyword->meaning, n);
    enum intent intent = intent_from_name(name);
    if (!counts_as_word(e->t.tags[span]))
        return not_as(e, span);
    if (e->w.intents & BIT(intent))
        return e->r.intent == intent ? "kept" : "heard";
    return e->w.negated ? "no: it is negated" : "no: counts only at the head";
}

static const char *keyword_verdict(const struct explained *e, size_t span, const struct sense *sense)
{
    const struct span *s = &e->t.spans[span];
    if (sense->keyword->kind == KW_INTENT)
        return intent_verdict(e, span, sense->keyword);
    if (s->keyword == sense->keyword)
        return "kept";
    if (s->keyword && s->keyword->kind == sense->keyword->kind)
        return "heard: its kind is";
    return counts_as_word(e->t.tags[span]) && e->t.tags[span] != TAG_PLACE ? "heard" : not_as(e, span);
}

const char *explain_verdict(const struct explained *e, size_t span, const struct sense *sense)
{
    if (!sense_agrees(&e->t, &e->t.spans[span], sense))
        return "no: the marks disagree";
    switch (sense->kind) {
    case SENSE_COMMODITY:
        return goods_verdict(e, span, sense);
    case SENSE_PLACE:
        return place_verdict(e, span, sense);
    case SENSE_UNIT:
        return e->t.spans[span].unit == sense->unit ? "kept" : not_as(e, span);
    default:
        return keyword_verdict(e, span, sense);
    }
}
