/* SPDX-License-Identifier: Apache-2.0
 *
 * Where in a text one offer ends and the next begins: between goods, and between lots of the same goods. */
#include "parsers/read/segments.h"

#include <stdio.h>
#include <string.h>

#define BARE_PRICE 1000000 /* thousandths of dong: a number of so much is a price, of less perhaps a size */

bool is_ancestor(const struct commodity *above, const struct commodity *below)
{
    for (; below; below = below->parent)
        if (below == above)
            return true;
    return false;
}

/* ---- goods ---- */

/* "gao ... st25" is GAO.ST25 when there is one, though ST25 alone is paddy. */
static const struct commodity *same_variety(const struct text *t, const struct commodity *kind,
                                            const struct commodity *variety)
{
    const char *dot = strchr(variety->code, '.');
    char code[32];
    if (!dot || snprintf(code, sizeof code, "%s%s", kind->code, dot) >= (int)sizeof code)
        return NULL;
    return lexicon_commodity(t->lexicon, code);
}

/* The one commodity two mentions mean together; NULL when they are two. */
static const struct commodity *merge(const struct text *t, const struct commodity *a, const struct commodity *b)
{
    if (is_ancestor(a, b))
        return b;
    if (is_ancestor(b, a))
        return a;
    if (a->parent && a->parent == b->parent &&
        ((const struct goods *)a)->of_variety != ((const struct goods *)b)->of_variety)
        return ((const struct goods *)a)->of_variety ? a : b;
    const struct commodity *both = same_variety(t, a, b);
    return both ? both : same_variety(t, b, a);
}

/* Is there an amount of one's own between two mentions on either side of `at`? Then equal goods are two offers. */
static size_t amounts_between(const struct text *t, size_t from, size_t to, enum fact_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_facts; i++)
        n += t->facts[i].kind == kind && t->facts[i].from >= from && t->facts[i].from < to;
    return n;
}

/* ---- segments ---- */

/* Where between two goods the second begins: after the last separator that leaves the first its amounts, else before an
 * amount that stands right before the second and that the first does not need. */
static size_t cut_between(const struct text *t, const struct segment *a, size_t b)
{
    size_t cut = b;
    bool stop = false;
    for (size_t i = a->goods_at + 1; i < b; i++) {
        if (t->tags[i] == TAG_STOP) {
            cut = i + 1;
            stop = true;
        } else if (t->tags[i] == TAG_COMMA && !stop)
            cut = i + 1;
    }
    if (cut != b)
        return cut;
    for (size_t i = t->n_facts; i-- > 0;) {
        const struct fact *f = &t->facts[i];
        bool amount = f->kind == FACT_QUANTITY || f->kind == FACT_COUNT;
        if (amount && f->to == b && f->from > a->goods_at &&
            amounts_between(t, a->from, f->from, FACT_QUANTITY) + amounts_between(t, a->from, f->from, FACT_COUNT) > 0)
            return f->from;
    }
    return b;
}

/* A price, also one as bare as "185.000". */
static bool any_price(const struct text *t, size_t from, size_t to)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *f = &t->facts[i];
        bool price = f->kind == FACT_PRICE || (f->kind == FACT_BARE && f->low >= BARE_PRICE);
        if (price && f->from >= from && f->from < to)
            return true;
    }
    return false;
}

/* Do two mentions that could be one belong to two offers? */
static bool apart(const struct text *t, const struct segment *a, const struct fact *second)
{
    size_t here = amounts_between(t, a->goods_at, second->from, FACT_QUANTITY) +
                  amounts_between(t, a->goods_at, second->from, FACT_COUNT);
    size_t there = amounts_between(t, second->from, t->n_spans, FACT_QUANTITY) +
                   amounts_between(t, second->from, t->n_spans, FACT_COUNT);
    bool prices = any_price(t, a->goods_at, second->from) && any_price(t, second->from, t->n_spans);
    return prices && (here == 0) == (there == 0);
}

/* Is one of the amounts told between two spans? */
static bool any_amount(const struct text *t, size_t from, size_t to)
{
    return amounts_between(t, from, to, FACT_QUANTITY) + amounts_between(t, from, to, FACT_PRICE) +
               amounts_between(t, from, to, FACT_BARE) >
           0;
}

bool is_sized(const struct commodity *c)
{
    return c && ((const struct goods *)c)->sized;
}

/* What sorts goods into lots: a grade, or a size where they have sizes. */
enum lot { LOT_NONE, LOT_GRADE, LOT_SIZE };

static enum lot lot_of(const struct commodity *c, const struct fact *f)
{
    bool size = f->kind == FACT_SIZE || (f->kind == FACT_COUNT && is_sized(c) && f->high < 1000000);
    return f->kind == FACT_GRADE ? LOT_GRADE : size ? LOT_SIZE : LOT_NONE;
}

/* "moi loai 1 tan": so much of each lot. */
static bool shares_evenly(const struct text *t)
{
    for (size_t i = 1; i < t->n_spans; i++)
        if (span_has(&t->spans[i], KW_GRADE) && span_has(&t->spans[i - 1], KW_EACH))
            return true;
    return false;
}

/* "gia tom the 40 con voi 60 con", "gia cua loai 1, loai 2": does the next of several lots begin here? */
static bool is_listed_lot(const struct text *t, const struct fact *first, size_t at)
{
    return at == first->to + 1 && (t->tags[first->to] == TAG_COMMA || t->tags[first->to] == TAG_STOP ||
                                   span_means(t, &t->spans[first->to], KW_OTHER, "and"));
}

/* "loai 1 200 trai 90k, loai 2 100 trai 60k": where a second lot of the same goods, with amounts of its own, begins
 * an offer of its own; 0 when it does not. */
static size_t cut_at_lot(const struct text *t, const struct segment *a, size_t i)
{
    const struct fact *f = &t->facts[i];
    const struct fact *first = NULL;
    enum lot lot = lot_of(a->commodity, f);
    size_t end = t->n_spans;
    if (lot == LOT_NONE)
        return 0;
    for (size_t k = 0; k < t->n_facts; k++) {
        const struct fact *other = &t->facts[k];
        if (k < i && other->from >= a->from && lot_of(a->commodity, other) == lot)
            first = other;
        if (k > i && other->kind == FACT_GOODS && other->from < end)
            end = other->from;
    }
    size_t at = f->from - (lot == LOT_GRADE && !f->keyword); /* "loai" stands before its number */
    if (first && is_listed_lot(t, first, at) && !any_amount(t, a->from, end))
        return at;
    if (!first || !any_amount(t, a->from, f->from) || shares_evenly(t))
        return 0;
    struct segment until = {a->from, a->to, a->commodity, first->from};
    size_t cut = cut_between(t, &until, f->from - (lot == LOT_GRADE));
    return any_amount(t, a->from, cut) && any_amount(t, cut, end) ? cut : 0;
}

/* The one quantity told between two spans; NULL when there are more or none. */
static const struct fact *only_quantity(const struct text *t, size_t from, size_t to)
{
    const struct fact *only = NULL;
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *f = &t->facts[i];
        if ((f->kind != FACT_QUANTITY && f->kind != FACT_COUNT) || f->from < from || f->from >= to)
            continue;
        if (only)
            return NULL;
        only = f;
    }
    return only;
}

/* After the last separator between two spans; `to` when there is none. */
static size_t after_separator(const struct text *t, size_t from, size_t to)
{
    for (size_t i = to; i-- > from;)
        if (t->tags[i] == TAG_COMMA || t->tags[i] == TAG_STOP)
            return i + 1;
    return to;
}

/* "1 con cai 18 trieu 1 con duc 22 trieu", "3 tan 6k o Da Loc, 2 tan 5k9": where a second quantity of the same unit,
 * each with a price after it, begins an offer of its own; 0 when it does not. One alone may be what the price before is
 * for. */
static size_t cut_at_quantity(const struct text *t, const struct segment *a, size_t i)
{
    const struct fact *f = &t->facts[i], *first;
    size_t end = t->n_spans;
    if ((f->kind != FACT_QUANTITY && f->kind != FACT_COUNT) || lot_of(a->commodity, f) != LOT_NONE || f->about ||
        !(first = only_quantity(t, a->from, f->from)) || first->unit != f->unit)
        return 0;
    size_t cut = after_separator(t, first->to, f->from);
    if (first->each != f->each && (cut == f->from || f->unit == a->commodity->price_unit))
        return 0;
    for (size_t k = cut; k < f->from; k++) /* "lay 5 tan thi 9k5": what the other side gets for more */
        if (span_means(t, &t->spans[k], KW_OTHER, "perhaps") || span_means(t, &t->spans[k], KW_OTHER, "if"))
            return 0;
    for (size_t k = i + 1; k < t->n_facts && end == t->n_spans; k++)
        if (t->facts[k].kind == FACT_GOODS || t->facts[k].kind == FACT_QUANTITY || t->facts[k].kind == FACT_COUNT)
            end = t->facts[k].from;
    return amounts_between(t, a->from, first->from, FACT_PRICE) == 0 &&
                   amounts_between(t, first->to, f->from, FACT_PRICE) == 1 &&
                   amounts_between(t, f->to, end, FACT_PRICE) == 1
               ? cut
               : 0;
}

/* "bo hoi voi be con": named one beside the other, as two. */
static bool joined(const struct text *t, const struct segment *a, const struct fact *second)
{
    size_t between = a->goods_at + 1;
    return second->from == between + 1 &&
           (t->tags[between] == TAG_STOP || span_means(t, &t->spans[between], KW_OTHER, "and"));
}

size_t text_segments(const struct text *t, struct segment *segments)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *f = &t->facts[i];
        size_t cut = n && n < READ_ITEMS_MAX ? cut_at_lot(t, &segments[n - 1], i) : 0;
        if (!cut && n && n < READ_ITEMS_MAX)
            cut = cut_at_quantity(t, &segments[n - 1], i);
        if (cut) {
            segments[n] = segments[n - 1];
            segments[n - 1].to = segments[n].from = cut;
            n++;
        }
        if (f->kind != FACT_GOODS)
            continue;
        struct segment *last = n ? &segments[n - 1] : NULL;
        const struct commodity *both = last ? merge(t, last->commodity, f->commodity) : NULL;
        if (both && !apart(t, last, f) && !joined(t, last, f)) {
            last->commodity = both;
            continue;
        }
        if (n == READ_ITEMS_MAX)
            break;
        size_t from = last ? cut_between(t, last, f->from) : 0;
        if (last)
            last->to = from;
        segments[n++] = (struct segment){from, t->n_spans, f->commodity, f->from};
    }
    if (n == 0)
        segments[n++] = (struct segment){0, t->n_spans, NULL, 0};
    return n;
}
