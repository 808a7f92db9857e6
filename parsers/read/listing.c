/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/listing.h"

#include <stdio.h>
#include <string.h>

#include "parsers/market/listing_code.h"
#include "parsers/read/intent.h"
#include "parsers/read/number.h"

#define NUMBERS_END 1000000 /* thousandths: numbers in one's own list are smaller */
#define UNKNOWN_CODE_MIN 3
#define UNKNOWN_CODE_MAX 8 /* characters of a word that is taken for a code */
#define LISTED_END 100000  /* what follows one such number is another only when it is smaller than this */

bool span_is_code(const struct text *t, size_t i)
{
    char code[LISTING_CODE_MAX];
    return *t->listing && i < t->n_spans && !t->spans[i].senses &&
           listing_code_read(t->tokens[t->spans[i].first].text, code);
}

size_t listing_ends(const struct text *t, size_t i)
{
    if (span_is_code(t, i))
        return i + 1;
    const char *left = t->mistyped;
    while (*left && i < t->n_spans) {
        struct slice token = t->tokens[t->spans[i].first].text;
        for (size_t k = 0; k < token.n; k++, left++)
            if (!*left || (*left | 0x20) != (token.at[k] | 0x20))
                return 0;
        i++;
        if (!*left)
            return i;
    }
    return 0;
}

/* "tin", and the tin of "ngung nhan tin". */
static bool ends_in_word_for_listing(const struct text *t, size_t i)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, t->words[t->spans[i].first + t->spans[i].count - 1]);
    return node && (phrases_kinds(p, node) & KEYWORD_BIT(KW_LISTING));
}

/* The number after a word for listings; after a longer phrase nothing may be measured by it: "ngung nhan tin 2 ngay".
 */
static bool is_numbered(const struct text *t, size_t i)
{
    if ((t->tags[i] != TAG_LISTING && t->tags[i] != TAG_INTENT) || !is_digits(t, i + 1))
        return false;
    bool measured = i + 2 < t->n_spans && strchr("uckGdWo", t->tags[i + 2]);
    return t->tags[i] == TAG_LISTING || (!measured && ends_in_word_for_listing(t, i));
}

bool listing_at(const struct text *t, size_t i)
{
    return span_is_code(t, i) || is_numbered(t, i);
}

static bool says_little(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    return t->tags[i] == TAG_FILLER || span_has(span, KW_POLITE) || span_has(span, KW_LISTING) ||
           span_means(t, span, KW_INTENT, "help");
}

bool beside_listing(const struct text *t, size_t i)
{
    size_t after = i + 1, before = i;
    while (after < t->n_spans && !listing_at(t, after) && says_little(t, after))
        after++;
    while (before > 0 && !span_is_code(t, before - 1) && !is_digits(t, before - 1) && says_little(t, before - 1))
        before--;
    return (after < t->n_spans && listing_at(t, after)) ||
           (before > 0 && (span_is_code(t, before - 1) || (before > 1 && is_numbered(t, before - 2))));
}

/* Of a listing it is done: bỏ, nhận. */
static bool is_verb_of_listing(const struct text *t, const struct span *span)
{
    return span_means(t, span, KW_INTENT, "cancel one") || span_has(span, KW_FILLER);
}

/* "xem abcd", "nhan tin abcd: ...": what has not even the shape of a code is a wrong one where nothing else can stand.
 */
static void note_unknown_code(struct text *t)
{
    size_t n = 0, end = 1;
    char code[READ_SIZE_MAX] = "";
    bool about = t->n_spans > 1 && (span_means(t, &t->spans[0], KW_INTENT, "list one") ||
                                    span_means(t, &t->spans[0], KW_COMMAND, "relay"));
    if (!about || t->spans[1].senses || *t->listing || *t->mistyped)
        return;
    for (; end < t->n_spans && (end == 1 || t->spans[end].glued) && t->tags[end] != TAG_COLON; end++)
        for (size_t i = t->spans[end].first; i < t->spans[end].first + t->spans[end].count; i++) {
            const struct slice token = t->tokens[i].text;
            if (n + token.n > UNKNOWN_CODE_MAX)
                return;
            for (size_t k = 0; k < token.n; k++)
                code[n++] = token.at[k] >= 'a' && token.at[k] <= 'z' ? (char)(token.at[k] - 'a' + 'A') : token.at[k];
        }
    if (n >= UNKNOWN_CODE_MIN && (end == t->n_spans || t->tags[end] == TAG_COLON))
        memcpy(t->mistyped, code, sizeof code);
}

void text_listings(struct text *t)
{
    note_unknown_code(t);
    for (size_t i = 0; i < t->n_spans; i++) {
        struct span *span = &t->spans[i];
        if (t->tags[i] != TAG_GOODS || !is_verb_of_listing(t, span) || !beside_listing(t, i))
            continue;
        t->tags[i] = span->tag = span_has(span, KW_INTENT) ? TAG_INTENT : TAG_FILLER;
        span->commodity = NULL;
    }
}

/* ---- which ---- */

/* A figure out of something else: the 7 of "b7", but not the 3 of "huy3". */
static bool is_torn(const struct text *t, const struct fact *f)
{
    const struct span *before = f->from && t->spans[f->from].glued ? &t->spans[f->from - 1] : NULL;
    const struct span *after = f->to < t->n_spans && t->spans[f->to].glued ? &t->spans[f->to] : NULL;
    return (before && t->tokens[before->first].kind == TOKEN_WORD && !span_keyword(t, before, KW_INTENT) &&
            !span_keyword(t, before, KW_LISTING)) ||
           (after && t->tokens[after->first].kind == TOKEN_WORD);
}

/* The listing's short number: a small number alone, or before a word for it (2号, which is a day elsewhere). */
static bool is_short_number(const struct text *t, const struct fact *f)
{
    const struct span *span = &t->spans[f->from];
    bool bare = f->kind == FACT_BARE && f->low == f->high && !is_torn(t, f);
    bool named = f->kind == FACT_DAY && f->to == f->from + 2 && span_has(span + 1, KW_LISTING);
    int64_t number = bare ? f->low : span->milli;
    return (bare || named) && number % 1000 == 0 && number < NUMBERS_END;
}

void take_listing(struct text *t, struct reading *r)
{
    memcpy(r->listing, *t->listing ? t->listing : t->mistyped, sizeof r->listing);
    for (size_t i = 0; i < t->n_facts; i++) {
        struct fact *f = &t->facts[i];
        if (*r->listing || !is_short_number(t, f))
            continue;
        snprintf(r->listing, sizeof r->listing, "%d",
                 (int)((f->kind == FACT_BARE ? f->low : t->spans[f->from].milli) / 1000));
        f->taken = true;
    }
}

/* ---- how many ---- */

/* "2, 3", "2 va 3": is the number joined to one before it? "Tin 4 va 5 gia 9k" are two, and no giạ. */
static bool is_joined(const struct text *t, const struct fact *f)
{
    size_t i = f->from;
    if (i < 2 || !tag_is_number(t->tags[i - 2]) || f->low >= LISTED_END)
        return false;
    return (f->kind == FACT_BARE && t->tags[i - 1] == TAG_COMMA) || span_means(t, &t->spans[i - 1], KW_OTHER, "and");
}

/* "xoa 2 tin": how many, and not which. */
static bool counts_listings(const struct text *t, const struct fact *f)
{
    return f->kind == FACT_BARE && f->to < t->n_spans && span_has(&t->spans[f->to], KW_LISTING) &&
           !listing_at(t, f->to) && (f->from == 0 || !span_has(&t->spans[f->from - 1], KW_LISTING));
}

/* Is the number a listing's, besides the one that is meant? Of a cancelled one nothing else is told in numbers. */
static bool is_another(const struct text *t, const struct fact *f, bool cancels)
{
    bool address = f->from > 0 && t->tags[f->from - 1] == TAG_AT,
         days = f->to < t->n_spans && t->tags[f->to] == TAG_DAY;
    if (is_joined(t, f))
        return !days;
    if (f->kind != FACT_BARE || f->taken || address || days || is_torn(t, f))
        return false;
    return (cancels && f->low < NUMBERS_END) || (f->from > 0 && is_numbered(t, f->from - 1));
}

bool names_several_listings(const struct text *t, const struct reading *r)
{
    if (t->listings)
        return true;
    for (size_t i = 0; i < t->n_facts; i++)
        if (counts_listings(t, &t->facts[i]) || is_another(t, &t->facts[i], r->intent == INTENT_CANCEL))
            return true;
    return false;
}
