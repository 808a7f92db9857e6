/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/doubt.h"

#include <string.h>

#include "parsers/read/command.h"
#include "parsers/read/listing.h"
#include "parsers/read/plausible.h"

#define UNKNOWN_WORDS_MAX 4 /* in an offer that is understood */
#define NUMBER_MIN 100000   /* thousandths: a smaller number may be of a house, a grade, an age */
#define WORD_MAX 9          /* letters: a longer word is several, of Vietnamese */

static char tag_at(const struct text *t, size_t i)
{
    return i < t->n_spans ? t->tags[i] : '\0';
}

/* A word that no phrase of the lexicon takes. */
static inline bool is_unknown(const struct text *t, size_t i)
{
    return i < t->n_spans && t->tags[i] == TAG_OTHER && !t->spans[i].senses &&
           t->tokens[t->spans[i].first].kind == TOKEN_WORD;
}

/* ---- of data ---- */

/* What a word may mean by itself. */
static uint64_t kinds_of_word(const struct text *t, size_t token)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, t->words[token]);
    return node ? phrases_kinds(p, node) : 0;
}

/* Is each word of the span, taken alone, a word of everyday speech? Written with marks none is. */
static bool of_common_words(const struct text *t, const struct span *span)
{
    for (size_t i = span->first; i < span->first + span->count; i++)
        if (t->tokens[i].marks || !(kinds_of_word(t, i) & KIND_BIT(SENSE_KEYWORD)))
            return false;
    return true;
}

/* "con co 3 con bo", "nha con co 5 bao": a person, and có. */
static bool says_who_has(const struct text *t, const struct span *span)
{
    uint64_t has = kinds_of_word(t, span->first + span->count - 1);
    return (kinds_of_word(t, span->first) & KEYWORD_BIT(KW_POLITE)) && (has & KEYWORD_BIT(KW_ANSWER)) &&
           (has & KEYWORD_BIT(KW_FILLER));
}

/* "con co 3 con bo", "em con da loc 20 ky tom", "hoa loi nhuan thap qua". */
static bool place_of_common_words(const struct text *t, const struct fact *f)
{
    const struct span *span = &t->spans[f->from];
    char before = f->from ? t->tags[f->from - 1] : TAG_STOP, after = tag_at(t, f->to);
    bool small = f->place->level == PLACE_COMMUNE || f->place->level == PLACE_MARKET;      /* others are known to all */
    bool named = before == TAG_AT || (kinds_of_word(t, span->first) & KEYWORD_BIT(KW_AT)); /* xa My Cam */
    if (!small || named || !of_common_words(t, span))
        return false;
    if (tag_is_number(after) && says_who_has(t, span))
        return true;
    if (!strchr(",;:f", before))
        return false;
    return tag_is_number(after)
               ? before == TAG_FILLER
               : is_unknown(t, f->to) || (after == TAG_FILLER && !span_has(&t->spans[f->to], KW_ANSWER));
}

/* "moi con ta mot": a hundred and ten kilos, not in two days; "om mot tam": eighteen. */
static bool day_by_figure(const struct text *t, const struct fact *f)
{
    const struct span *span = &t->spans[f->from];
    if (f->to - f->from > 1 || !span_has(span, KW_NUMBER))
        return false;
    bool after_unit = f->from > 0 && !strchr("uck", t->tags[f->from - 1]) && span_is(span - 1, SENSE_UNIT);
    return after_unit || (f->to < t->n_spans && span_has(span + 1, KW_NUMBER));
}

/* "chay 20 ngay", "tom 75 ngay"; 25日 and 25th are dates, and "them 10 ngay cho tin 1" has a meaning of its own. */
static bool days_counted(const struct text *t, const struct fact *f)
{
    const struct keyword *k = f->to - f->from == 2 ? t->spans[f->to - 1].keyword : NULL;
    return names_goods(t) && tag_is_number(t->tags[f->from]) && k && t->tags[f->to - 1] == TAG_DAY &&
           k->lang != LANG_ZH && strcmp(k->meaning, "day") == 0;
}

/* "ten toi la Nguyen Van Lua", "em ten Mai": what follows the word for a name, and unknown words, is one. */
static bool of_a_name(const struct text *t, const struct fact *f)
{
    size_t i = f->from;
    while (i > 0 && (is_unknown(t, i - 1) || span_means(t, &t->spans[i - 1], KW_FILLER, "surname")))
        i--;
    return i > 0 && names_person(t, i - 1);
}

static const struct {
    enum doubt doubt;
    enum fact_kind kind;
    bool (*holds)(const struct text *t, const struct fact *f);
} data[] = {
    {DOUBT_PLACE_OF_COMMON_WORDS, FACT_PLACE, place_of_common_words},
    {DOUBT_DAY_BY_FIGURE, FACT_DAY, day_by_figure},
    {DOUBT_DAYS_COUNTED, FACT_DAY, days_counted},
    {DOUBT_OF_A_NAME, FACT_GOODS, of_a_name},
    {DOUBT_OF_A_NAME, FACT_DAY, of_a_name},
};

void text_doubt(struct text *t)
{
    for (size_t i = 0; i < t->n_facts; i++)
        for (size_t k = 0; k < sizeof data / sizeof *data; k++)
            if (t->facts[i].kind == data[k].kind && data[k].holds(t, &t->facts[i])) {
                t->facts[i].kind = FACT_DOUBTED;
                t->facts[i].doubt = data[k].doubt;
            }
}

/* ---- of readings ---- */

/* What is doubted: a text, what was made of it, and the item the doubt is about. */
struct doubted {
    const struct text *t;
    const struct wants *w;
    struct reading *r;
    size_t item;
};

/* "cua bién": is the word after the goods the rest of a longer name of theirs, but for its marks? */
static bool rest_of_name(const struct text *t, size_t at, const struct commodity *c)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = PHRASE_ROOT;
    size_t end = t->spans[at].first + t->spans[at].count;
    for (size_t i = t->spans[at].first; i <= end && (node || i == t->spans[at].first); i++)
        node = phrases_step(p, node, t->words[i]);
    for (const struct sense *s = node ? phrases_senses(p, node) : NULL; s; s = s->next)
        if (s->kind == SENSE_COMMODITY && s->commodity == c)
            return true;
    return false;
}

/* "lua om mot tam": goods that have kinds, and a word that begins the name of something but went without the rest. */
static bool part_of_name(const struct doubted *d)
{
    size_t at = d->t->goods_at[d->item] == TEXT_NOWHERE ? d->t->n_spans : d->t->goods_at[d->item];
    const struct commodity *c = d->r->items[d->item].commodity;
    if (at == d->t->n_spans || d->t->spans[at].commodity != c || !((const struct goods *)c)->has_kinds ||
        !is_unknown(d->t, at + 1) || rest_of_name(d->t, at, c))
        return false;
    return phrases_step(d->t->lexicon->phrases, PHRASE_ROOT, d->t->words[d->t->spans[at + 1].first]) != 0;
}

/* "mud crab with roe", "榴莲2吨 金枕": a word of another language that may say which kind, wherever it stands. */
static bool foreign_word(const struct doubted *d)
{
    const struct text *t = d->t;
    if (d->r->script == LANG_VI || !((const struct goods *)d->r->items[d->item].commodity)->has_kinds)
        return false;
    for (size_t i = 0; i < t->n_spans; i++) {
        enum token_kind kind = t->tokens[t->spans[i].first].kind;
        if (t->tags[i] == TAG_OTHER && !t->spans[i].senses && (kind == TOKEN_WORD || kind == TOKEN_SIGN))
            return true;
    }
    return false;
}

/* "dung gui tieng khmer": of one language, not of all. */
static bool names_language(const struct doubted *d)
{
    return d->w->language || d->w->language_refused;
}

/* Are the goods told by weight or by volume, and never are so? Or what grows as stems by the piece, as things made of
 * it are? */
static bool is_odd(const struct commodity *c, const struct unit *unit)
{
    const struct goods *goods = (const struct goods *)c;
    if (unit && strcmp(c->unit->code, "CAY") == 0 && strcmp(unit->code, "PIECE") == 0)
        return true;
    bool measured = unit && (unit->dimension == DIM_MASS || unit->dimension == DIM_VOLUME) && unit->factor_milli;
    bool usual = !measured || unit->dimension == c->unit->dimension || unit->dimension == c->price_unit->dimension;
    for (size_t i = 0; i < goods->n_alt && !usual; i++)
        usual = unit->dimension == goods->alt[i].unit->dimension;
    return !usual;
}

static bool measure(const struct doubted *d)
{
    const struct read_item *item = &d->r->items[d->item];
    bool priced = item->price_low || item->price_high;
    return (item->has_quantity && is_odd(item->commodity, item->unit)) ||
           (priced && is_odd(item->commodity, item->price_unit));
}

/* "lua: 504 bon tan", "om18 ..., 504": paddy of a variety that was not taken for one. */
static bool variety(const struct doubted *d)
{
    for (size_t i = 0; i < d->t->n_facts; i++) {
        const struct fact *f = &d->t->facts[i];
        if (f->kind == FACT_BARE && !f->taken && span_is(&d->t->spans[f->from], SENSE_COMMODITY))
            return true;
    }
    return false;
}

/* "50 tan om18 va 30 tan dai thom 8 gia 6900": the price of one, or of all? A buyer who says none asks for none.
 */
static bool price_of_one(const struct doubted *d)
{
    size_t priced = 0;
    for (size_t i = 0; i < d->r->n_items; i++)
        priced += d->r->items[i].price_low || d->r->items[i].price_high;
    const struct read_item *item = &d->r->items[d->item];
    return priced > 0 && !item->price_low && !item->price_high && !item->price_checked;
}

/* "khong co lua ban, chi co nep ban 2 tan 9k": not of what there is none of. */
static bool denied_goods(const struct doubted *d)
{
    const struct commodity *goods = d->r->items[d->item].commodity;
    for (const struct fact *f = d->t->facts, *end = f + d->t->n_facts; f < end; f++)
        if (f->kind == FACT_GOODS && f->commodity == goods && f->from > 0 && d->t->spans[f->from - 1].count > 1 &&
            span_means(d->t, &d->t->spans[f->from - 1], KW_OTHER, "not"))
            return true;
    return false;
}

/* "8 ngan 50" in words and apart: "8k50" and "8 ngan 5" are the same to all. */
static bool has_tail_of_two(const struct text *t, const struct fact *f)
{
    for (size_t i = f->from + 1; i < f->to; i++) {
        const struct span *scale = &t->spans[i - 1], *tail = &t->spans[i];
        bool said = t->tags[i - 1] == TAG_SCALE && scale->keyword && scale->keyword->value == 1000 &&
                    t->tokens[scale->first].text.n > 2;
        if (said && tag_is_number(t->tags[i]) && tail->digits == 2 && !tail->glued && tag_at(t, i + 1) != TAG_SCALE)
            return true;
    }
    return false;
}

/* Is that the price of the item? */
static bool tail_of_two(const struct doubted *d)
{
    const struct read_item *item = &d->r->items[d->item];
    for (const struct fact *f = d->t->facts, *end = f + d->t->n_facts; f < end; f++)
        if (f->kind == FACT_PRICE && f->to - f->from > 2 && f->taken && !item->price_checked &&
            has_tail_of_two(d->t, f) && (f->high / 1000 == item->price_high || f->low / 1000 == item->price_low))
            return true;
    return false;
}

/* "1500 con co 2ky6": too large a number to be a street's or a grade's, and nothing took it. */
static bool number(const struct doubted *d)
{
    for (size_t i = 0; i < d->t->n_facts; i++) {
        const struct fact *f = &d->t->facts[i];
        bool moved = f->from > 0 && d->t->tags[f->from - 1] == TAG_TREND, days = tag_at(d->t, f->to) == TAG_DAY;
        if (f->kind == FACT_BARE && !f->taken && !moved && !days && f->low >= NUMBER_MIN)
            return true;
    }
    return false;
}

/* "25kmylongbac": what it hides may be a place. Names of English and Khmer words are long. */
static bool glued(const struct doubted *d)
{
    if (d->r->script != LANG_VI || d->r->items[0].place)
        return false;
    for (size_t i = 0; i < d->t->n_spans; i++)
        if (is_unknown(d->t, i) && d->t->tokens[d->t->spans[i].first].text.n > WORD_MAX)
            return true;
    return false;
}

static bool need(const struct doubted *d)
{
    return needs_something_else(d->t);
}

static bool unknown_words(const struct doubted *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->t->n_spans; i++)
        n += is_unknown(d->t, i);
    return n > UNKNOWN_WORDS_MAX;
}

/* "dang ky ket hon o dau", "sao huy tin 2 cua toi"; of a listing that is named it may be politeness: "huy tin 2 duoc
 * khong". */
static bool asked(const struct doubted *d)
{
    bool mark = d->w->question_marks && !d->w->softly;
    return *d->r->listing ? d->w->asked_in_words || mark : d->w->asked;
}

/* "sao doi tieng khmer", "bao gia lua 8300 phai khong" */
static bool asked_in_words(const struct doubted *d)
{
    return d->w->asked_in_words;
}

/* "sao ngung gui tin"; but "khong nhan tin nua dau" says no once more. */
static bool asked_before(const struct doubted *d)
{
    return d->w->asked_in_words && d->w->asked_at < d->w->at[INTENT_STOP];
}

/* "gia han hop dong lua": it may be cancelled or prolonged alone, or where a listing or its goods are named. */
static bool of_what(const struct doubted *d)
{
    if (*d->r->listing || d->w->content < 2)
        return false;
    for (size_t i = 0; i < d->t->n_tokens; i++) /* the tin of "huy tin" too */
        if (kinds_of_word(d->t, i) & KEYWORD_BIT(KW_LISTING))
            return false;
    return true;
}

static bool listings(const struct doubted *d)
{
    return names_several_listings(d->t, d->r);
}

/* ---- what is done ---- */

static void ask(struct doubted *d, enum ask question)
{
    d->r->outcome = READ_ASK;
    d->r->ask = question;
    d->r->asked_item = d->item;
    d->r->n_choices = 0;
}

static void ask_goods(struct doubted *d)
{
    ask(d, ASK_COMMODITY);
    d->r->items[d->item].commodity = NULL;
}

static void ask_missing_price(struct doubted *d)
{
    ask(d, ASK_PRICE);
}

static void ask_price(struct doubted *d)
{
    struct read_item *item = &d->r->items[d->item];
    ask(d, ASK_PRICE);
    item->price_low = item->price_high = 0;
    item->price_unit = NULL;
}

static void ask_quantity(struct doubted *d)
{
    ask(d, ASK_QUANTITY_CHECK);
    d->r->choices[d->r->n_choices++].quantity_milli = d->r->items[d->item].quantity_milli;
}

static void ask_place(struct doubted *d)
{
    ask(d, ASK_PLACE);
}

static void ask_intent(struct doubted *d)
{
    ask(d, ASK_INTENT);
    for (size_t i = 0; i < 3; i++)
        d->r->choices[d->r->n_choices++].intent = (enum intent[]){INTENT_SELL, INTENT_BUY, INTENT_PRICE}[i];
}

static void ask_listing(struct doubted *d)
{
    ask(d, ASK_LISTING);
    *d->r->listing = '\0';
}

static void ask_stop(struct doubted *d)
{
    ask(d, ASK_STOP);
}

static void let_person_read(struct doubted *d)
{
    d->r->intent = INTENT_QUESTION;
}

#define OFFERS (BIT(INTENT_SELL) | BIT(INTENT_BUY))
#define TRADE (OFFERS | BIT(INTENT_REPORT_PRICE))
#define LISTED (BIT(INTENT_CANCEL) | BIT(INTENT_SOLD) | BIT(INTENT_RENEW))

enum scope { WHOLE, EACH_ITEM }; /* what is looked at: the text, or each item that has goods */

static const struct {
    enum doubt doubt;
    enum scope scope;
    intent_set intents;
    bool (*holds)(const struct doubted *d);
    void (*resolve)(struct doubted *d);
} readings[] = {
    {DOUBT_PART_OF_NAME, EACH_ITEM, TRADE, part_of_name, ask_goods},
    {DOUBT_FOREIGN_WORD, EACH_ITEM, TRADE, foreign_word, ask_goods},
    {DOUBT_MEASURE, EACH_ITEM, TRADE, measure, ask_goods},
    {DOUBT_VARIETY, WHOLE, TRADE, variety, ask_goods},
    {DOUBT_NUMBER, WHOLE, OFFERS, number, ask_quantity},
    {DOUBT_PRICE_OF_ONE, EACH_ITEM, BIT(INTENT_BUY), price_of_one, ask_missing_price},
    {DOUBT_DENIED_GOODS, EACH_ITEM, TRADE, denied_goods, ask_goods},
    {DOUBT_TAIL_OF_TWO, EACH_ITEM, TRADE, tail_of_two, ask_price},
    {DOUBT_GLUED, WHOLE, OFFERS, glued, ask_place},
    {DOUBT_NEED, WHOLE, BIT(INTENT_BUY), need, ask_intent},
    {DOUBT_UNKNOWN_WORDS, WHOLE, TRADE, unknown_words, ask_intent},
    {DOUBT_ASKED, WHOLE, LISTED | BIT(INTENT_START), asked, let_person_read},
    {DOUBT_ASKED, WHOLE, BIT(INTENT_LANGUAGE) | BIT(INTENT_EDIT) | BIT(INTENT_REPORT_PRICE), asked_in_words,
     let_person_read},
    {DOUBT_ASKED, WHOLE, BIT(INTENT_STOP), asked_before, ask_stop},
    {DOUBT_OF_A_LANGUAGE, WHOLE, BIT(INTENT_STOP), names_language, ask_stop},
    {DOUBT_LISTINGS, WHOLE, LISTED | BIT(INTENT_EDIT), listings, ask_listing},
    {DOUBT_OF_WHAT, WHOLE, BIT(INTENT_CANCEL) | BIT(INTENT_RENEW), of_what, ask_listing},
};

/* Looks at the text once or at its items in turn; true with `d` at the one the doubt is about. */
static bool holds(struct doubted *d, size_t row)
{
    size_t n = readings[row].scope == WHOLE ? 1 : d->r->n_items;
    for (d->item = 0; d->item < n; d->item++) {
        bool looked_at = readings[row].scope == WHOLE || d->r->items[d->item].commodity;
        if (looked_at && readings[row].holds(d))
            return true;
    }
    return false;
}

void reading_doubt(const struct text *t, const struct wants *w, struct reading *r)
{
    struct doubted d = {.t = t, .w = w, .r = r};
    if (r->outcome != READ_SURE)
        return;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        if ((readings[i].intents & BIT(r->intent)) && holds(&d, i)) {
            readings[i].resolve(&d);
            r->doubt = readings[i].doubt;
            return;
        }
}
