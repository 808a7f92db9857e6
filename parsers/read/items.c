/* SPDX-License-Identifier: Apache-2.0
 *
 * Facts gathered around goods. A text about one thing is one item, wherever its facts stand; where several goods are
 * named, the segment they stand in says which facts are whose. */
#include <stdio.h>
#include <string.h>

#include "parsers/read/items.h"
#include "parsers/read/plausible.h"
#include "parsers/read/segments.h"

static void copy_words(const struct text *t, size_t from, size_t to, char *out)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        char tag = t->tags[i];
        if (!tag_is_number(tag) && tag != TAG_TO && tag != TAG_METRE)
            break;
        for (size_t k = 0; k < t->spans[i].count; k++) {
            struct slice text = t->tokens[t->spans[i].first + k].text;
            if (n + text.n + 1 >= READ_SIZE_MAX)
                return;
            memcpy(out + n, tag == TAG_TO ? "-" : text.at, tag == TAG_TO ? 1 : text.n);
            n += tag == TAG_TO ? 1 : text.n;
        }
    }
    out[n] = '\0';
}

static bool in_segment(const struct fact *f, const struct segment *s)
{
    return !f->taken && f->from >= s->from && f->from < s->to;
}

static void take_attributes(struct text *t, const struct segment *s, struct read_item *item)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        if (!in_segment(f, s))
            continue;
        if (f->kind == FACT_COUNT && is_sized(item->commodity) && f->high < 1000000)
            f->kind = FACT_SIZE;
        while (f->kind == FACT_SIZE && f->from + 1 < f->to && !tag_is_number(t->tags[f->from]))
            f->from++; /* "tu 40 den 50 con" */
        if (f->kind == FACT_SIZE && !*item->size)
            copy_words(t, f->from, f->to, item->size);
        else if (f->kind == FACT_GRADE && !*item->grade) {
            if (f->keyword)
                snprintf(item->grade, sizeof item->grade, "%s", f->keyword->meaning);
            else
                copy_words(t, f->from, f->to, item->grade);
        } else if (f->kind == FACT_STATE && !*item->state)
            snprintf(item->state, sizeof item->state, "%s", f->keyword->meaning);
        else
            continue;
        f->taken = true;
    }
}

/* The unit this commodity is measured in when the unit named has a form of its own for it: eggs come ten to the chục,
 * sweet potatoes sixty kilos to the tạ. The form's code begins with the unit's. */
static const struct unit *own_form(const struct commodity *c, const struct unit *unit)
{
    if (!c || !unit)
        return unit;
    const struct unit *forms[] = {c->unit, c->price_unit};
    for (size_t i = 0; i < 2; i++)
        if (forms[i] != unit && strncmp(forms[i]->code, unit->code, strlen(unit->code)) == 0 &&
            strpbrk(forms[i]->code, "0123456789") && strcmp(forms[i]->base, unit->base) == 0)
            return forms[i];
    return unit;
}

/* The price right before (after) a quantity; NULL when there is none. */
static const struct fact *price_beside(const struct text *t, const struct fact *q, bool before)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *p = &t->facts[i];
        if (!p->taken && (p->kind == FACT_PRICE || p->kind == FACT_BARE) &&
            (before ? p->to == q->from : p->from == q->to))
            return p;
    }
    return NULL;
}

/* "110 ngan mot chuc": a price for one of the unit, when it is a likely one. */
static bool prices_one(const struct text *t, const struct commodity *c, const struct fact *q)
{
    const struct fact *p = price_beside(t, q, true);
    const struct unit *unit = own_form(c, q->unit);
    return p && q->unit->dimension != DIM_AREA &&
           (!c || price_fit(c, unit, p->low / 1000) == FIT_GOOD ||
            (!p->scaled && price_fit(c, unit, p->low) == FIT_GOOD));
}

#define LIGHT_PACK 5000    /* thousandths of a kilo or litre: what is bought at retail holds no more */
#define HEAVY_PIECE 100000 /* thousandths of a kilo: one fruit or fish weighs no more */

static bool is_quantity(const struct fact *f)
{
    return f->kind == FACT_QUANTITY || f->kind == FACT_COUNT;
}

/* "1 ky" beside a price says what the price is for when the text gives another quantity, or the price before it fits.
 */
static void take_each(struct text *t, const struct segment *s, const struct commodity *c, const struct unit **per)
{
    size_t quantities = 0;
    for (size_t i = 0; i < t->n_facts; i++)
        quantities += in_segment(&t->facts[i], s) && is_quantity(&t->facts[i]);
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        if (!in_segment(f, s) || !is_quantity(f) || !f->each)
            continue;
        bool beside = price_beside(t, f, true) || price_beside(t, f, false);
        if ((beside && quantities > 1) || prices_one(t, c, f)) {
            *per = f->unit;
            f->taken = true;
            return;
        }
    }
}

/* A word may name several units (cái, lọ): that of the goods, if it is among them, else the one found first. */
static const struct unit *unit_for(const struct text *t, const struct fact *f, const struct commodity *c)
{
    for (size_t i = f->from; c && i < f->to; i++)
        for (const struct sense *s = t->spans[i].unit ? t->spans[i].senses : NULL; s; s = s->next)
            if (s->kind == SENSE_UNIT && (s->unit == c->unit || s->unit == c->price_unit))
                return s->unit;
    return own_form(c, f->unit);
}

static void set_quantity(const struct text *t, struct read_item *item, struct fact *f)
{
    item->has_quantity = true;
    item->quantity_milli = f->low;
    item->quantity_about = f->about || f->high != f->low;
    item->unit = unit_for(t, f, item->commodity);
    item->unit_assumed = item->unit->ambiguous;
    f->taken = true;
}

/* "3 cong mia, uoc 25 tan": what grows there is the quantity, the field only where it grows. */
static bool is_yield(const struct fact *field, const struct fact *f)
{
    return is_quantity(f) && field->unit->dimension == DIM_AREA && f->unit->dimension != DIM_AREA;
}

/* "50 bao 60kg": the weight of one. */
static bool is_bag_weight(const struct fact *bags, const struct fact *f)
{
    bool told = f->kind == FACT_WEIGHT || (f->kind == FACT_QUANTITY && f->from - bags->to <= 1);
    return told && f->unit && strcmp(bags->unit->code, "BAO") == 0 && strcmp(f->unit->code, "KG") == 0 &&
           f->low >= 10000 && f->low <= 100000;
}

/* "30 chuc dua, 12 trai": how many make a chục. */
static const struct unit *sized_chuc(const struct text *t, const struct fact *chuc, const struct fact *f)
{
    char code[16];
    if (strcmp(chuc->unit->code, "CHUC") != 0 || !f->unit || strcmp(f->unit->base, chuc->unit->base) != 0 ||
        f->unit->factor_milli != 1000 || f->low != f->high)
        return NULL;
    snprintf(code, sizeof code, "CHUC%d", f->low < 100000 ? (int)(f->low / 1000) : 0);
    return lexicon_unit(t->lexicon, code);
}

/* "60 chai 500ml", "50 con ga 2kg": what one holds or weighs, no unit that the price is for. */
static bool is_contents(const struct text *t, const struct fact *found, const struct fact *f)
{
    bool packs = found->unit->dimension == DIM_COUNT || found->unit->dimension == DIM_CONTAINER ||
                 (found->unit->dimension == DIM_VOLUME && found->unit->ambiguous);
    bool holds = f->kind == FACT_QUANTITY && f->unit->factor_milli > 0 && !f->unit->ambiguous &&
                 (f->unit->dimension == DIM_MASS || f->unit->dimension == DIM_VOLUME);
    return packs && holds && f->from - found->to <= 1 && f->high / 1000 * f->unit->factor_milli <= LIGHT_PACK &&
           !(f->each && price_beside(t, f, false));
}

/* "ca tra 900g 20 tan", "heo 100kg 20 con": what one weighs, when the quantity follows right away. */
static bool is_weight_of_one(const struct text *t, const struct read_item *item, const struct fact *f)
{
    const struct fact *next = f + 1 < t->facts + t->n_facts ? f + 1 : NULL;
    if (!item->commodity || !next || !is_quantity(next) || next->from != f->to || f->unit->dimension != DIM_MASS ||
        f->unit->factor_milli == 0 || f->unit->factor_milli > 1000)
        return false;
    if (next->unit->dimension == DIM_MASS)
        return next->unit->factor_milli >= 1000 * f->unit->factor_milli &&
               f->high / 1000 * f->unit->factor_milli <= HEAVY_PIECE;
    return next->unit->dimension == DIM_COUNT && ((const struct goods *)item->commodity)->by_head;
}

/* "heo con 9-10 ky, 1tr4 mot con, lay 25 con": what a head weighs, from so much to so much, and then the heads. */
static bool is_counted_after(const struct read_item *item, const struct fact *weight, const struct fact *f)
{
    return item->commodity && ((const struct goods *)item->commodity)->by_head && is_quantity(f) && f->unit &&
           strcmp(f->unit->code, "CON") == 0 && weight->unit->dimension == DIM_MASS && weight->low != weight->high;
}

static void take_quantity(struct text *t, const struct segment *s, struct read_item *item)
{
    struct fact *found = NULL;
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        if (!in_segment(f, s) || (!is_quantity(f) && f->kind != FACT_WEIGHT))
            continue;
        if (found && is_bag_weight(found, f)) {
            item->quantity_milli = found->low / 1000 * f->low;
            item->unit = f->unit;
            item->unit_assumed = false;
            f->taken = true;
        }
        const struct unit *chuc = found ? sized_chuc(t, found, f) : NULL;
        if (chuc) {
            f->kind = FACT_CHUC;
            f->unit = chuc;
        }
        if (f->kind == FACT_QUANTITY && (found ? is_contents(t, found, f) : is_weight_of_one(t, item, f)))
            f->kind = FACT_WEIGHT;
        if (f->kind == FACT_WEIGHT || (found && !is_yield(found, f) && !is_counted_after(item, found, f)))
            continue;
        found = f;
        set_quantity(t, item, f);
    }
}

/* The unit of goods that are counted, not weighed; NULL for others. */
static const struct unit *counted_in(const struct text *t, const struct goods *goods)
{
    const struct unit *unit = goods->shown.unit;
    bool counted = unit->dimension == DIM_COUNT && unit->factor_milli == 1000;
    return counted ? unit : goods->by_head ? lexicon_unit(t->lexicon, "CON") : NULL;
}

/* A number right before the goods: heads of livestock ("2 cows"), pieces of what is counted; else, when another number
 * is the price, a quantity whose unit must be asked. */
/* The pieces the price is for: "500 buoi 25k/trai"; NULL when it is for no such. */
static const struct unit *priced_piece(const struct text *t, const struct segment *s)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *f = &t->facts[i];
        if (in_segment(f, s) && f->kind == FACT_PRICE && f->per && f->unit && f->unit->dimension == DIM_COUNT)
            return f->unit;
    }
    return NULL;
}

static void take_unmeasured(struct text *t, const struct segment *s, struct read_item *item)
{
    const struct goods *goods = (const struct goods *)item->commodity;
    struct fact *found = NULL;
    size_t others = 0;
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        if (!in_segment(f, s) || (f->kind != FACT_BARE && f->kind != FACT_PRICE))
            continue;
        if (f->kind == FACT_BARE && f->to == s->goods_at)
            found = f;
        else
            others++;
    }
    const struct unit *piece = priced_piece(t, s), *unit = piece ? piece : goods ? counted_in(t, goods) : NULL;
    if (!goods || item->has_quantity || !found || asks_price(t))
        return;
    if (!others && !unit && goods->shown.unit->dimension != DIM_COUNT) /* "200 coconuts" cost nothing yet */
        return;
    item->has_quantity = item->unit_assumed = true;
    item->quantity_milli = found->low;
    item->unit = unit;
    found->taken = true;
}

static void take_unit_size(struct text *t, const struct segment *s, struct read_item *item)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        const struct unit *sized = f->kind == FACT_CHUC || f->kind == FACT_PRICE ? f->unit : NULL;
        const struct unit *any = sized ? unit_of_size(t->lexicon, sized) : NULL;
        if (f->from < s->from || f->from >= s->to || !any)
            continue;
        if (item->unit == any) {
            item->unit = sized;
            item->unit_assumed = false;
        }
        if (item->price_unit == any)
            item->price_unit = sized;
        if (f->kind == FACT_CHUC)
            f->taken = true;
    }
    if (item->unit && item->price_unit && unit_of_size(t->lexicon, item->unit) == item->price_unit)
        item->price_unit = item->unit; /* "200 chuc 14, 45 ngan 1 chuc" */
}

/* "2000 coconuts 9k": what has no unit is counted in that of its price, when that is a single piece. */
static void take_unit_of_price(struct read_item *item)
{
    const struct unit *piece = item->price_unit;
    if (item->has_quantity && !item->unit && piece && piece->dimension == DIM_COUNT && piece->factor_milli == 1000)
        item->unit = piece;
}

/* "..., cung gia 6900": one price for all. */
static void share_price(const struct text *t, struct reading *r)
{
    const struct read_item *priced = NULL;
    size_t prices = 0;
    bool same = false;
    for (size_t i = 0; i < r->n_items; i++)
        if (r->items[i].price_low || r->items[i].price_high) {
            priced = &r->items[i];
            prices++;
        }
    for (size_t i = 0; i < t->n_spans && prices == 1 && r->n_items > 1; i++)
        same = same || span_means(t, &t->spans[i], KW_OTHER, "same price");
    for (size_t i = 0; same && i < r->n_items; i++) {
        r->items[i].price_low = priced->price_low;
        r->items[i].price_high = priced->price_high;
        r->items[i].price_unit = priced->price_unit;
    }
}

/* Facts named once hold for all items. */
static void share(struct reading *r)
{
    size_t places = 0, days = 0;
    for (size_t i = 0; i < r->n_items; i++) {
        places += r->items[i].place != NULL;
        days += r->items[i].ready != DAY_NONE;
    }
    for (size_t i = 0; i < r->n_items; i++)
        for (size_t k = 0; k < r->n_items; k++) {
            if (places == 1 && r->items[k].place && !r->items[i].place_unclear)
                r->items[i].place = r->items[k].place;
            if (days == 1 && r->items[k].ready != DAY_NONE)
                r->items[i].ready = r->items[k].ready;
        }
}

/* What is told has been, what is offered is to come. */
static day_t day_of_fact(const struct fact *fact, enum intent intent)
{
    bool told = intent == INTENT_REPORT_PRICE || intent == INTENT_SOLD;
    return told && fact->past != DAY_NONE ? fact->past : fact->day;
}

static void take_days(struct text *t, const struct segment *s, enum intent intent, struct read_item *item)
{
    item->ready = DAY_NONE;
    for (size_t i = 0; i < t->n_facts; i++)
        if (in_segment(&t->facts[i], s) && t->facts[i].kind == FACT_DAY) {
            t->facts[i].taken = true;
            if (item->ready == DAY_NONE)
                item->ready = day_of_fact(&t->facts[i], intent);
        }
}

void text_items(struct text *t, struct reading *r)
{
    struct segment segments[READ_ITEMS_MAX];
    size_t n = text_segments(t, segments);
    r->n_items = n; /* take_place may add some */
    for (size_t i = 0; i < n; i++) {
        const struct segment *s = &segments[i];
        struct read_item *item = &r->items[i];
        const struct unit *per = NULL;
        item->commodity = s->commodity;
        t->goods_at[i] = s->commodity ? s->goods_at : TEXT_NOWHERE;
        take_attributes(t, s, item);
        take_days(t, s, r->intent, item);
        take_each(t, s, s->commodity, &per);
        take_quantity(t, s, item);
        take_unmeasured(t, s, item);
        take_price(t, s->from, s->to, r->intent, per, item);
        take_unit_of_price(item);
        take_unit_size(t, s, item);
        take_place(t, s->from, s->to, r, i);
    }
    if (r->intent == INTENT_PRICE) /* "bao nhieu 1 ky": one is what the price is for */
        for (size_t i = 0; i < r->n_items; i++)
            r->items[i].has_quantity = false;
    share(r);
    share_price(t, r);
}
