/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/tag_unit.h"

#include <string.h>

#include "parsers/read/number.h"

#define LIGHT_UNIT 100000 /* thousandths of a kilo: what one fruit or head weighs is said in these */

const struct unit *unit_of_size(const struct lexicon *lexicon, const struct unit *unit)
{
    char code[16];
    size_t n = strcspn(unit->code, "0123456789");
    if (n == 0 || n >= sizeof code || !unit->code[n])
        return NULL;
    memcpy(code, unit->code, n);
    code[n] = '\0';
    return lexicon_unit(lexicon, code);
}

void find_sold(struct text *t)
{
    t->sold.by_unit = arena_calloc(t->arena, t->lexicon->n_units, sizeof *t->sold.by_unit);
    for (size_t i = 0; i < t->n_spans; i++) {
        const struct sense *s = span_sense(t, &t->spans[i], SENSE_COMMODITY);
        const struct goods *goods = s ? (const struct goods *)s->commodity : NULL;
        for (size_t k = 0; goods && k < goods->n_alt; k++)
            t->sold.by_unit[goods->alt[k].unit - t->lexicon->units] = true;
        t->sold.any = t->sold.any || goods;
        t->sold.by_head = t->sold.by_head || (goods && goods->by_head);
        t->sold.by_metre = t->sold.by_metre || (goods && goods->by_metre);
        t->sold.by_size = t->sold.by_size || (goods && (goods->sized || goods->by_metre));
    }
}

const struct unit *unit_sense(const struct text *t, const struct span *span, bool money)
{
    for (const struct sense *s = span->senses; s; s = s->next)
        if (s->kind == SENSE_UNIT && (s->unit->dimension == DIM_MONEY) == money && sense_agrees(t, span, s))
            return s->unit;
    return NULL;
}

/* Is any of the text's goods priced by this unit? True as well when it names none. */
static bool priced_by(const struct text *t, const struct unit *unit)
{
    return !t->sold.any || t->sold.by_unit[unit - t->lexicon->units];
}

bool number_here(const struct text *t, size_t i)
{
    return is_digits(t, i) || number_word(t, i) >= 0;
}

bool price_word_here(const struct text *t, size_t i, const struct unit *unit)
{
    size_t next = i + 1 < t->n_spans && span_has(&t->spans[i + 1], KW_FILLER) ? i + 2 : i + 1; /* "gia con 6200" */
    if (!span_means(t, &t->spans[i], KW_PRICE, "") || !(number_here(t, i + 1) || number_here(t, next)) || i == 0)
        return false;
    bool tail = i > 1 && t->spans[i - 2].tag == TAG_UNIT && (t->spans[i - 1].glued || t->spans[i - 1].digits == 1);
    bool listing = i > 1 && (t->spans[i - 2].tag == TAG_LISTING || span_means(t, &t->spans[i - 2], KW_INTENT, "edit"));
    return t->spans[i - 1].digits >= 4 || tail || listing || !priced_by(t, unit);
}

static bool is_heads(const struct unit *unit)
{
    return strcmp(unit->code, "CON") == 0;
}

/* The unit that a phrase begins with; NULL when it is none. */
static const struct unit *first_unit(const struct text *t, const struct span *span)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, t->words[span->first]);
    const struct span first = {.first = span->first,
                               .count = 1,
                               .senses = node ? phrases_senses(p, node) : NULL,
                               .marked = t->tokens[span->first].marks};
    return unit_sense(t, &first, false);
}

const struct unit *unit_in_price_word(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    if (span->count < 2 || !span_keyword(t, span, KW_PRICE) || t->spans[i - 1].digits > 3)
        return NULL;
    const struct unit *unit = first_unit(t, span);
    return unit && priced_by(t, unit) && !price_word_here(t, i, unit) ? unit : NULL;
}

const struct unit *heads_in_place(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    if (span->count != 2 || !span_is(span, SENSE_PLACE) || !t->sold.by_head)
        return NULL;
    const struct unit *unit = first_unit(t, span);
    return unit && is_heads(unit) ? unit : NULL;
}

bool weighs_one(const struct text *t, size_t i, char before)
{
    if (before == TAG_SLASH || before == TAG_EACH || i + 2 >= t->n_spans || !span_is(&t->spans[i], SENSE_UNIT) ||
        !number_here(t, i + 1))
        return false;
    const struct unit *one = unit_sense(t, &t->spans[i], false), *weight = span_unit(t, &t->spans[i + 2]);
    if (!one || one->dimension != DIM_COUNT || one->factor_milli != 1000 || !weight || weight->dimension != DIM_MASS ||
        weight->factor_milli > LIGHT_UNIT || (i + 3 < t->n_spans && span_is(&t->spans[i + 3], SENSE_COMMODITY)))
        return false;
    for (size_t k = 0; k < i; k++)
        if (t->spans[k].tag == TAG_UNIT || t->spans[k].tag == TAG_CON)
            return true;
    return false;
}

/* Are so many of the unit said before? */
static bool is_counted(const struct text *t, size_t i, const struct unit *unit)
{
    for (size_t k = 1; k < i; k++)
        if (t->spans[k].unit == unit && tag_is_number(t->spans[k - 1].tag))
            return true;
    return false;
}

bool is_each(const struct text *t, size_t i)
{
    const struct unit *unit = i + 1 < t->n_spans ? unit_sense(t, &t->spans[i + 1], false) : NULL;
    const struct unit *before = i > 1 ? t->spans[i - 1].unit : NULL;
    if (!unit || !before || t->spans[i].milli != 1000 || !tag_is_number(t->spans[i - 2].tag))
        return false;
    if (before->dimension == DIM_MASS)
        return is_heads(unit) && is_counted(t, i, unit);
    return is_heads(before) && strcmp(unit->code, "KG") == 0 && is_digits(t, i + 2) && i + 3 < t->n_spans &&
           unit_sense(t, &t->spans[i + 3], false);
}

const struct unit *container(const struct text *t, size_t i)
{
    const struct unit *unit = unit_sense(t, &t->spans[i], false), *held;
    size_t at = i + 1;
    int64_t value;
    bool holds = unit && (unit->dimension != DIM_MASS || strcmp(unit->code, "BAO") == 0);
    if (!holds || !is_counted(t, i, unit))
        return NULL;
    while (at < t->n_spans && (span_has(&t->spans[at], KW_ABOUT) || span_has(&t->spans[at], KW_FLOOR)))
        at++;
    at += is_digits(t, at) ? 1 : at < t->n_spans ? spelt_number(t, at, '\0', &value) : 0;
    held = at < t->n_spans && at > i + 1 ? unit_sense(t, &t->spans[at], false) : NULL;
    bool others = at + 1 < t->n_spans && span_is(&t->spans[at + 1], SENSE_COMMODITY);
    return held && held != unit && held->dimension != DIM_GRADE && !others ? unit : NULL;
}
