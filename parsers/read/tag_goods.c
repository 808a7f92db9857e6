/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/tag_goods.h"

#include <string.h>

#include "parsers/read/number.h"
#include "parsers/read/segments.h"

#define VARIETY_DIGITS 3 /* fewer figures are an amount, whatever they name */

static char tag_at(const struct text *t, size_t i)
{
    return i < t->n_spans ? t->spans[i].tag : '\0';
}

char tag_goods(struct span *span, const struct sense *sense)
{
    span->commodity = sense->commodity;
    span->weak = span_has(span, KW_FILLER);
    return TAG_GOODS;
}

static const struct commodity *sure_goods(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    const struct sense *s =
        span_has(span, KW_FILLER) || span->tag == TAG_UNIT ? NULL : span_sense(t, span, SENSE_COMMODITY);
    return s ? s->commodity : NULL;
}

bool has_other_goods(const struct text *t, size_t i)
{
    for (size_t k = 0; k < t->n_spans; k++)
        if (k != i && sure_goods(t, k))
            return true;
    return false;
}

/* Does the text name none but these goods, what they are a kind of and its other kinds? */
static bool names_kinds_of(const struct text *t, size_t i, const struct commodity *goods)
{
    for (size_t k = 0; k < t->n_spans; k++) {
        const struct commodity *other = k == i ? NULL : sure_goods(t, k);
        if (other && !is_ancestor(other, goods) && other->parent != goods->parent)
            return false;
    }
    return true;
}

/* còn and giá after a number are read as its unit, unless the amount follows: "5451 con 25 bao", "504 gia 6500". */
static bool begins_amount(const struct text *t, size_t i)
{
    const struct unit *unit = i < t->n_spans ? span_unit(t, &t->spans[i]) : NULL;
    return unit && (unit->dimension == DIM_COUNT || span_has(&t->spans[i], KW_PRICE)) &&
           span_has(&t->spans[i], KW_FILLER) + span_has(&t->spans[i], KW_PRICE) && is_digits(t, i + 1);
}

bool variety_number(const struct text *t, size_t i)
{
    const struct sense *named = span_sense(t, &t->spans[i], SENSE_COMMODITY);
    if (!named || i + 1 == t->n_spans || (measures(t, i + 1) && !begins_amount(t, i + 1)))
        return false;
    char before = i ? t->spans[i - 1].tag : '\0';
    if (i == 0 || (i == 1 && (before == TAG_INTENT || before == TAG_PRICE)))
        return true;
    bool amount = is_digits(t, i + 1) || begins_amount(t, i + 1) ||
                  (number_word(t, i + 1) > 0 && measures(t, i + 2));                      /* "504 bon tan" */
    bool asked = before == TAG_GOODS && span_means(t, &t->spans[i + 1], KW_PRICE, "ask"); /* "lua 5451 gia nhieu" */
    return token_of(t, i)->text.n >= VARIETY_DIGITS && (amount || asked) && strchr("ICf,;:x", before) &&
           names_kinds_of(t, i, named->commodity);
}

/* A verb of trade; the tag alone says intent of the weather too. */
static bool is_verb(const struct text *t, size_t i)
{
    return t->spans[i].tag == TAG_INTENT &&
           (span_means(t, &t->spans[i], KW_INTENT, "sell") || span_means(t, &t->spans[i], KW_INTENT, "buy"));
}

/* "mua so 80-100 con", "ban so 50 ky": goods that are a number's word too, as what follows is no listing's number. */
static bool is_no_listing(const struct text *t, size_t i)
{
    return span_has(&t->spans[i], KW_LISTING) && i + 2 < t->n_spans &&
           (measures(t, i + 2) || slice_is(token_of(t, i + 2)->text, "-"));
}

bool is_offered(const struct text *t, size_t i)
{
    bool verb = i > 0 && is_verb(t, i - 1) && (span_has(&t->spans[i], KW_ABOUT) || is_no_listing(t, i));
    return (span_has(&t->spans[i], KW_PRICE) || verb) && !has_other_goods(t, i);
}

/* "cam nuoi heo", "rom cho bo": what the goods before are for, not what is dealt in. */
static bool is_purpose(const struct text *t, size_t i)
{
    return i > 1 && t->spans[i - 2].tag == TAG_GOODS && span_means(t, &t->spans[i - 1], KW_OTHER, "for");
}

/* A comma, or và. */
static bool joins(const struct text *t, size_t i)
{
    return tag_at(t, i) == TAG_COMMA || (i < t->n_spans && span_means(t, &t->spans[i], KW_OTHER, "and"));
}

/* "tom su, cua duyen hai", "cua, ghe hom nay", "mua cua va ghe": one of a list of goods. */
static bool is_listed(const struct text *t, size_t i)
{
    char after = tag_at(t, i + 1);
    bool last = i > 1 && joins(t, i - 1) && tag_at(t, i - 2) == TAG_GOODS;
    bool first = (i == 0 || strchr("Ip,;:", tag_at(t, i - 1))) && joins(t, i + 1) && tag_at(t, i + 2) == TAG_GOODS;
    bool priced = i > 1 && tag_is_number(tag_at(t, i - 1)) && tag_at(t, i - 2) == TAG_GOODS && tag_is_number(after);
    bool pair = t->spans[i].weak && ((tag_at(t, i - 1) == TAG_PRICE && after == TAG_GOODS && t->spans[i + 1].weak) ||
                                     (i > 1 && tag_at(t, i - 2) == TAG_PRICE && tag_at(t, i - 1) == TAG_GOODS &&
                                      span_has(&t->spans[i - 1], KW_FILLER) && (!after || strchr("PDQ", after))));
    return first || priced || (i > 0 && pair) || (last && (!after || strchr(",;PADQ", after)));
}

/* "3 con bo 18tr": heads of it; but not "3 con de ban". */
static bool is_counted_goods(const struct text *t, size_t i)
{
    char after = tag_at(t, i + 1);
    return i > 1 && tag_at(t, i - 1) == TAG_CON && tag_is_number(tag_at(t, i - 2)) &&
           (!after || tag_is_number(after) || strchr(",;Pp", after));
}

/* "chom chom 2 tan, 1 tan nhan": after an amount that a separator begins. */
static bool is_measured_goods(const struct text *t, size_t i)
{
    char after = tag_at(t, i + 1);
    return i > 2 && tag_at(t, i - 1) == TAG_UNIT && tag_is_number(tag_at(t, i - 2)) &&
           (strchr(",;", tag_at(t, i - 3)) || is_verb(t, i - 3) ||
            (tag_at(t, i - 3) == TAG_FILLER && tag_is_number(after))) && /* "con 300 ky bau 6k" */
           (!after || tag_is_number(after) || strchr(",;p", after));
}

/* With all tags known: does a weak word stand where goods do? */
static bool stands_as_goods(const struct text *t, size_t i)
{
    bool opens = i == 0 || is_verb(t, i - 1) || joins(t, i - 1) || strchr(";:p", tag_at(t, i - 1));
    bool one = t->spans[i].count == 1; /* a crop's name is of several, and says more than its goods */
    return (one && opens && tag_is_number(tag_at(t, i + 1))) || is_listed(t, i) || is_counted_goods(t, i) ||
           is_measured_goods(t, i);
}

/* "thong tin cua toi": of somebody, where nobody trades in it. */
static bool is_possessive(const struct text *t, size_t i)
{
    return i > 0 && i + 1 < t->n_spans && span_means(t, &t->spans[i], KW_FILLER, "of") &&
           span_means(t, &t->spans[i + 1], KW_POLITE, "address") && !is_verb(t, i - 1) &&
           t->spans[i - 1].tag != TAG_PRICE && !tag_is_number(tag_at(t, i + 2));
}

bool in_another_phrase(const struct text *t, size_t i)
{
    char before = i ? tag_at(t, i - 1) : '\0', after = tag_at(t, i + 1);
    if (after == TAG_LISTING || is_possessive(t, i)) /* "da ban 1 tan cua tin 2" */
        return true;
    if (t->spans[i].count > 1 || !before || tag_is_number(after) || (after && strchr("Gzpl", after)))
        return false;
    if (before == TAG_INTENT)
        return span_means(t, &t->spans[i - 1], KW_INTENT, "weather") && !is_verb(t, i - 1);
    bool called = span_has(&t->spans[i], KW_POLITE); /* "co giao oi" */
    bool asked = i + 1 < t->n_spans && span_means(t, &t->spans[i + 1], KW_ASKING, "amount");
    bool offered = i + 1 < t->n_spans && is_verb(t, i + 1);
    bool filler = before == TAG_FILLER && !span_means(t, &t->spans[i - 1], KW_FILLER, "plot"); /* "2 ao the" */
    return (before == TAG_OTHER || filler) && (offered ? called : !asked);
}

/* "500 ky mit", "mit 8k", "mit gia 8k": and not "nhan tien mat". */
static bool is_beside_amount(const struct text *t, size_t i)
{
    char before = i ? tag_at(t, i - 1) : '\0', after = tag_at(t, i + 1);
    bool measured = i > 1 && (before == TAG_UNIT || before == TAG_CON) && tag_is_number(tag_at(t, i - 2));
    return measured || tag_is_number(after) || (after == TAG_PRICE && tag_is_number(tag_at(t, i + 2)));
}

/* Of the weak words the one that is goods if any is; the number of spans when none is. */
static size_t likeliest_goods(const struct text *t)
{
    size_t first = t->n_spans;
    for (size_t i = 0; i < t->n_spans; i++) {
        if (t->spans[i].tag != TAG_GOODS || !t->spans[i].weak || (!is_purpose(t, i) && in_another_phrase(t, i)))
            continue;
        if (is_beside_amount(t, i))
            return i;
        if (first == t->n_spans)
            first = i;
    }
    return first;
}

size_t weigh_goods(struct text *t)
{
    bool strong = false;
    for (size_t i = 0; i < t->n_spans; i++) {
        bool purpose = t->spans[i].tag == TAG_GOODS && is_purpose(t, i);
        if (purpose || (t->spans[i].weak && stands_as_goods(t, i)))
            t->spans[i].weak = purpose;
        strong = strong || (t->spans[i].tag == TAG_GOODS && !t->spans[i].weak);
    }
    return strong ? t->n_spans : likeliest_goods(t);
}
