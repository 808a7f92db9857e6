/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers in figures and in words. */
#include "parsers/read/number.h"

#include <string.h>

#define DIGITS_MAX 13  /* figures of an amount: billions of đồng and thousandths still fit int64 */
#define PHONE_DIGITS 9 /* figures from which a whole number is no amount */

/* Splits "1.500,5" into its groups of figures; true when every group after the first has three. */
static bool in_thousands(struct slice text, size_t *groups, size_t *last)
{
    size_t run = 0, first = 0;
    bool threes = true;
    *groups = 1;
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] != '.' && text.at[i] != ',') {
            run++;
            continue;
        }
        if (*groups == 1)
            first = run;
        else
            threes = threes && run == 3;
        ++*groups;
        run = 0;
    }
    *last = run;
    return *groups > 1 && threes && run == 3 && first <= 3 && text.at[0] != '0';
}

/* The value of a number token and its tag. */
char read_digits(struct slice text, struct span *span)
{
    size_t groups, last, after = 0;
    bool thousands = in_thousands(text, &groups, &last), fraction = groups > 1 && !thousands;
    int64_t value = 0;
    span->digits = 0;
    for (size_t i = 0, group = 1; i < text.n; i++) {
        if (text.at[i] == '.' || text.at[i] == ',') {
            group++;
            continue;
        }
        if (++span->digits > DIGITS_MAX)
            return TAG_HUGE;
        value = value * 10 + (text.at[i] - '0');
        after += fraction && group == groups;
    }
    if (after > 3)
        return TAG_HUGE;
    static const int64_t scale[] = {1000, 100, 10, 1};
    span->milli = value * scale[after];
    if (fraction)
        return TAG_DECIMAL;
    if (thousands)
        return TAG_GROUPED;
    if (span->digits >= PHONE_DIGITS || (span->digits >= 3 && text.at[0] == '0'))
        return TAG_ZERO;
    return (char)(span->digits > 3 ? TAG_DIGIT_4 : '0' + span->digits);
}

/* ---- numbers in words ---- */

int number_word(const struct text *t, size_t i)
{
    const struct keyword *k = i < t->n_spans ? span_keyword(t, &t->spans[i], KW_NUMBER) : NULL;
    bool name = k && k->lang == LANG_EN && i + 1 < t->n_spans && span_has(&t->spans[i], KW_POLITE) &&
                span_has(&t->spans[i + 1], KW_POLITE);
    if (name) /* "a Chau" is somebody, and not one potted plant */
        return -1;
    return k ? (int)k->value : -1;
}

bool is_half_after(const struct text *t, size_t i)
{
    return i < t->n_spans && span_means(t, &t->spans[i], KW_HALF, "after");
}

bool measures(const struct text *t, size_t i)
{
    bool price_word = i < t->n_spans && span_means(t, &t->spans[i], KW_PRICE, "") && is_digits(t, i + 1);
    if (price_word) /* "100 chuc gia 110k" */
        return false;
    if (i >= t->n_spans)
        return false;
    const struct unit *unit = span_unit(t, &t->spans[i]);
    return (unit && unit->dimension != DIM_GRADE && unit->dimension != DIM_MONEY) ||
           span_keyword(t, &t->spans[i], KW_SCALE);
}

/* One step of a number in words: takes word i into total; false when the number ends before it. */
struct spelling {
    int64_t total;
    int open;  /* a digit waiting for mười or trăm; -1 = none */
    int scale; /* the last one: 100, 10 or 0 */
    bool zero; /* lẻ, linh */
};

static bool spell_step(const struct text *t, size_t i, struct spelling *s)
{
    int value = number_word(t, i);
    if (value < 0)
        return false;
    if (value >= 10) {
        if (s->scale && s->scale <= value)
            return false;
        s->total += (s->open < 0 ? 1 : s->open) * value;
        s->open = -1;
        s->scale = value;
        return true;
    }
    if (value == 0) {
        s->zero = true;
        return s->scale == 100;
    }
    if (s->open >= 0)
        return false;
    s->open = value;
    return true;
}

/* The value of the words: "tram hai" is 120, "hai muoi hai" 22, "tram ruoi" 150. */
static int64_t spell_end(const struct spelling *s)
{
    if (s->open < 0)
        return s->total;
    return s->total + s->open * (s->scale == 100 && !s->zero ? 10 : 1);
}

/* Is the number's last word (chục, trăm) the unit itself? Not before a weight, nor where it goes on "8 ngan"; fruit and
 * nuts have a chục of their own, of ten, twelve or fourteen. */
static bool ends_in_unit(const struct text *t, size_t from, size_t end, char before)
{
    const struct unit *unit = span_unit(t, &t->spans[end - 1]),
                      *next = end < t->n_spans ? span_unit(t, &t->spans[end]) : NULL;
    int value = number_word(t, end - 1);
    if (value < 10 || !unit)
        return false;
    if (end < t->n_spans && span_keyword(t, &t->spans[end], KW_SCALE))
        return false;
    bool pieces = next && next->dimension == DIM_COUNT && strcmp(next->code, "CON") != 0;
    return end - from == 1 || (value == 10 && pieces) || (!(before == TAG_SCALE && value == 100) && !measures(t, end));
}

/* The number in words that begins at span i; how many spans, 0 when it is none. A figure may come first: 2 chuc ky. */
size_t spelt_number(const struct text *t, size_t i, char before, int64_t *value)
{
    struct spelling s = {.open = -1};
    size_t end = i;
    while (end < t->n_spans && spell_step(t, end, &s))
        end++;
    if (end == i)
        return 0;
    bool half = s.scale == 100 && s.open < 0 && is_half_after(t, end);
    if (!half && ends_in_unit(t, i, end, before)) {
        if (end - i == 1)
            return 0;
        end--;
        s = (struct spelling){.open = -1};
        for (size_t k = i; k < end; k++)
            spell_step(t, k, &s);
    }
    *value = spell_end(&s);
    if (half) {
        *value += 50;
        end++;
    }
    return end - i;
}

/* A word of days, weeks or months from now: ba ngay nua, 三天后; but not "tu ngay". */
static bool counts_days(const struct text *t, size_t i)
{
    const struct keyword *word = i < t->n_spans ? span_keyword(t, &t->spans[i], KW_DATE) : NULL;
    bool ahead = i + 1 < t->n_spans && span_means(t, &t->spans[i + 1], KW_DATE, "ahead");
    return word && (ahead || word->lang == LANG_ZH);
}

/* "ba bon ngan": three or four thousand. */
static bool begins_range(const struct text *t, size_t i)
{
    int low = number_word(t, i), high = number_word(t, i + 1);
    return low > 0 && low < 9 && high == low + 1 && measures(t, i + 2);
}

bool weighs_head(const struct text *t, size_t i)
{
    const struct span *before = i ? &t->spans[i - 1] : NULL;
    if (before && before->tag == TAG_GOODS)
        return ((const struct goods *)before->commodity)->by_head;
    const struct unit *unit = before && (i < 2 || !tag_is_number(t->spans[i - 2].tag)) ? span_unit(t, before) : NULL;
    return unit && strcmp(unit->code, "CON") == 0;
}

/* The last word of an amount: "mot tan hai". */
static bool ends_amount(const struct text *t, size_t i, char before)
{
    bool spelt = before == TAG_UNIT && i > 1 && t->spans[i - 2].tag == TAG_SPELT &&
                 !span_is(&t->spans[i], SENSE_COMMODITY) && t->spans[i - 1].unit->dimension == DIM_MASS;
    return before == TAG_UNIT && (t->asked == ASK_QUANTITY || spelt || weighs_head(t, i - 1)) && !measures(t, i + 1) &&
           !is_digits(t, i + 1);
}

/* May the word be the tail of a price: "8 ngan mot"? English has no such tails: "8k a" says anh. */
static bool may_be_tail(const struct text *t, size_t i, char before)
{
    const struct keyword *word = span_keyword(t, &t->spans[i], KW_NUMBER);
    return before == TAG_SCALE && !(word && word->lang == LANG_EN);
}

/* "lam hu", "lam sao": làm before a piece or a field; as five by ear (năm, lăm) it stands before weights and scales. */
static bool is_doing(const struct text *t, size_t i)
{
    const struct unit *unit = i + 1 < t->n_spans ? span_unit(t, &t->spans[i + 1]) : NULL;
    return slice_is(token_of(t, i)->text, "lam") && unit && unit->dimension != DIM_MASS &&
           strcmp(unit->code, "CON") != 0;
}

/* A single word such as nam, ba, tam is a number only where one is due. */
bool number_due(const struct text *t, size_t i, size_t words, char before)
{
    if (words > 1 || (before && strchr("ogy", before))) /* thang bay, mung mot, 星期三 */
        return true;
    if (is_doing(t, i))
        return false;
    if (begins_range(t, i) || ends_amount(t, i, before) || is_half_after(t, i + 1))
        return true;
    if (i + 1 >= t->n_spans)
        return may_be_tail(t, i, before);
    if (counts_days(t, i + 1))
        return true;
    const struct unit *unit = span_unit(t, &t->spans[i + 1]);
    bool name = !t->spans[i + 1].senses && token_of(t, i + 1)->kind == TOKEN_WORD; /* "20k tam binh" */
    return (may_be_tail(t, i, before) && !name) || measures(t, i + 1) || (unit && unit->dimension == DIM_COUNT);
}
