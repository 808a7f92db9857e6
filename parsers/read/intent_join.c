/* SPDX-License-Identifier: Apache-2.0
 *
 * What words mean together that none of them means alone. */
#include <string.h>

#include "parsers/read/intent.h"

/* "ai co cam ban cho toi 500kg": who has some to sell; nothing of the writer's own stands between. */
static bool sells_to_writer(const struct text *t, const struct wants *w)
{
    if (!(w->intents & BIT(INTENT_MATCH)) || w->buyers || !(w->plain & BIT(INTENT_SELL)) ||
        w->at[INTENT_MATCH] >= w->at[INTENT_SELL])
        return false;
    for (size_t i = w->at[INTENT_MATCH] + 1; i < w->at[INTENT_SELL]; i++)
        if (!strchr("CsflP", t->tags[i]))
            return false;
    return true;
}

/* "them 10 ngay cho tin 1": days more for a listing. */
static bool wants_more_days(const struct text *t, const struct wants *w)
{
    bool more = false, listing = false, days = w->days > 0;
    for (size_t i = 0; !w->goods && i < t->n_spans; i++) {
        days = days || (i > 0 && tag_is_number(t->tags[i - 1]) && strchr("dWo", t->tags[i]));
        more = more || span_means(t, &t->spans[i], KW_OTHER, "more");
        listing = listing || span_has(&t->spans[i], KW_LISTING);
    }
    return more && listing && days;
}

/* "tin 2 gia moi 9k": a listing at the head, what is to be of it and no verb. */
static bool changes_listing(const struct text *t, const struct wants *w)
{
    const intent_set others = BIT(INTENT_SELL) | BIT(INTENT_BUY) | BIT(INTENT_SOLD) | BIT(INTENT_CANCEL) |
                            BIT(INTENT_RENEW) | BIT(INTENT_REPORT_PRICE) | BIT(INTENT_BROADCAST);
    bool code = *t->listing && t->n_spans > 1 && !t->spans[0].senses; /* "b7k2 gia 8400" */
    code =
        code || (*t->listing && t->n_spans > 2 && t->tags[0] == TAG_PRICE && !t->spans[1].senses); /* "gia b7k2 8400" */
    bool listing = t->n_spans > 2 && t->tags[0] == TAG_LISTING && tag_is_number(t->tags[1]) && t->tags[2] != TAG_UNIT;
    size_t amounts = w->prices + w->quantities;
    if (listing && span_means(t, &t->spans[2], KW_INTENT, "edit")) /* "tin 1 sua thanh 3 tan" */
        return true;
    return (listing || code) && amounts > 0 && amounts <= 2 && !w->goods && !w->asked && !w->changed &&
           !(w->intents & others);
}

/* "nha em co 300 ky tom, 95k", "have 2 tons paddy 8200": who has so much of goods and says the price sells them. */
static bool has_for_sale(const struct text *t, const struct wants *w)
{
    if (w->intents || !w->goods || !w->quantities || !(w->prices || w->bare) || w->asked || w->past || w->negated)
        return false;
    for (size_t i = 0; i + 2 < t->n_spans; i++)
        if (span_means(t, &t->spans[i], KW_FILLER, "has") && counts_as_word(t->tags[i]) &&
            tag_is_number(t->tags[i + 1]) && (t->tags[i + 2] == TAG_UNIT || t->tags[i + 2] == TAG_CON))
            return true;
    return false;
}

/* "stop b7k2", "ngung ban tin 2": a word for stop alone, and a listing. */
static bool stops_listing(const struct text *t, const struct wants *w)
{
    return (w->head & BIT(INTENT_STOP)) && w->listing && t->spans[w->at[INTENT_STOP]].count == 1;
}

/* Is a language only told of, or not to be: "con toi hoc tieng anh", "dung doi tieng khmer"? It is chosen where its
 * clause says hardly anything else; one word more where a language is asked for, or help with it: "noi tieng viet
 * giup". */
static bool tells_of_language(const struct text *t, struct wants *w)
{
    size_t i = w->language_at, beside = 0;
    bool wanted = span_means(t, &t->spans[i], KW_INTENT, "language");
    while (i > 0 && !tag_separates(t->tags[i - 1]))
        i--;
    for (; i < t->n_spans && !tag_separates(t->tags[i]); i++) {
        const struct span *span = &t->spans[i];
        bool denied = span_means(t, span, KW_OTHER, "not") && !span_has(span, KW_AT); /* cho is chớ too */
        if (denied && (i < w->language_at || span->count > 1))                        /* "tieng anh toi khong hieu" */
            return w->negated = true;
        bool wants = span_means(t, span, KW_INTENT, "language") || span_means(t, span, KW_INTENT, "help");
        wanted = wanted || wants;
        bool little =
            strchr(i < w->language_at ? "fA" : "fAQ", t->tags[i]) || span_has(span, KW_ANSWER); /* "... thoi" */
        beside += !wants && !little && !span_has(span, KW_LANGUAGE) && says_something(t, i);
    }
    return beside > wanted;
}

void join_wants(const struct text *t, struct wants *w)
{
    intent_set trade = BIT(INTENT_SELL) | BIT(INTENT_BUY);
    if (sells_to_writer(t, w))
        w->intents &= ~BIT(INTENT_SELL);
    else if (w->plain & trade) { /* "ban ..., lay het moi ban": lay is buying only where nothing plainer stands */
        intent_set less = w->goods && w->quantities ? trade | BIT(INTENT_EDIT) : trade; /* "doi gia": awaiting one */
        w->intents &= w->plain | ~less;
    }
    w->language_told = w->language && tells_of_language(t, w);
    if (stops_listing(t, w)) {
        w->intents = (w->intents & ~(BIT(INTENT_STOP) | trade)) | BIT(INTENT_CANCEL);
        w->head &= ~BIT(INTENT_STOP);
    }
    if (wants_more_days(t, w))
        w->intents = (w->intents & ~BIT(INTENT_LIST)) | BIT(INTENT_RENEW);
    if (has_for_sale(t, w))
        w->intents |= BIT(INTENT_SELL);
    if (changes_listing(t, w))
        w->intents |= BIT(INTENT_EDIT);
}
