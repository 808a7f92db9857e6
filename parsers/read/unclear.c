/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/unclear.h"

#include <string.h>

#include "parsers/read/plausible.h"
#include "parsers/read/syllable.h"

struct goods_choice {
    const struct commodity *of[READ_CHOICES_MAX];
    size_t n;
};

static bool is_weighed(const struct unit *unit)
{
    return unit->dimension != DIM_COUNT && unit->dimension != DIM_VOLUME;
}

/* Sold by the litre only. */
static bool is_liquid(const struct commodity *c)
{
    return c->unit->dimension == DIM_VOLUME && c->price_unit->dimension == DIM_VOLUME;
}

/* "500 trai": of melons and pineapples too, though they are sold by weight. */
static bool may_be_any_fruit(const struct read_item *item)
{
    return strcmp(item->unit->code, "TRAI") == 0 && !item->price_low && !item->price_high;
}

/* Could the item be about these goods, by its unit and its price? */
static bool could_be(const struct read_item *item, const struct commodity *c)
{
    if (item->has_quantity && item->unit && !is_weighed(item->unit) && item->unit->factor_milli &&
        !may_be_any_fruit(item) && quantity_fit(c, item->unit, item->quantity_milli) == FIT_UNKNOWN)
        return false;
    if (item->has_quantity && item->unit && is_liquid(c) && item->unit->dimension == DIM_MASS)
        return false;
    int64_t price = item->price_low ? item->price_low : item->price_high;
    return !price || !item->price_unit || price_fit(c, item->price_unit, price) != FIT_BAD ||
           price_fit(c, c->price_unit, price) == FIT_GOOD;
}

/* The goods are others than those the price's unit was guessed by. */
static void take_goods(struct read_item *item, const struct commodity *c)
{
    int64_t price = item->price_low ? item->price_low : item->price_high;
    if (c != item->commodity && price && price_fit(c, item->price_unit, price) != FIT_GOOD &&
        price_fit(c, c->price_unit, price) == FIT_GOOD)
        item->price_unit = c->price_unit;
    item->commodity = c;
}

static void add_goods(const struct read_item *item, struct goods_choice *choice, const struct commodity *c)
{
    for (size_t i = 0; i < choice->n; i++)
        if (choice->of[i] == c)
            return;
    if (c && choice->n < READ_CHOICES_MAX && could_be(item, c))
        choice->of[choice->n++] = c;
}

/* The goods a word without accents may mean: those it is a name of, and those the keyword table says. */
static struct goods_choice goods_of(const struct text *t, const struct span *span, const struct read_item *item)
{
    struct goods_choice choice = {.n = 0};
    for (const struct sense *s = span->senses; s; s = s->next)
        if (s->kind == SENSE_COMMODITY && sense_agrees(t, span, s))
            add_goods(item, &choice, s->commodity);
    const struct keyword *k = t->tokens[span->first].marks ? NULL : span_keyword(t, span, KW_UNCLEAR);
    char *codes = k ? arena_copy(t->arena, slice_of(k->meaning)) : NULL, *code;
    while (codes && (code = strsep(&codes, " ")))
        add_goods(item, &choice, lexicon_commodity(t->lexicon, code));
    return choice;
}

/* "ca linh": goods that are known by their species, and then a word we do not know. */
static bool of_unknown_species(const struct text *t, size_t at)
{
    const struct span *next = at + 1 < t->n_spans ? &t->spans[at + 1] : NULL;
    return next && ((const struct goods *)t->spans[at].commodity)->of_species && t->tags[at + 1] == TAG_OTHER &&
           t->tokens[next->first].kind == TOKEN_WORD && (!next->senses || span_keyword(t, next, KW_NUMBER));
}

static bool is_offer(enum intent intent)
{
    return intent == INTENT_SELL || intent == INTENT_BUY || intent == INTENT_REPORT_PRICE;
}

/* "coconut shavings", "srov kralanh": goods of which some kinds are known, and a word of another language that may say
 * which; in another language than Vietnamese any goods: "pumpkin seeds". A Vietnamese syllable there is a name or a
 * variety (xoai tuong), which the goods are in any case. */
static bool of_unknown_kind(const struct text *t, const struct reading *r, size_t at)
{
    const struct span *next = at + 1 < t->n_spans ? &t->spans[at + 1] : NULL;
    bool has_kinds = ((const struct goods *)t->spans[at].commodity)->has_kinds || r->script != LANG_VI;
    if (!is_offer(r->intent) || !has_kinds || !next || next->senses || t->tags[at + 1] != TAG_OTHER)
        return false;
    const struct token *token = &t->tokens[next->first];
    return token->kind == TOKEN_SIGN || (token->kind == TOKEN_WORD && !is_syllable(token->text));
}

static bool says_seedling(const struct text *t, size_t i)
{
    return i < t->n_spans && span_means(t, &t->spans[i], KW_OTHER, "seedling");
}

/* "cay giong buoi", "ca loc giong 500 con": what they are grown from, unless it has goods of its own. A lone giống
 * before them, or before a name, is their variety. */
static bool is_seedling(const struct text *t, size_t at)
{
    char then = at + 2 < t->n_spans ? t->tags[at + 2] : '\0';
    bool named = then == TAG_GOODS || then == TAG_OTHER || then == TAG_ASKING;
    return (at > 0 && t->spans[at - 1].count > 1 && says_seedling(t, at - 1)) ||
           (says_seedling(t, at + 1) && !(t->spans[at + 1].count == 1 && named));
}

void text_check_goods(struct text *t, struct reading *r)
{
    for (size_t i = 0; i < r->n_items; i++) {
        struct read_item *item = &r->items[i];
        const struct span *span = t->goods_at[i] == TEXT_NOWHERE ? NULL : &t->spans[t->goods_at[i]];
        if (!span || span->commodity != item->commodity)
            continue;
        bool unknown = is_seedling(t, t->goods_at[i]) || of_unknown_species(t, t->goods_at[i]) ||
                       of_unknown_kind(t, r, t->goods_at[i]);
        struct goods_choice choice = {.n = 0};
        if (!unknown)
            choice = goods_of(t, span, item);
        if (choice.n == 1)
            take_goods(item, choice.of[0]);
        if (!unknown && choice.n < 2)
            continue;
        item->commodity = NULL;
        r->ask = ASK_COMMODITY;
        r->asked_item = i;
        r->n_choices = choice.n;
        for (size_t k = 0; k < choice.n; k++)
            r->choices[k].commodity = choice.of[k];
        return;
    }
}
