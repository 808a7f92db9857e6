/* SPDX-License-Identifier: Apache-2.0
 *
 * The cover of a text by phrases: of all ways to cut it the one of the highest score, where a phrase scores by the
 * square of its words, and goods and places a little more than other words. */
#include <string.h>

#include "parsers/read/read_p.h"

#define SCORE_WORD 8     /* times the square of the number of words */
#define SCORE_CONTENT 3  /* more for goods, places and units */
#define SCORE_COMMON 4   /* one word that is, or is also, a common one */
#define SCORE_BY_EAR -12 /* spelt as it sounds: "dua kho | lot vo", not "dua | kho loc" */
#define SCORE_UNKNOWN -4 /* a word no phrase takes */
#define SMALL_AMOUNT 3   /* figures: with fewer or as many, "tan" after them is tonnes and not the place Tân Hòa */

struct cut {
    int score;
    size_t words;
    const struct sense *senses; /* of the phrase that begins here; NULL = none */
    uint64_t kinds;             /* as in struct span */
    bool marked;
};

bool marks_of_sense_agree(const struct text *t, const struct span *span, const struct sense *sense)
{
    for (size_t i = 0; i < span->count; i++) {
        const char *written = t->tokens[span->first + i].marks;
        if (written && !marks_agree(written, sense->marks[i]))
            return false;
    }
    return true;
}

/* The kinds of those senses of a phrase that agree with the marks written. */
static uint64_t kinds_of(const struct text *t, const struct span *span, uint32_t node)
{
    if (!span->marked)
        return phrases_kinds(t->lexicon->phrases, node);
    uint64_t kinds = 0;
    for (const struct sense *s = span->senses; s; s = s->next)
        if (sense_agrees(t, span, s))
            kinds |= sense_kinds(s);
    return kinds;
}

const struct sense *find_sense(const struct text *t, const struct span *span, enum sense_kind kind)
{
    for (const struct sense *s = span->senses; s; s = s->next)
        if (s->kind == kind && sense_agrees(t, span, s))
            return s;
    return NULL;
}

const struct keyword *find_keyword(const struct text *t, const struct span *span, enum keyword_kind kind)
{
    for (const struct sense *s = span->senses; s; s = s->next)
        if (s->kind == SENSE_KEYWORD && s->keyword->kind == kind && sense_agrees(t, span, s))
            return s->keyword;
    return NULL;
}

bool find_meaning(const struct text *t, const struct span *span, enum keyword_kind kind, const char *meaning)
{
    for (const struct sense *s = span->senses; s; s = s->next)
        if (s->kind == SENSE_KEYWORD && s->keyword->kind == kind && strcmp(s->keyword->meaning, meaning) == 0 &&
            sense_agrees(t, span, s))
            return true;
    return false;
}

bool span_says_stop(const struct text *t, const struct span *span)
{
    return span_means(t, span, KW_INTENT, "stop") ||
           (span_means(t, span, KW_ANSWER, "stop or yes") && !span_means(t, span, KW_ANSWER, "yes"));
}

const struct unit *span_unit(const struct text *t, const struct span *span)
{
    const struct sense *s = span_sense(t, span, SENSE_UNIT);
    return s ? s->unit : NULL;
}

/* A word that has a sense of this kind by itself. */
static bool word_is(const struct text *t, size_t i, enum sense_kind kind)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, t->words[i]);
    return node && (phrases_kinds(p, node) & KIND_BIT(kind));
}

/* A word that is a unit of weight, volume or area by itself. */
static bool word_measures(const struct text *t, size_t i)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, t->words[i]);
    for (const struct sense *s = node ? phrases_senses(p, node) : NULL; s; s = s->next)
        if (s->kind == SENSE_UNIT &&
            (s->unit->dimension == DIM_MASS || s->unit->dimension == DIM_VOLUME || s->unit->dimension == DIM_AREA))
            return true;
    return false;
}

/* A word that is heads of cattle by itself. */
static bool word_is_heads(const struct text *t, size_t i)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, t->words[i]);
    for (const struct sense *s = node ? phrases_senses(p, node) : NULL; s; s = s->next)
        if (s->kind == SENSE_UNIT && strcmp(s->unit->code, "CON") == 0)
            return true;
    return false;
}

/* "2 tan hoa": after a small number the first word of a place is its unit; "1500 con co 2 ky": after any, if it is
 * heads. */
static bool is_amount(const struct text *t, size_t i)
{
    return i > 0 && t->tokens[i - 1].kind == TOKEN_NUMBER &&
           (word_is_heads(t, i) || (t->tokens[i - 1].text.n <= SMALL_AMOUNT && word_measures(t, i)));
}

/* "dai thom 8 gia 8200", "dai thom 8 con 2 tan": giá and còn before an amount, not the units giạ and con. */
static bool leads_amount(const struct text *t, size_t i)
{
    const struct phrases *p = t->lexicon->phrases;
    uint64_t kinds = phrases_kinds(p, phrases_step(p, PHRASE_ROOT, t->words[i]));
    return i + 1 < t->n_tokens && t->tokens[i + 1].kind == TOKEN_NUMBER && !t->tokens[i + 1].glued &&
           ((kinds & KEYWORD_BIT(KW_PRICE)) || !word_measures(t, i));
}

/* "dai thom 8 tan", "can 30 ky": the name goes without its number too, which is the amount. */
static bool takes_amount(const struct text *t, size_t i, size_t words, uint32_t shorter)
{
    return words > 1 && t->tokens[i + words - 1].kind == TOKEN_NUMBER && i + words < t->n_tokens &&
           t->tokens[i + words].kind == TOKEN_WORD && phrases_senses(t->lexicon->phrases, shorter) &&
           word_is(t, i + words, SENSE_UNIT) && !leads_amount(t, i + words);
}

/* "em can 20 con ga": cần and an amount, not a can of twenty litres. */
static bool takes_need(const struct text *t, size_t i, size_t words, uint32_t shorter)
{
    bool verb = phrases_kinds(t->lexicon->phrases, shorter) & KEYWORD_BIT(KW_INTENT);
    return verb && (i == 0 || t->tokens[i - 1].kind == TOKEN_WORD) && takes_amount(t, i, words, shorter);
}

/* "100 trai quach", "2 con bo": after a number a name that begins with a unit is that unit and a shorter name. */
static bool begins_with_unit(const struct text *t, size_t i, size_t words, const struct sense *named)
{
    const struct phrases *p = t->lexicon->phrases;
    if (words < 2 || i == 0 || t->tokens[i - 1].kind != TOKEN_NUMBER || !word_is(t, i, SENSE_UNIT))
        return false;
    uint32_t node = PHRASE_ROOT;
    for (size_t k = 1; k < words && node; k++)
        node = phrases_step(p, node, t->words[i + k]);
    for (const struct sense *s = node ? phrases_senses(p, node) : NULL; s; s = s->next)
        if (s->kind == SENSE_COMMODITY && s->commodity == named->commodity)
            return true;
    return false;
}

/* "12tr 1 con o Kim Hoa", "1ha gia 7300": after a number heads and no word of address, an area and no lowered price. */
static bool begins_with_amount(const struct text *t, size_t i, size_t words, uint64_t kinds)
{
    const uint64_t things = KIND_BIT(SENSE_COMMODITY) | KIND_BIT(SENSE_PLACE) | KIND_BIT(SENSE_UNIT);
    bool verb = (kinds & KEYWORD_BIT(KW_INTENT)) && t->tokens[i].glued;
    return words > 1 && i > 0 && t->tokens[i - 1].kind == TOKEN_NUMBER && !(kinds & things) &&
           (slice_is(t->tokens[i].text, "con") || (verb && word_measures(t, i)));
}

/* Does a phrase that begins here and ends after so many words name a place? */
static bool is_place_name(const struct text *t, size_t i, size_t words)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = PHRASE_ROOT;
    for (size_t k = 0; k < words && (k == 0 || node); k++)
        node = phrases_step(p, node, t->words[i + k]);
    return node && (phrases_kinds(p, node) & KIND_BIT(SENSE_PLACE));
}

/* "dua sap cau ke": a name that the goods have without their place as well is that shorter name and the place, as the
 * whole would hide where they are. `shorter` has the nodes of the words before. */
static bool ends_with_place(const struct text *t, size_t i, size_t words, const uint32_t *shorter,
                            const struct sense *named)
{
    for (size_t k = 1; k + 1 < words; k++) /* names of places have two words or more */
        for (const struct sense *s = phrases_senses(t->lexicon->phrases, shorter[k]); s; s = s->next)
            if (s->kind == SENSE_COMMODITY && s->commodity == named->commodity && is_place_name(t, i + k, words - k))
                return true;
    return false;
}

/* "1m2" as a price: m is a million, and m2 no area. */
static bool is_slang(const struct text *t, size_t i)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = asks_price(t) ? phrases_step(p, PHRASE_ROOT, t->words[i]) : 0;
    for (const struct sense *s = node ? phrases_senses(p, node) : NULL; s; s = s->next)
        if (s->kind == SENSE_KEYWORD && s->keyword->kind == KW_SLANG)
            return true;
    return false;
}

/* The score of a phrase here, whose senses that agree are of these kinds; 0 when none agrees. */
static int score(const struct text *t, size_t i, size_t words, uint64_t kinds)
{
    bool content = kinds & (KIND_BIT(SENSE_COMMODITY) | KIND_BIT(SENSE_UNIT));
    bool place = kinds & KIND_BIT(SENSE_PLACE), keyword = kinds & KIND_BIT(SENSE_KEYWORD);
    if (place && !content && !keyword && is_amount(t, i))
        return 0;
    if (!kinds)
        return 0;
    if (words == 1 && keyword)
        return SCORE_COMMON;
    return SCORE_WORD * (int)(words * words) + (content || place ? SCORE_CONTENT * (int)words : 0) +
           (kinds & BY_EAR_BIT ? SCORE_BY_EAR : 0);
}

static struct cut best_cut(const struct text *t, size_t i, const struct cut *cuts)
{
    const struct phrases *p = t->lexicon->phrases;
    int unknown = t->tokens[i].kind == TOKEN_WORD ? SCORE_UNKNOWN : 0;
    bool marked = t->tokens[i].marks;
    struct cut best = {.score = cuts[i + 1].score + unknown, .words = 1, .marked = marked};
    uint32_t nodes[PHRASE_WORDS_MAX + 1]; /* after so many words */
    nodes[0] = PHRASE_ROOT;
    for (size_t words = 1; words <= PHRASE_WORDS_MAX && i + words <= t->n_tokens; words++) {
        uint32_t node = nodes[words] = phrases_step(p, nodes[words - 1], t->words[i + words - 1]);
        if (!node)
            break;
        marked = marked || t->tokens[i + words - 1].marks;
        const struct sense *senses = phrases_senses(p, node);
        bool parts = senses && ((senses->kind == SENSE_COMMODITY && (takes_amount(t, i, words, nodes[words - 1]) ||
                                                                     begins_with_unit(t, i, words, senses) ||
                                                                     ends_with_place(t, i, words, nodes, senses))) ||
                                (senses->kind == SENSE_UNIT && takes_need(t, i, words, nodes[words - 1])));
        if (!senses || parts || (words > 1 && is_slang(t, i)))
            continue;
        const struct span span = {.first = i, .count = words, .senses = senses, .marked = marked};
        uint64_t kinds = kinds_of(t, &span, node);
        if (begins_with_amount(t, i, words, kinds))
            continue;
        int own = score(t, i, words, kinds);
        if (own && own + cuts[i + words].score >= best.score)
            best = (struct cut){own + cuts[i + words].score, words, senses, kinds, marked};
    }
    return best;
}

/* Those that were put right are not known yet. */
static void find_words(struct text *t)
{
    if (!t->words)
        t->words = arena_calloc(t->arena, t->n_tokens + 1, sizeof *t->words);
    for (size_t i = 0; i < t->n_tokens; i++)
        if (!t->words[i])
            t->words[i] = phrases_word(t->lexicon->phrases, t->tokens[i].text);
}

void text_span(struct text *t)
{
    find_words(t);
    struct cut *cuts = arena_calloc(t->arena, t->n_tokens + 1, sizeof *cuts);
    for (size_t i = t->n_tokens; i-- > 0;)
        cuts[i] = best_cut(t, i, cuts);
    t->spans = arena_calloc(t->arena, t->n_tokens + 1, sizeof *t->spans);
    t->n_spans = 0;
    for (size_t i = 0; i < t->n_tokens; i += cuts[i].words) {
        const struct cut *cut = &cuts[i];
        t->spans[t->n_spans++] = (struct span){.first = i,
                                               .count = cut->words,
                                               .senses = cut->senses,
                                               .kinds = cut->kinds,
                                               .marked = cut->marked,
                                               .glued = t->tokens[i].glued};
    }
}
