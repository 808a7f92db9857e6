/* SPDX-License-Identifier: Apache-2.0
 *
 * What looks like an offer and is none: told of others or of what is past, of rain, of needs other than goods. */
#include <string.h>

#include "parsers/read/intent.h"

static bool is_verb(const struct text *t, size_t i)
{
    return i < t->n_spans &&
           (span_means(t, &t->spans[i], KW_INTENT, "sell") || span_means(t, &t->spans[i], KW_INTENT, "buy"));
}

static size_t after_fillers(const struct text *t, size_t i)
{
    while (i < t->n_spans && (t->tags[i] == TAG_FILLER || !says_something(t, i)))
        i++;
    return i;
}

/* "ong hang xom ban ...": his. */
static bool is_of_others(const struct text *t, size_t i)
{
    return span_means(t, &t->spans[i], KW_OTHER, "they") && is_verb(t, after_fillers(t, i + 1));
}

/* "vua ban 2 tan", but not "vua mua", which is a trader (vựa). After an amount mới is only then: "9k moi ban". */
static bool is_just_done(const struct text *t, size_t i)
{
    if (!span_means(t, &t->spans[i], KW_OTHER, "just") || !is_verb(t, i + 1))
        return false;
    for (size_t k = 0; slice_is(t->tokens[t->spans[i].first].text, "moi") && k < i; k++)
        if (tag_is_number(t->tags[k]))
            return false;
    return !(span_has(&t->spans[i], KW_TRADER) && span_means(t, &t->spans[i + 1], KW_INTENT, "buy"));
}

/* "mua lon qua ngap 2 cong": mưa, up to the first number. Wet goods may be bought. */
static bool is_rain_damage(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    if (span->marked || !slice_is(t->tokens[span->first].text, "mua") || !is_verb(t, i))
        return false;
    for (size_t k = i + 1; k < t->n_spans && !tag_is_number(t->tags[k]); k++)
        if (is_verb(t, k))
            return false;
        else if (span_means(t, &t->spans[k], KW_OTHER, "damage") && t->tags[k - 1] != TAG_GOODS)
            return true;
    return false;
}

bool verb_is_told(const struct text *t, size_t i)
{
    return span_means(t, &t->spans[i], KW_OTHER, "told") || is_of_others(t, i) || is_just_done(t, i) ||
           is_rain_damage(t, i);
}

/* cần, đang cần, need, looking for: of goods, of help, of getting rid of something. */
static bool is_need(const struct text *t, const struct span *span)
{
    static const char *const needs[] = {"can", "need", "for", "want"};
    for (size_t k = 0; k < sizeof needs / sizeof *needs; k++)
        if (slice_is(t->tokens[span->first + span->count - 1].text, needs[k]))
            return true;
    return false;
}

bool needs_something_else(const struct text *t)
{
    size_t i = 0;
    while (i < t->n_spans && !(counts_as_word(t->tags[i]) && span_means(t, &t->spans[i], KW_INTENT, "buy")))
        i++;
    if (i == t->n_spans || !is_need(t, &t->spans[i]))
        return false;
    i = after_fillers(t, i + 1);
    return i < t->n_spans && !tag_is_number(t->tags[i]) && !strchr("CucPADWy~?<>ehizlskr", t->tags[i]) &&
           !span_means(t, &t->spans[i], KW_INTENT, "buy");
}
