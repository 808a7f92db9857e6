/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose verb it is: what the writer does, what others do, and what nobody does. */
#include <string.h>

#include "parsers/read/intent.h"

/* "chao ban" greets (bạn), unless it offers (bán) what follows: "HTX chao ban lua", "chao ban 2 tan lua". */
static bool greets(const struct text *t, size_t i)
{
    char after = i + 1 < t->n_spans ? t->tags[i + 1] : '\0';
    return span_means(t, &t->spans[i], KW_POLITE, "greeting") && !tag_is_number(after) &&
           !(after == TAG_GOODS && i > 0);
}

bool says_something(const struct text *t, size_t i)
{
    char tag = t->tags[i];
    bool polite = span_has(&t->spans[i], KW_POLITE) && (!span_has(&t->spans[i], KW_INTENT) || greets(t, i));
    return !polite && tag && !tag_separates(tag);
}

/* "vua Ut Hong": a word after a trader and a name we do not know is a name too. */
static bool is_name(const struct text *t, size_t i)
{
    return i > 1 && t->tags[i - 1] == TAG_OTHER && !t->spans[i - 1].senses && span_has(&t->spans[i - 2], KW_TRADER);
}

bool verb_is_negated(const struct text *t, size_t i)
{
    while (i > 0 && t->tags[i - 1] == TAG_FILLER && !span_means(t, &t->spans[i - 1], KW_OTHER, "not"))
        i--;
    return i > 0 && counts_as_word(t->tags[i - 1]) && span_means(t, &t->spans[i - 1], KW_OTHER, "not") &&
           !is_name(t, i - 1);
}

bool command_is_denied(const struct text *t, size_t i, enum intent intent)
{
    bool who = i > 0 && span_means(t, &t->spans[i - 1], KW_OTHER, "who");
    bool soon = i > 0 && intent == INTENT_SOLD && span_means(t, &t->spans[i - 1], KW_OTHER, "soon");
    if (who || soon)
        return true;
    for (; i > 0 && counts_as_word(t->tags[i - 1]); i--) {
        const struct span *before = &t->spans[i - 1];
        if (span_means(t, before, KW_OTHER, "not") && !is_name(t, i - 1))
            return true;
        if (t->tags[i - 1] != TAG_FILLER && t->tags[i - 1] != TAG_OTHER && !span_has(before, KW_POLITE) &&
            !span_means(t, before, KW_INTENT, "buy")) /* "khong can huy" */
            return false;
    }
    return false;
}

/* "chu lay thi alo": a condition on the other side. */
static bool is_condition(const struct text *t, size_t i)
{
    return i + 1 < t->n_spans && span_means(t, &t->spans[i], KW_OTHER, "perhaps") &&
           span_means(t, &t->spans[i + 1], KW_OTHER, "if");
}

bool names_goods(const struct text *t)
{
    for (size_t i = 0; i < t->n_facts; i++)
        if (t->facts[i].kind == FACT_GOODS)
            return true;
    return false;
}

/* "lua om18 mua khong anh", "co ban ko": asked of the other side. Without goods it may be rain: chieu mua khong. */
static bool is_asked_of(const struct text *t, size_t i)
{
    bool buys = span_means(t, &t->spans[i], KW_INTENT, "buy");
    size_t ask = i + 1;
    while (buys && ask < t->n_spans && t->tags[ask] == TAG_GOODS) /* "lay lua ko chu 5 tan" */
        ask++;
    if (ask >= t->n_spans || !names_goods(t) || t->tags[ask] != TAG_ASKING ||
        !span_means(t, &t->spans[ask], KW_ASKING, "whether"))
        return false;
    size_t end = ask + 1;
    while (end < t->n_spans && !says_something(t, end))
        end++;
    return end == t->n_spans || t->tags[end] == TAG_ASKING || strchr(",;:", t->tags[ask + 1]) ||
           (ask > i + 1 && tag_is_number(t->tags[end]));
}

/* "cong ty can 100 tan lua": a trader who says how much, asks nothing and stands first is the writer. */
static bool is_writer(const struct text *t, size_t i)
{
    bool amount = false;
    if (!span_has(&t->spans[i], KW_TRADER))
        return false;
    for (size_t k = 0; k < i; k++)
        if (says_something(t, k))
            return false;
    for (size_t k = i + 1; k < t->n_spans; k++) {
        if (t->tags[k] == TAG_ASKING)
            return false;
        amount = amount || (tag_is_number(t->tags[k - 1]) && (t->tags[k] == TAG_UNIT || t->tags[k] == TAG_CON));
    }
    return amount;
}

bool verb_is_rain(const struct text *t, size_t i)
{
    if (i + 1 >= t->n_spans || !span_means(t, &t->spans[i], KW_INTENT, "weather") ||
        !span_means(t, &t->spans[i + 1], KW_ASKING, "whether"))
        return false;
    for (size_t k = 0; k < t->n_facts; k++)
        if (t->facts[k].kind == FACT_QUANTITY || (t->facts[k].kind == FACT_GOODS && t->facts[k].from < i))
            return false;
    return true;
}

bool verb_is_theirs(const struct text *t, size_t i)
{
    if (is_condition(t, i) || is_asked_of(t, i))
        return true;
    return i > 0 && !is_writer(t, i - 1) && counts_as_word(t->tags[i - 1]) &&
           span_means(t, &t->spans[i - 1], KW_OTHER, "who");
}
