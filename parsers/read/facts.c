/* SPDX-License-Identifier: Apache-2.0
 *
 * From matched tags to facts: goods, quantities, prices, sizes. */
#include <string.h>

#include "parsers/read/amounts.h"
#include "parsers/read/number.h"

#define TAIL_BELOW 100000 /* thousandths of a unit: to so much a figure that stands apart may be added */
/* Thousandths of đồng or of a unit: a thousand thousand millions. A number of more is no amount. */
#define AMOUNT_MAX INT64_C(1000000000000000)

struct fact *text_fact(struct text *t, enum fact_kind kind, size_t from, size_t to)
{
    struct fact *fact = &t->facts[t->n_facts < t->facts_room ? t->n_facts++ : t->facts_room - 1];
    *fact = (struct fact){.kind = kind, .from = from, .to = to, .day = DAY_NONE, .past = DAY_NONE};
    return fact;
}

/* A walk over matched spans. */
struct walk {
    const struct text *t;
    size_t at, to;
    bool marked, floor, ceiling, about;
    const struct unit *each; /* said before the number: "moi con 2 trieu" */
};

static char peek(const struct walk *w)
{
    return w->at < w->to ? w->t->tags[w->at] : '\0';
}

static const struct span *here(const struct walk *w)
{
    return &w->t->spans[w->at];
}

/* Notes and passes what stands before the first number. */
static void walk_lead(struct walk *w)
{
    for (; w->at < w->to && !tag_is_number(peek(w)) && peek(w) != TAG_SCALE; w->at++) {
        w->marked = w->marked || peek(w) == TAG_PRICE;
        w->each = peek(w) == TAG_UNIT || peek(w) == TAG_CON ? here(w)->unit : w->each;
        w->floor = w->floor || peek(w) == TAG_FLOOR;
        w->ceiling = w->ceiling || peek(w) == TAG_CEILING;
        w->about = w->about || peek(w) == TAG_ABOUT || peek(w) == TAG_FLOOR;
    }
}

static int64_t power_of_ten(int n)
{
    int64_t value = 1;
    while (n-- > 0)
        value *= 10;
    return value;
}

static int64_t times(int64_t a, int64_t b)
{
    int64_t product;
    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX / 4 : product;
}

static int64_t scale_of(const struct span *span)
{
    bool word = span->keyword && (span->keyword->kind == KW_SCALE || span->keyword->kind == KW_SLANG);
    return word ? span->keyword->value : span->unit ? span->unit->factor_milli / 1000 : 1000;
}

/* Is the figure a tail of the amount before it? One that stands apart has one figure, or three after millions. */
static bool is_tail(const struct span *span, int64_t scale)
{
    return span->tag == TAG_TAIL || span->digits == 1 || (span->digits == 3 && scale >= 1000000) ||
           span->senses == NULL;
}

/* A number with its scale and tail, in thousandths: 8k5, 1tr250, 1 trieu 350 ngan, 8 ngan ruoi. `scale` is 1 when none
 * was written. */
static int64_t walk_number(struct walk *w, int64_t *scale)
{
    bool said = peek(w) != TAG_SCALE; /* "trieu hai" is of one */
    int64_t value = said ? here(w)->milli : 1000;
    *scale = 1;
    w->at += said;
    if (peek(w) == TAG_SCALE) {
        *scale = scale_of(here(w));
        value = times(value, *scale);
        w->at++;
    } else if (peek(w) == TAG_RUOI) { /* "8 ruoi" */
        w->at++;
        return value + 500;
    } else
        return value;
    if (peek(w) == TAG_RUOI) {
        w->at++;
        return value + *scale * 500;
    }
    if (!tag_is_number(peek(w)) && peek(w) != TAG_TAIL)
        return value;
    const struct span *tail = here(w);
    if (tail->tag == TAG_SPELT && tail->digits == 3 && *scale == 1000) { /* "sau ngan bay tram" */
        value += tail->milli;
        w->at++;
    } else if (w->at + 1 < w->to && w->t->tags[w->at + 1] == TAG_SCALE) {
        value += times(tail->milli, scale_of(&w->t->spans[w->at + 1]));
        w->at += 2;
    } else if (is_tail(tail, *scale)) {
        value += tail->milli * *scale / power_of_ten(tail->digits);
        w->at++;
    } else
        w->to = w->at;
    return value;
}

/* What the price is for: "/kg", "mot ky", "1 ky". */
static const struct unit *walk_per(struct walk *w, bool *per)
{
    const struct unit *unit = NULL;
    for (; w->at < w->to; w->at++) {
        char tag = peek(w);
        if (tag == TAG_BOUND_AFTER && here(w)->keyword->kind == KW_CEILING)
            w->ceiling = true;
        else if (tag == TAG_BOUND_AFTER)
            w->floor = true;
        else if (tag == TAG_UNIT || tag == TAG_CON)
            unit = here(w)->unit;
        *per = *per || tag == TAG_EACH || tag == TAG_SLASH;
    }
    return unit;
}

/* Splits what was said into low and high. */
static void set_range(struct fact *fact, const struct walk *w, int64_t low, int64_t high)
{
    fact->low = low < high ? low : high;
    fact->high = low < high ? high : low; /* "8600-8200" */
    fact->floor = w->floor && low == high;
    fact->ceiling = w->ceiling;
    fact->about = w->about;
}

/* Is there another end of a range, after its word or right away as in "ba bon ngan"? Passes the word. */
static bool goes_on_to(struct walk *w)
{
    bool word = peek(w) == TAG_TO;
    w->at += word;
    return word || (peek(w) == TAG_SPELT && w->t->tags[w->at - 1] == TAG_SPELT);
}

size_t make_price(struct text *t, size_t from, size_t to)
{
    struct walk w = {.t = t, .at = from, .to = to};
    int64_t scale, scale2 = 1;
    walk_lead(&w);
    int64_t low = walk_number(&w, &scale), high = low;
    if (goes_on_to(&w)) {
        high = walk_number(&w, &scale2);
        if (scale == 1)
            low = times(low, scale2);
    }
    if (low > AMOUNT_MAX || high > AMOUNT_MAX)
        return 0;
    bool dong = peek(&w) == TAG_DONG;
    struct fact *fact = text_fact(t, FACT_PRICE, from, w.to);
    fact->unit = walk_per(&w, &fact->per);
    if (!fact->unit && w.each) {
        fact->unit = w.each;
        fact->per = true;
    }
    fact->to = w.at;
    fact->scaled = scale > 1 || scale2 > 1 || (dong && low >= 1000000);
    fact->marked = w.marked;
    set_range(fact, &w, low, high);
    return w.at;
}

size_t make_bare(struct text *t, size_t from, size_t to)
{
    struct walk w = {.t = t, .at = from, .to = to};
    int64_t scale;
    walk_lead(&w);
    if (w.at == w.to)
        return to;
    int64_t low = walk_number(&w, &scale), high = low;
    if (goes_on_to(&w)) {
        high = walk_number(&w, &scale);
    }
    set_range(text_fact(t, FACT_BARE, from, to), &w, low, high);
    return to;
}

/* A number, perhaps a range, and a unit. */
static size_t make_measured(struct text *t, enum fact_kind kind, size_t from, size_t to)
{
    struct walk w = {.t = t, .at = from, .to = to};
    int64_t scale;
    walk_lead(&w);
    int64_t low = walk_number(&w, &scale), high = low;
    if (goes_on_to(&w)) {
        high = walk_number(&w, &scale);
    }
    if (low > AMOUNT_MAX || high > AMOUNT_MAX)
        return 0;
    struct fact *fact = text_fact(t, kind, from, to);
    fact->unit = here(&w)->unit;
    w.at++;
    if (peek(&w) == TAG_RUOI) {
        low = high = low + 500;
        w.at++;
    } else if (tag_is_number(peek(&w)) || peek(&w) == TAG_TAIL) {
        bool apart = peek(&w) != TAG_TAIL; /* "12 tan 5", but not "300kg 7" */
        if (apart && (here(&w)->digits > 1 || low >= TAIL_BELOW))
            w.to = w.at;
        else {
            low = high = low + here(&w)->milli / power_of_ten(here(&w)->digits);
            w.at++;
        }
    }
    if (peek(&w) == TAG_BOUND_AFTER) {
        w.floor = here(&w)->keyword->kind == KW_FLOOR;
        w.about = w.about || w.floor;
        w.at++;
    }
    fact->to = w.at;
    fact->each = low == 1000 && high == low;
    set_range(fact, &w, low, high);
    return w.at;
}

size_t make_quantity(struct text *t, size_t from, size_t to)
{
    return make_measured(t, FACT_QUANTITY, from, to);
}

size_t make_count(struct text *t, size_t from, size_t to)
{
    return make_measured(t, FACT_COUNT, from, to);
}

size_t make_weight(struct text *t, size_t from, size_t to)
{
    text_fact(t, FACT_WEIGHT, from, to);
    return to;
}

/* "moi bao 50 ky": what one holds or weighs. */
size_t make_contents(struct text *t, size_t from, size_t to)
{
    return make_measured(t, FACT_WEIGHT, from + 1, to);
}

/* "nua tan", "tan ruoi". */
size_t make_half(struct text *t, size_t from, size_t to)
{
    bool half = t->tags[from] == TAG_NUA;
    struct fact *fact = text_fact(t, !half && weighs_head(t, from) ? FACT_WEIGHT : FACT_QUANTITY, from, to);
    bool tail = t->tags[to - 1] == TAG_SPELT; /* "tan hai" */
    fact->low = fact->high = half ? 500 : tail ? 1000 + t->spans[to - 1].milli / 10 : 1500;
    fact->unit = t->spans[half ? from + 1 : from].unit;
    return to;
}

/* "1/2 tan". */
size_t make_fraction(struct text *t, size_t from, size_t to)
{
    int64_t by = t->spans[from + 2].milli;
    if (by == 0)
        return 0;
    struct fact *fact = text_fact(t, FACT_QUANTITY, from, to);
    fact->low = fact->high = t->spans[from].milli * 1000 / by;
    fact->unit = t->spans[from + 3].unit;
    return to;
}

size_t make_vague(struct text *t, size_t from, size_t to)
{
    text_fact(t, FACT_VAGUE, from, to);
    return to;
}

size_t make_chuc(struct text *t, size_t from, size_t to)
{
    if (unit_of_size(t->lexicon, t->spans[from].unit))
        text_fact(t, FACT_CHUC, from, to)->unit = t->spans[from].unit;
    return to;
}

size_t make_size(struct text *t, size_t from, size_t to)
{
    struct fact *fact = text_fact(t, FACT_SIZE, from, to);
    while (fact->from < to && !tag_is_number(t->tags[fact->from]))
        fact->from++;
    return to;
}

/* Is livestock told before? */
static bool of_livestock(const struct text *t)
{
    for (size_t i = 0; i < t->n_facts; i++)
        if (t->facts[i].kind == FACT_GOODS && ((const struct goods *)t->facts[i].commodity)->by_head)
            return true;
    return false;
}

/* "4-5 con 1 ky": so many make one kilo, but of livestock. */
size_t make_heads_a_kilo(struct text *t, size_t from, size_t to)
{
    if (of_livestock(t) || strcmp(t->spans[to - 1].unit->code, "KG") != 0)
        return make_count(t, from, to - 2);
    return make_size(t, from, to);
}

size_t make_grade(struct text *t, size_t from, size_t to)
{
    if (*t->spans[from].keyword->meaning) /* "ban xo 95 ngan": the grade has its name already */
        return make_named_grade(t, from, from + 1);
    bool size = to - from > 2 || t->spans[from + 1].milli >= 10000;
    text_fact(t, size ? FACT_SIZE : FACT_GRADE, from + 1, to);
    return to;
}

size_t make_named_grade(struct text *t, size_t from, size_t to)
{
    if (*t->spans[from].keyword->meaning)
        text_fact(t, FACT_GRADE, from, to)->keyword = t->spans[from].keyword;
    return to;
}

size_t make_state(struct text *t, size_t from, size_t to)
{
    text_fact(t, FACT_STATE, from, to)->keyword = t->spans[from].keyword;
    return to;
}

/* "lua tuoi" is a name of paddy, and says its state. */
size_t make_goods(struct text *t, size_t from, size_t to)
{
    const struct keyword *state = span_keyword(t, &t->spans[from], KW_STATE);
    text_fact(t, FACT_GOODS, from, to)->commodity = t->spans[from].commodity;
    if (state)
        text_fact(t, FACT_STATE, from, to)->keyword = state;
    return to;
}

size_t make_place(struct text *t, size_t from, size_t to)
{
    text_fact(t, FACT_PLACE, from, to)->place = t->spans[from].place;
    return to;
}

/* Nine to eleven figures in all are a phone number; fewer are a number that was typed oddly. */
size_t make_phone(struct text *t, size_t from, size_t to)
{
    int digits = 0;
    size_t end = from;
    while (end < to && digits + t->spans[end].digits <= 11)
        digits += t->spans[end++].digits;
    text_fact(t, digits >= 9 ? FACT_PHONE : FACT_BARE, from, end);
    return end;
}
