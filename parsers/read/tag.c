/* SPDX-License-Identifier: Apache-2.0
 *
 * What each span does in an amount, decided by its senses and its neighbours. */
#include <string.h>

#include "parsers/read/number.h"
#include "parsers/read/tag_goods.h"
#include "parsers/read/tag_unit.h"

#define SMALL_FIGURES 3 /* figures of a number of tonnes */

/* ---- tags of words ---- */

struct rule {
    enum keyword_kind kind;
    const char *meaning; /* NULL = any */
    char tag;
};

/* co is a size's word (cỡ) where goods have sizes; else one has so many (có). */
static bool says_size(const struct text *t, const struct span *span)
{
    return t->sold.by_size || !span_has(span, KW_FILLER);
}

static char by_rules(const struct text *t, struct span *span, const struct rule *rules, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct keyword *k = span_keyword(t, span, rules[i].kind);
        if (rules[i].kind == KW_SIZE && !says_size(t, span))
            continue;
        if (k && (!rules[i].meaning || span_means(t, span, rules[i].kind, rules[i].meaning))) {
            span->keyword = k;
            return rules[i].tag;
        }
    }
    return '\0';
}

#define BY_RULES(t, span, rules) by_rules(t, span, rules, sizeof(rules) / sizeof *(rules))

static char unit_tag(struct span *span, const struct unit *unit)
{
    span->unit = unit;
    if (unit->dimension == DIM_MONEY)
        return unit->factor_milli == 1000 ? TAG_DONG : TAG_SCALE;
    if (unit->dimension == DIM_GRADE)
        return TAG_PER_KG;
    bool piece = strcmp(unit->code, "CON") == 0 || strcmp(unit->code, "PIECE") == 0;
    return piece ? TAG_CON : TAG_UNIT;
}

/* "1m6" is a length where goods are sold by it. */
static bool metres_here(const struct text *t, size_t i)
{
    return t->sold.by_metre && slice_is(token_of(t, i)->text, "m");
}

/* "bo" after a number is cattle or a bundle: goods when the text names no other. */
static bool goods_rather(const struct text *t, size_t i, const struct unit *unit)
{
    return unit->dimension == DIM_COUNT && span_is(&t->spans[i], SENSE_COMMODITY) && !has_other_goods(t, i);
}

/* Does a grade or size follow its word here: "size 30", "loai 1"? */
static bool grade_follows(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    return (span_has(span, KW_SIZE) || span_has(span, KW_GRADE)) && is_digits(t, i + 1) && !measures(t, i + 2);
}

/* "ao 1 size 60", "8500 loai 1": the figure before the word is of something else, no size has so many. */
static bool size_ahead(const struct text *t, size_t i)
{
    int digits = t->spans[i - 1].digits;
    bool price = digits > SMALL_FIGURES || (i > 1 && t->spans[i - 2].tag == TAG_PRICE);
    return grade_follows(t, i) && (price || (digits == 1 && span_has(&t->spans[i], KW_SIZE)));
}

/* "8500 qua 5 ngay nua": what stands before is no number of days. */
static bool days_follow(const struct text *t, size_t i, char before)
{
    bool amount =
        tag_is_number(before) ? t->spans[i - 1].digits >= SMALL_FIGURES : before == TAG_SCALE || before == TAG_TAIL;
    if (!amount || !span_has(&t->spans[i], KW_TO) || !is_digits(t, i + 1) || i + 2 >= t->n_spans)
        return false;
    const struct span *of = &t->spans[i + 2];
    return span_means(t, of, KW_DATE, "day") || span_means(t, of, KW_DATE, "week");
}

/* "8500 tang 100" has risen, "20 thang 11" is a day: no tonnes, no Khmer thang of paddy. Of that more than a year has
 * of months are told, or what one costs. */
static bool is_other_word(const struct text *t, size_t i, const struct unit *unit)
{
    const struct span *span = &t->spans[i];
    if (span_has(span, KW_TREND)) {
        bool scaled = i + 2 < t->n_spans && span_has(&t->spans[i + 2], KW_SCALE);
        bool priced = i > 1 && t->spans[i - 2].tag == TAG_PRICE;
        return t->spans[i - 1].digits > SMALL_FIGURES || (is_digits(t, i + 1) && (!scaled || priced));
    }
    if (!span_means(t, span, KW_DATE, "month"))
        return false;
    bool month = number_word(t, i + 1) > 0 || (is_digits(t, i + 1) && token_of(t, i + 1)->text.n <= 2);
    if (month && !measures(t, i + 2))
        return true;
    bool price = i > 1 && t->spans[i - 1].milli == 1000 && t->spans[i - 2].tag == TAG_SCALE;
    return !t->sold.by_unit[unit - t->lexicon->units] || !(price || t->spans[i - 1].milli > 12000);
}

static char tag_before_number(const struct text *t, struct span *span);

/* A word after a number. */
static char tag_after_number(const struct text *t, size_t i, struct span *span)
{
    static const struct rule first[] = {{KW_SCALE, NULL, TAG_SCALE}};
    static const struct rule then[] = {
        {KW_HALF, "after", TAG_RUOI},
        {KW_DATE, "lunar", TAG_LUNAR},
        {KW_DATE, "solar", TAG_SOLAR},
        {KW_DATE, "day", TAG_DAY},
        {KW_DATE, "week", TAG_WEEK},
        {KW_DATE, "month", TAG_MONTH},
        {KW_DATE, "ordinal", TAG_DAY},
        {KW_DATE, "year", TAG_YEAR},
        {KW_LUNAR_MONTH, NULL, TAG_LUNAR_MONTH},
        {KW_MONTH, NULL, TAG_MONTH_NAME},
        {KW_TO, NULL, TAG_TO},
        {KW_EACH, NULL, TAG_EACH},
        {KW_FLOOR, "after", TAG_BOUND_AFTER},
        {KW_CEILING, "after", TAG_BOUND_AFTER},
    };
    static const struct rule between[] = {{KW_TO, NULL, TAG_TO}};
    static const struct rule slang[] = {{KW_SLANG, NULL, TAG_SCALE}};
    char tag = asks_price(t) ? BY_RULES(t, span, slang) : '\0';
    if (tag)
        return tag;
    if (metres_here(t, i))
        return TAG_METRE;
    tag = BY_RULES(t, span, first);
    if (!tag && is_digits(t, i + 1)) /* toi is a range's word there, and not "from now" */
        tag = BY_RULES(t, span, between);
    if (tag)
        return tag;
    if (size_ahead(t, i))
        return span_has(span, KW_SIZE) ? TAG_SIZE : tag_before_number(t, span);
    const struct unit *unit = unit_sense(t, span, false);
    if (unit && !price_word_here(t, i, unit) && !goods_rather(t, i, unit) && !is_other_word(t, i, unit))
        return unit_tag(span, unit);
    if ((unit = unit_sense(t, span, true)) || (unit = unit_in_price_word(t, i)) || (unit = heads_in_place(t, i)))
        return unit_tag(span, unit);
    return BY_RULES(t, span, then);
}

/* "100kg tro len 58k": the bound of the unit before it, not of what follows. */
static char bound_after(const struct text *t, struct span *span)
{
    static const struct rule rules[] = {
        {KW_FLOOR, "after", TAG_BOUND_AFTER},
        {KW_CEILING, "after", TAG_BOUND_AFTER},
    };
    return BY_RULES(t, span, rules);
}

/* A unit not after a number: what a price is for, the first half of "tan ruoi", or what heads weigh at least: "30 con
 * ta tro len". */
static bool unit_due(const struct text *t, size_t i, char before)
{
    bool after_price = before == TAG_SLASH || before == TAG_EACH || before == TAG_SCALE || before == TAG_DONG ||
                       before == TAG_NUA || before == TAG_VAGUE || before == TAG_RUOI;
    bool bounded =
        before == TAG_CON && i + 1 < t->n_spans &&
        (span_means(t, &t->spans[i + 1], KW_FLOOR, "after") || span_means(t, &t->spans[i + 1], KW_CEILING, "after"));
    return after_price || bounded || is_half_after(t, i + 1);
}

/* A word before a number. */
static char tag_before_number(const struct text *t, struct span *span)
{
    static const struct rule rules[] = {
        {KW_PRICE, NULL, TAG_PRICE},
        {KW_CEILING, "", TAG_CEILING},
        {KW_FLOOR, "", TAG_FLOOR},
        {KW_SIZE, NULL, TAG_SIZE},
        {KW_ABOUT, NULL, TAG_ABOUT},
        {KW_GRADE, "", TAG_GRADE},
        {KW_DATE, "day", TAG_DAY},
        {KW_DATE, "month", TAG_MONTH},
        {KW_DATE, "weekday", TAG_WEEKDAY},
        {KW_DATE, "mung", TAG_MUNG},
        {KW_TO, NULL, TAG_TO},
        {KW_LISTING, NULL, TAG_LISTING},
        {KW_HALF, "before", TAG_NUA},
        {KW_DATE, "full moon", TAG_FULL_MOON},
        {KW_DATE, "ahead", TAG_AHEAD},
        {KW_DATE, "lunar", TAG_LUNAR},
        {KW_DATE, "year", TAG_YEAR},
        {KW_LUNAR_MONTH, NULL, TAG_LUNAR_MONTH},
        {KW_MONTH, NULL, TAG_MONTH_NAME},
        {KW_FILLER, "still", TAG_FILLER}, /* "gio con 2 tan": what is left, and no day */
    };
    return BY_RULES(t, span, rules);
}

/* A word before a number in words: thang bay, mung mot, khoang ba tan. */
static char tag_before_spelt(const struct text *t, size_t i, struct span *span)
{
    static const struct rule of_amount[] = {
        {KW_CEILING, "", TAG_CEILING},
        {KW_FLOOR, "", TAG_FLOOR},
        {KW_ABOUT, NULL, TAG_ABOUT},
    };
    bool amount = number_word(t, i + 2) >= 0 || measures(t, i + 2);
    char tag = amount ? BY_RULES(t, span, of_amount) : '\0';
    if (tag)
        return tag;
    static const struct rule rules[] = {
        {KW_DATE, "month", TAG_MONTH},           {KW_DATE, "mung", TAG_MUNG},
        {KW_DATE, "lunar", TAG_LUNAR},           {KW_DATE, "weekday", TAG_WEEKDAY},
        {KW_LUNAR_MONTH, NULL, TAG_LUNAR_MONTH},
    };
    return BY_RULES(t, span, rules);
}

/* A word beside no number. Intents stand after goods and places: they are looked for in the senses, not in the tags. */
static char tag_word(const struct text *t, struct span *span)
{
    static const struct rule rules[] = {
        {KW_FLOOR, "after", TAG_BOUND_AFTER},
        {KW_CEILING, "after", TAG_BOUND_AFTER},
        {KW_INTENT, NULL, TAG_INTENT},
        {KW_PRICE, NULL, TAG_PRICE},
        {KW_ASKING, NULL, TAG_ASKING},
        {KW_DAY, NULL, TAG_WHEN},
        {KW_VAGUE, NULL, TAG_VAGUE},
        {KW_CEILING, NULL, TAG_CEILING},
        {KW_HALF, "before", TAG_NUA},
        {KW_TREND, NULL, TAG_TREND},
        {KW_STATE, NULL, TAG_STATE},
        {KW_AT, NULL, TAG_AT},
        {KW_DATE, "full moon", TAG_FULL_MOON},
        {KW_GRADE, NULL, TAG_GRADE},
        {KW_EACH, NULL, TAG_EACH},
        {KW_SIZE, NULL, TAG_SIZE},
        {KW_DATE, "ahead", TAG_AHEAD},
        {KW_DATE, "lunar", TAG_LUNAR},
        {KW_LUNAR_MONTH, NULL, TAG_LUNAR_MONTH},
        {KW_MONTH, NULL, TAG_MONTH_NAME},
        {KW_TO, NULL, TAG_TO},
        {KW_FILLER, NULL, TAG_FILLER},
        {KW_OPEN_PRICE, NULL, TAG_FILLER},
    };
    char tag = BY_RULES(t, span, rules);
    return tag ? tag : TAG_OTHER;
}

static char tag_mark(const struct text *t, size_t i)
{
    static const struct {
        const char *mark;
        char tag;
    } marks[] = {
        {"/", TAG_SLASH},
        {"-", TAG_TO},
        {"~", TAG_ABOUT},
        {"\xE2\x80\x93", TAG_TO},
        {"<", TAG_CEILING},
        {">", TAG_FLOOR},
        {",", TAG_COMMA},
        {".", TAG_COMMA},
        {"(", TAG_COMMA},
        {")", TAG_COMMA},
        {";", TAG_STOP},
        {"+", TAG_STOP},
        {"&", TAG_STOP},
        {":", TAG_COLON},
        {"?", TAG_ASKING},
        {"!", TAG_COMMA},
        {"\"", TAG_COMMA},
        {"'", TAG_COMMA},
        {"*", TAG_COMMA},
        {"$", TAG_DONG},
        {"\xE2\x82\xAB", TAG_DONG},
        {"#", TAG_LISTING},
        {"=", TAG_PRICE},
        {"\xE3\x80\x82", TAG_COMMA},
        {"\xE3\x80\x81", TAG_COMMA},
        {"\xE1\x9F\x94", TAG_COMMA},
    };
    struct slice text = token_of(t, i)->text;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (*text.at == *marks[k].mark && slice_is(text, marks[k].mark))
            return marks[k].tag;
    return TAG_OTHER;
}

/* Is nothing else in the text but politeness and punctuation? `TC` alone is stop, in a text it is a district. */
static bool stands_alone(const struct text *t, size_t i)
{
    for (size_t k = 0; k < t->n_spans; k++) {
        enum token_kind kind = token_of(t, k)->kind;
        bool silent = kind == TOKEN_MARK || kind == TOKEN_BREAK || span_keyword(t, &t->spans[k], KW_POLITE);
        if (k != i && !silent)
            return false;
    }
    return true;
}

/* A short name such as la (Long An) that is a common word or a unit too is a place only after "ở". */
static bool is_place_here(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    bool price = span_keyword(t, span, KW_PRICE); /* giá lại, and Gia Lai */
    bool common = span_keyword(t, span, KW_FILLER) || span_keyword(t, span, KW_POLITE) || span_unit(t, span) ||
                  span_keyword(t, span, KW_ASKING) || span_keyword(t, span, KW_AT) || span_keyword(t, span, KW_OTHER);
    return (!price && (span->count > 1 || !common)) || (i > 0 && span_keyword(t, span - 1, KW_AT));
}

/* "sua tin 2 con 800kg": what is left of a listing, not its heads. */
static bool is_left_of_listing(const struct text *t, size_t i)
{
    return i > 1 && is_digits(t, i - 1) && number_here(t, i + 1) && !span_has(&t->spans[i], KW_SCALE) &&
           span_means(t, &t->spans[i], KW_FILLER, "") &&
           (t->spans[i - 2].tag == TAG_LISTING || span_means(t, &t->spans[i - 2], KW_INTENT, "edit"));
}

/* Millions or a unit of which there is one: trieu hai, tan hai. */
static char tag_of_one(const struct text *t, size_t i, struct span *span)
{
    static const struct rule scale[] = {{KW_SCALE, NULL, TAG_SCALE}};
    const struct keyword *k = span_keyword(t, span, KW_SCALE);
    bool due = t->asked == ASK_QUANTITY || (span_is(span, SENSE_UNIT) && weighs_head(t, i));
    if (!k && !due)
        return '\0';
    int next = number_word(t, i + 1);
    bool tail = next > 0 && next < 10 && !measures(t, i + 2);
    const struct unit *unit;
    if (k && k->value >= 1000 && (is_half_after(t, i + 1) || (tail && k->value >= 1000000)))
        return BY_RULES(t, span, scale);
    if (tail && due && (unit = unit_sense(t, span, false)) && unit->dimension == DIM_MASS)
        return unit_tag(span, unit);
    return '\0';
}

static char tag_known(const struct text *t, size_t i, char before)
{
    struct span *span = &t->spans[i];
    const struct sense *goods = span_sense(t, span, SENSE_COMMODITY), *place = span_sense(t, span, SENSE_PLACE);
    const struct unit *unit;
    char tag;
    if (is_left_of_listing(t, i))
        return tag_word(t, span);
    if (days_follow(t, i, before))
        return TAG_FILLER;
    if (tag_is_number(before) && (tag = tag_after_number(t, i, span)))
        return tag;
    if (span_has(span, KW_EACH) && !goods && i + 1 < t->n_spans && (unit = unit_sense(t, span + 1, false)) &&
        (unit->dimension == DIM_COUNT || strcmp(unit->code, "BAO") == 0) && !span_has(span, KW_NUMBER))
        return TAG_EACH; /* "moi con", which is "mới" as well */
    if (before && strchr("dWo", before) && span_means(t, span, KW_DATE, "ahead"))
        return TAG_AHEAD;
    if ((before == TAG_UNIT || before == TAG_CON) && (tag = bound_after(t, span)))
        return tag;
    if (is_half_after(t, i) && (before == TAG_SCALE || before == TAG_UNIT || before == TAG_CON))
        return TAG_RUOI;
    if (span_is(span, SENSE_UNIT) && (unit = container(t, i)))
        return unit_tag(span, unit);
    if (!(goods && before == TAG_CON) && weighs_one(t, i, before)) /* "2 con bo 300kg": cattle, no bundle */
        return TAG_HEAD;
    if (!goods && !tag_is_number(before) && (tag = tag_of_one(t, i, span)))
        return tag;
    if (unit_due(t, i, before) && (unit = unit_sense(t, span, false)) &&
        !(unit->dimension == DIM_GRADE && grade_follows(t, i)) &&
        !(goods && !is_half_after(t, i + 1) && span->count > 1))
        return unit_tag(span, unit);
    if (before == TAG_SCALE && span_keyword(t, span, KW_SCALE) && span_keyword(t, span, KW_SCALE)->value > 1) {
        unit = unit_sense(t, span, true);
        if (unit && unit->factor_milli == 1000)
            return unit_tag(span, unit);
    }
    bool only = goods && (span->count > 1 || is_offered(t, i));
    if (is_digits(t, i + 1) && !only && (tag = tag_before_number(t, span)))
        return tag;
    if (number_word(t, i + 1) > 0 && !goods && (tag = tag_before_spelt(t, i, span)))
        return tag;
    if (place && is_place_here(t, i) && !(span_keyword(t, span, KW_INTENT) && stands_alone(t, i))) {
        span->place = place->place;
        return TAG_PLACE;
    }
    if (goods)
        return tag_goods(span, goods);
    if ((unit = unit_sense(t, span, false)) && unit_of_size(t->lexicon, unit))
        return unit_tag(span, unit);
    if ((unit = unit_sense(t, span, true)) && before == TAG_SCALE && unit->factor_milli == 1000)
        return unit_tag(span, unit);
    return tag_word(t, span);
}

/* Makes one span of the words of a number. */
static void join_spelt(struct text *t, size_t i, size_t n, int64_t value)
{
    t->spans[i].count += t->spans[i + n - 1].first + t->spans[i + n - 1].count - t->spans[i].first - t->spans[i].count;
    t->spans[i].senses = NULL;
    t->spans[i].kinds = 0;
    t->spans[i].milli = value * 1000;
    t->spans[i].digits = value >= 100 ? 3 : value >= 10 ? 2 : 1;
    memmove(&t->spans[i + 1], &t->spans[i + n], (t->n_spans - i - n) * sizeof *t->spans);
    t->n_spans -= n - 1;
}

/* A figure with chục or trăm before a unit or thousands: 2 chuc ky, 6 chuc ngan. */
static bool multiplies(const struct text *t, size_t i)
{
    int value = number_word(t, i + 1);
    const struct keyword *scale = i + 2 < t->n_spans ? span_keyword(t, &t->spans[i + 2], KW_SCALE) : NULL;
    if (value >= 10 && scale && scale->value >= 1000 && t->spans[i].milli < 10000)
        return true;
    return value >= 10 && measures(t, i + 2) && i + 2 < t->n_spans && !span_keyword(t, &t->spans[i + 2], KW_SCALE) &&
           span_unit(t, &t->spans[i + 2])->dimension == DIM_MASS;
}

/* "8 500" in an answer, where one amount is due. */
static bool in_groups(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    return t->asked != ASK_NOTHING && span->milli && span->milli < 1000000 && span->milli % 1000 == 0 &&
           is_digits(t, i + 1) && !t->spans[i + 1].glued && token_of(t, i + 1)->text.n == 3 &&
           !memchr(token_of(t, i + 1)->text.at, '.', 3) && !memchr(token_of(t, i + 1)->text.at, ',', 3);
}

/* The 5 of 8k5, 2t5: a figure glued to a scale or unit, that begins no amount of its own. */
static bool is_tail(const struct text *t, size_t i, char before)
{
    const struct span *span = &t->spans[i];
    bool own = i + 1 < t->n_spans && t->spans[i + 1].glued && measures(t, i + 1);
    return span->glued && (before == TAG_SCALE || before == TAG_UNIT) && span->digits <= 3 && span->milli % 1000 == 0 &&
           !own;
}

static char tag_one(struct text *t, size_t i)
{
    struct span *span = &t->spans[i];
    char before = i ? t->spans[i - 1].tag : '\0';
    enum token_kind kind = token_of(t, i)->kind;
    if (kind == TOKEN_BREAK)
        return TAG_STOP;
    if (kind == TOKEN_MARK && !span->senses)
        return tag_mark(t, i);
    if (is_digits(t, i)) {
        if (variety_number(t, i))
            return tag_goods(span, span_sense(t, span, SENSE_COMMODITY));
        char tag = read_digits(token_of(t, i)->text, span);
        if (in_groups(t, i)) {
            int64_t thousands = span->milli;
            read_digits(token_of(t, i + 1)->text, span);
            join_spelt(t, i, 2, thousands + span->milli / 1000);
            return TAG_GROUPED;
        }
        if (multiplies(t, i)) {
            span->milli *= number_word(t, i + 1);
            join_spelt(t, i, 2, span->milli / 1000);
        } else if (is_tail(t, i, before))
            return TAG_TAIL;
        return is_each(t, i) ? TAG_EACH : tag;
    }
    int64_t value;
    size_t words = spelt_number(t, i, before, &value);
    if (words && number_due(t, i, words, before)) {
        join_spelt(t, i, words, value);
        return is_each(t, i) ? TAG_EACH : TAG_SPELT;
    }
    return span->senses ? tag_known(t, i, before) : TAG_OTHER;
}

/* Goods named by a word of several meanings hold only when no other goods are named, and then the likeliest. */
static void drop_weak_goods(struct text *t)
{
    size_t likeliest = weigh_goods(t);
    for (size_t i = 0; i < t->n_spans; i++)
        if (t->spans[i].tag == TAG_GOODS && t->spans[i].weak && i != likeliest) {
            t->spans[i].tag = tag_word(t, &t->spans[i]);
            t->spans[i].commodity = NULL;
        }
}

void text_tag(struct text *t)
{
    find_sold(t);
    for (size_t i = 0; i < t->n_spans; i++)
        t->spans[i].tag = tag_one(t, i);
    drop_weak_goods(t);
    t->tags = arena_alloc(t->arena, t->n_spans + 1);
    for (size_t i = 0; i < t->n_spans; i++)
        t->tags[i] = t->spans[i].tag;
}
