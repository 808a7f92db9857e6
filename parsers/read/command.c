/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/command.h"

#include <stdio.h>
#include <string.h>

#include "parsers/read/intent.h"
#include "parsers/read/listing.h"
#include "parsers/read/own_words.h"
#include "parsers/text/fold.h"

#define FIGURES 6        /* of a one-time code */
#define NUMBER_MAX 9     /* figures of a question's or broadcast's number */
#define DAYS_MAX 1000    /* who says more means no number of days */
#define NAME_WORDS_MAX 8 /* longer is no name */

/* ---- what stands behind the command ---- */

/* Words that may stand beside a command and change nothing: "cho", "giup", "so". */
static bool says_little(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    return !says_something(t, i) || t->tags[i] == TAG_FILLER || span_has(span, KW_LISTING) ||
           span_means(t, span, KW_INTENT, "help");
}

static bool ends_here(const struct text *t, size_t i)
{
    while (i < t->n_spans && says_little(t, i))
        i++;
    return i == t->n_spans;
}

static bool is_number(const struct text *t, size_t i)
{
    return i < t->n_spans && t->tokens[t->spans[i].first].kind == TOKEN_NUMBER && t->spans[i].count == 1;
}

/* The figures of a number. Those of a code may be written in groups, "483 920"; behind any other number the next one is
 * somebody's words: "TL 152 2 tan". Returns the span behind it; 0 when there are none or more than fit. */
static size_t read_figures(const struct text *t, size_t i, bool grouped, char *figures, size_t max)
{
    size_t n = 0;
    while (i < t->n_spans && !is_number(t, i) && says_little(t, i))
        i++;
    for (; is_number(t, i) && (grouped || n == 0); i++) {
        struct slice number = t->tokens[t->spans[i].first].text;
        for (size_t k = 0; k < number.n; k++)
            if (number.at[k] >= '0' && number.at[k] <= '9') {
                if (n == max)
                    return 0;
                figures[n++] = number.at[k];
            }
    }
    figures[n] = '\0';
    return n ? i : 0;
}

/* ---- the commands ---- */

static bool alone(const struct text *t, size_t i)
{
    return ends_here(t, i + 1);
}

static bool with_code(const struct text *t, size_t i)
{
    char figures[FIGURES + 1];
    size_t end = read_figures(t, i + 1, true, figures, FIGURES);
    return end && strlen(figures) == FIGURES && ends_here(t, end);
}

static bool with_number(const struct text *t, size_t i)
{
    char figures[NUMBER_MAX + 1];
    size_t end = read_figures(t, i + 1, false, figures, NUMBER_MAX);
    return end && ends_here(t, end);
}

static bool with_number_and_words(const struct text *t, size_t i)
{
    char figures[NUMBER_MAX + 1];
    return i + 2 < t->n_spans && is_number(t, i + 1) && read_figures(t, i + 1, false, figures, NUMBER_MAX);
}

/* "nhan tin cho b7k2: ..."; what is also "accept" only before a colon: "nhan b7k2: ...". */
static bool with_listing(const struct text *t, size_t i)
{
    bool accepts = span_means(t, &t->spans[i], KW_COMMAND, "accept");
    for (i++; i < t->n_spans && !listing_ends(t, i); i++)
        if (!says_little(t, i) && t->tags[i] != TAG_AT)
            return false;
    size_t end = i < t->n_spans ? listing_ends(t, i) : 0;
    return end && (!accepts || (end < t->n_spans && t->tags[end] == TAG_COLON));
}

static const struct {
    const char *meaning;
    enum intent intent;
    bool (*holds)(const struct text *t, size_t i); /* of what follows span i */
} commands[] = {
    {"more", INTENT_MORE, alone},
    {"call", INTENT_CALL, alone},
    {"data", INTENT_DATA, alone},
    {"show", INTENT_SHOW, alone},
    {"hide", INTENT_HIDE, alone},
    {"code", INTENT_CODE, with_code},
    {"approve", INTENT_APPROVE, with_number},
    {"answer", INTENT_QUESTION, with_number_and_words},
    {"relay", INTENT_RELAY, with_listing},
};

/* "nhan r8v8", "ok r8v8", "khong nhan r8v8", "r8v8 tu choi": a listing, a word that accepts or refuses, and nothing
 * else. "r8v8 khong" asks. */
static enum intent find_deal(const struct text *t)
{
    bool accepts = false, refuses = false, asks = false;
    size_t code = 0;
    for (size_t i = 0; i < t->n_spans; i++) {
        const struct span *span = &t->spans[i];
        size_t end = code ? 0 : listing_ends(t, i);
        bool no = !end && span_means(t, span, KW_COMMAND, "refuse");
        bool yes = !end && span_means(t, span, KW_COMMAND, "accept");
        if (!end && !no && !yes && !says_little(t, i))
            return INTENT_NONE;
        if (end)
            i = (code = end) - 1;
        accepts = accepts || yes;
        refuses = refuses || no;
        asks = yes ? false : asks || (no && code && span_has(span, KW_ASKING));
    }
    if (!code || asks)
        return INTENT_NONE;
    return refuses ? INTENT_REFUSE : accepts ? INTENT_ACCEPT : INTENT_NONE;
}

enum intent find_command(const struct text *t, size_t head)
{
    const struct span *span = &t->spans[head];
    for (size_t k = 0; span_has(span, KW_COMMAND) && k < sizeof commands / sizeof *commands; k++)
        if (span_means(t, span, KW_COMMAND, commands[k].meaning) && commands[k].holds(t, head))
            return commands[k].intent;
    return *t->listing || *t->mistyped ? find_deal(t) : INTENT_NONE;
}

/* ---- names ---- */

bool names_person(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    if (span_means(t, span, KW_COMMAND, "name"))
        return true;
    for (size_t k = 0; span_means(t, span, KW_INTENT, "start") && k < span->count; k++)
        if (slice_is(t->tokens[span->first + k].text, "ten"))
            return true;
    return false;
}

/* A name ends where place, goods, an amount or a sentence begins. */
static bool ends_name(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    char tag = t->tags[i];
    bool goods = tag == TAG_GOODS && span->count > 1;
    bool word = t->tokens[span->first].kind == TOKEN_WORD || t->tokens[span->first].kind == TOKEN_SIGN;
    return !word || tag_is_number(tag) || tag == TAG_PLACE || span_has(span, KW_AT) || goods ||
           span_means(t, span, KW_INTENT, "place") || span_means(t, span, KW_COMMAND, "grow");
}

/* The name as it was written, when it is one that fits; letters and blanks alone make one. */
static void take_name(const struct text *t, struct slice text, char name[READ_NAME_MAX])
{
    size_t i = 0;
    while (i < t->n_spans && !names_person(t, i))
        i++;
    size_t end = i + 1;
    while (end < t->n_spans && !ends_name(t, end))
        end++;
    if (end <= i + 1 || end - i > NAME_WORDS_MAX)
        return;
    struct slice rest = words_from(t->arena, text, t->tokens[t->spans[i + 1].first].text);
    if (end < t->n_spans)
        rest = words_before(t->arena, rest, t->tokens[t->spans[end].first].text);
    if (rest.n && rest.n < READ_NAME_MAX && text_is_utf8(rest))
        snprintf(name, READ_NAME_MAX, "%.*s", (int)rest.n, rest.at);
}

/* ---- what a reading takes of them ---- */

static bool says(const struct text *t, const char *meaning)
{
    for (size_t i = 0; i < t->n_spans; i++)
        if (span_means(t, &t->spans[i], KW_COMMAND, meaning))
            return true;
    return false;
}

static void take_registration(const struct text *t, struct slice text, struct reading *r)
{
    bool goods = r->n_items && r->items[0].commodity, place = r->n_items && r->items[0].place;
    take_name(t, text, r->name);
    r->registers = *r->name || says(t, "grow") || (place && !goods);
}

static bool is_answer(const struct text *t, size_t head)
{
    return span_means(t, &t->spans[head], KW_COMMAND, "answer") && with_number_and_words(t, head);
}

/* The words behind the number or code of the command; of a question behind its first words. */
static void take_words(const struct text *t, struct slice text, size_t head, struct reading *r)
{
    size_t code = head + 1;
    struct slice behind = {NULL, 0};
    if (*r->number)
        behind = t->tokens[t->spans[head + 1].first].text;
    else if (r->intent == INTENT_RELAY) {
        while (!listing_ends(t, code))
            code++;
        behind = t->tokens[t->spans[listing_ends(t, code) - 1].first].text;
    } else if (span_means(t, &t->spans[head], KW_INTENT, "question"))
        behind = t->tokens[t->spans[head].first + t->spans[head].count - 1].text;
    r->words = words_behind(t->arena, text, behind);
}

/* "10 ngay", "2 tuan": the days of the last such amount; 0 when there is none. */
static int days_said(const struct text *t)
{
    for (size_t i = t->n_spans; i-- > 1;) {
        const struct span *number = &t->spans[i - 1];
        int each = t->tags[i] == TAG_WEEK ? 7 : t->tags[i] == TAG_DAY ? 1 : 0;
        if (each && tag_is_number(t->tags[i - 1]) && number->milli > 0 && number->milli <= DAYS_MAX * 1000)
            return (int)(number->milli / 1000) * each;
    }
    return 0;
}

void take_command(const struct text *t, struct slice text, struct reading *r)
{
    const intent_set numbered = BIT(INTENT_CODE) | BIT(INTENT_APPROVE) | BIT(INTENT_QUESTION);
    const intent_set worded = BIT(INTENT_QUESTION) | BIT(INTENT_RELAY);
    if (r->intent == INTENT_START)
        take_registration(t, text, r);
    if (r->intent == INTENT_BROADCAST)
        r->words = words_behind_colon(text);
    if (r->intent == INTENT_RENEW)
        r->days = days_said(t);
    if (r->intent == INTENT_WEATHER)
        r->salinity = says(t, "salinity");
    if (!(BIT(r->intent) & (numbered | worded)))
        return;
    size_t head = 0;
    while (head < t->n_spans && !says_something(t, head))
        head++;
    if (head == t->n_spans)
        return;
    if ((BIT(r->intent) & numbered) && (r->intent != INTENT_QUESTION || is_answer(t, head)))
        read_figures(t, head + 1, r->intent == INTENT_CODE, r->number, NUMBER_MAX);
    if (BIT(r->intent) & worded)
        take_words(t, text, head, r);
}
