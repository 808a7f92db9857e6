/* SPDX-License-Identifier: Apache-2.0
 *
 * Which place a name means, and which of several names the item is at. */
#include <string.h>

#include "parsers/read/items.h"
#include "parsers/read/listing.h"

/* The places one name may mean. */
struct candidates {
    const struct place *places[READ_CHOICES_MAX];
    size_t n;
    bool certain; /* by a form of its own, not one that fits several */
};

static bool is_successor(const struct place *new, const struct place *old)
{
    for (size_t i = 0; i < old->n_successors; i++)
        if (old->successors[i] == new)
            return true;
    return false;
}

/* Are the two as good as the same: the old unit and the new of its name, or two that became one? */
bool places_alike(const struct place *a, const struct place *b)
{
    if (!a || !b)
        return false;
    return a == b || is_successor(a, b) || is_successor(b, a) || place_within(a, b) || place_within(b, a) ||
           (a->level == PLACE_COMMUNE && b->level == PLACE_COMMUNE && a->successor && a->successor == b->successor);
}

static void add_candidate(struct candidates *c, const struct place *place)
{
    for (size_t i = 0; i < c->n; i++)
        if (places_alike(c->places[i], place))
            return;
    if (c->n < READ_CHOICES_MAX)
        c->places[c->n++] = place;
}

static struct candidates candidates_of(const struct text *t, const struct span *span)
{
    struct candidates c = {.n = 0};
    for (int ambiguous = 0; ambiguous < 2 && c.n == 0; ambiguous++) {
        c.certain = !ambiguous;
        for (const struct sense *s = span->senses; s; s = s->next)
            if (s->kind == SENSE_PLACE && s->ambiguous == ambiguous && sense_agrees(t, span, s))
                add_candidate(&c, s->place);
    }
    return c;
}

/* The one candidate that a known place speaks for: the one it lies in, or that lies in it. NULL when there are several.
 */
static const struct place *one_near(const struct candidates *c, const struct place *known)
{
    const struct place *found = NULL;
    for (size_t i = 0; known && i < c->n; i++)
        if (place_within(known, c->places[i]) || place_within(c->places[i], known)) {
            if (found)
                return NULL;
            found = c->places[i];
        }
    return found;
}

static bool any_within(const struct candidates *c, const struct place *area)
{
    for (size_t i = 0; i < c->n; i++)
        if (place_within(c->places[i], area))
            return true;
    return false;
}

/* The place a name means; NULL when it must be asked. */
static const struct place *settle_name(const struct text *t, const struct candidates *c)
{
    if (c->n == 1 && c->certain)
        return c->places[0];
    return one_near(c, t->context->home);
}

/* "thuong lai can tho": where the writer comes from. */
static bool after_trader(const struct text *t, size_t span)
{
    return span > 0 && span_keyword(t, &t->spans[span - 1], KW_TRADER);
}

static bool after_at(const struct text *t, size_t span)
{
    return span > 0 && t->tags[span - 1] == TAG_AT;
}

static void set_unclear(struct reading *r, size_t index, const struct place *const *places, size_t n)
{
    r->items[index].place = NULL;
    r->items[index].place_unclear = true;
    r->ask = ASK_PLACE;
    r->asked_item = index;
    r->n_choices = n;
    for (size_t i = 0; i < n; i++)
        r->choices[i].place = places[i];
}

/* A second place for the same goods: another question of the same kind, when both are places of one sort. */
static bool add_item(struct text *t, struct reading *r, size_t index, const struct place *place)
{
    struct read_item *item = &r->items[index];
    if ((r->intent != INTENT_PRICE && r->intent != INTENT_MATCH) || r->n_items == READ_ITEMS_MAX ||
        item->place->level != place->level)
        return false;
    t->goods_at[r->n_items] = TEXT_NOWHERE;
    r->items[r->n_items] = *item;
    r->items[r->n_items++].place = place;
    return true;
}

/* "chau thanh ben tre": a district we do not have, in a province we know. */
static bool is_elsewhere(const struct place *named, const struct place *province)
{
    return province->level == PLACE_PROVINCE && named->level > PLACE_PROVINCE;
}

static size_t names_of(const struct text *t, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_facts; i++)
        n += t->facts[i].kind == FACT_PLACE && t->facts[i].from >= from && t->facts[i].from < to;
    return n;
}

/* A word that no phrase of the lexicon takes, and no listing's code. */
static bool is_unknown(const struct text *t, size_t i)
{
    return i < t->n_spans && t->tags[i] == TAG_OTHER && !t->spans[i].senses &&
           t->tokens[t->spans[i].first].kind == TOKEN_WORD && !span_is_code(t, i);
}

/* "o tam phuoc", "tai tan quoi": half of a name we do not know may be a number, a unit, a form of address. */
static bool begins_name(const struct text *t, size_t i)
{
    if (i >= t->n_spans || t->spans[i].count > 1 || t->spans[i].glued || span_has(&t->spans[i], KW_TRADER))
        return false;
    bool amount = span_has(&t->spans[i], KW_NUMBER) || span_is(&t->spans[i], SENSE_UNIT);
    return strchr("xucw", t->tags[i]) || (t->tags[i] == TAG_FILLER && amount);
}

bool names_unknown_place(const struct text *t)
{
    if (names_of(t, 0, t->n_spans) > 0)
        return false;
    for (size_t i = 0; i < t->n_spans; i++) {
        if (!span_means(t, &t->spans[i], KW_INTENT, "place") && !span_means(t, &t->spans[i], KW_OTHER, "where"))
            continue;
        size_t name = i + 1;
        while (name < t->n_spans && (span_means(t, &t->spans[name], KW_OTHER, "where") ||
                                     span_means(t, &t->spans[name], KW_OTHER, "where within")))
            name++;
        if (is_unknown(t, name) || (begins_name(t, name) && is_unknown(t, name + 1)))
            return true;
    }
    return false;
}

void take_place(struct text *t, size_t from, size_t to, struct reading *r, size_t index)
{
    struct read_item *item = &r->items[index];
    struct candidates open = {.n = 0}; /* of the name that fits several */
    size_t at = 0;                     /* span after the last name taken */
    bool by_at = false;
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        if (f->kind != FACT_PLACE || f->taken || f->from < from || f->from >= to)
            continue;
        f->taken = true;
        if (after_trader(t, f->from) && names_of(t, from, to) > 1)
            continue;
        struct candidates c = candidates_of(t, &t->spans[f->from]);
        const struct place *place = settle_name(t, &c);
        bool adjacent = at && f->from - at <= 1;
        if (!place)
            place = one_near(&c, item->place);
        if (!place && (!item->place || any_within(&c, item->place))) {
            set_unclear(r, index, c.places, c.n);
            open = c;
        } else if (place && item->place_unclear) {
            const struct place *one = one_near(&open, place);
            if (one) {
                item->place = place_within(place, one) ? place : one;
                item->place_unclear = false;
                r->ask = ASK_NOTHING;
                r->n_choices = 0;
            }
        } else if (place && (!item->place || place_within(place, item->place) ||
                             (!adjacent && after_at(t, f->from) && !by_at && r->intent != INTENT_PRICE))) {
            item->place = place;
            by_at = after_at(t, f->from);
        } else if (place && item->place && adjacent && is_elsewhere(item->place, place) &&
                   !(r->intent == INTENT_SELL || r->intent == INTENT_BUY)) {
            item->place = place;
        } else if (place && item->place && !places_alike(item->place, place) && !(by_at && !adjacent) &&
                   !add_item(t, r, index, place))
            set_unclear(r, index, (const struct place *const[]){item->place, place}, 2);
        at = f->to;
    }
    if (!item->place && !item->place_unclear && names_unknown_place(t))
        set_unclear(r, index, NULL, 0);
}
