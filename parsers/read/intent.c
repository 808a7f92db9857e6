/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writer wants, from the intents his words may have and the facts beside them. */
#include <string.h>

#include "parsers/read/command.h"
#include "parsers/read/intent.h"
#include "parsers/read/items.h"
#include "parsers/read/listing.h"
#include "parsers/read/number.h"

/* Words of these count at the head of a text or as phrases of several words: alone in the middle they mean other
 * things. */
#define COMMANDS                                                                                                 \
    (BIT(INTENT_LIST) | BIT(INTENT_CANCEL) | BIT(INTENT_RENEW) | BIT(INTENT_START) | BIT(INTENT_LANGUAGE) |      \
     BIT(INTENT_PLACE) | BIT(INTENT_HELP) | BIT(INTENT_NEW) | BIT(INTENT_REPORT_PRICE) | BIT(INTENT_BROADCAST) | \
     BIT(INTENT_EDIT) | BIT(INTENT_STOP) | BIT(INTENT_QUESTION) | BIT(INTENT_ERASE))

/* What these ask for changes something: not done when it is denied, or is what somebody else does. */
#define EFFECTS                                                                                                  \
    (BIT(INTENT_SELL) | BIT(INTENT_BUY) | BIT(INTENT_CANCEL) | BIT(INTENT_RENEW) | BIT(INTENT_SOLD) |            \
     BIT(INTENT_STOP) | BIT(INTENT_LANGUAGE) | BIT(INTENT_ERASE) | BIT(INTENT_REPORT_PRICE) | BIT(INTENT_EDIT) | \
     BIT(INTENT_START) | BIT(INTENT_BROADCAST))

bool counts_as_word(char tag)
{
    static const bool amount_or_name[128] = {
        [TAG_UNIT] = true,  [TAG_CON] = true,   [TAG_PER_KG] = true, [TAG_SCALE] = true,
        [TAG_DONG] = true,  [TAG_GOODS] = true, [TAG_PLACE] = true,  [TAG_SLASH] = true,
        [TAG_COMMA] = true, [TAG_STOP] = true,  [TAG_COLON] = true,
    };
    return !tag_is_number(tag) && !amount_or_name[tag & 127];
}

/* "bao nhieu cung duoc", "nao cung mua": any will do, nothing is asked. */
static bool is_any(const struct text *t, size_t i)
{
    return i + 1 < t->n_spans && span_means(t, &t->spans[i + 1], KW_OTHER, "any");
}

/* "ban 2 tan 8k roi", "hom qua ban": told, not offered. "gat roi" is not meant. */
static bool is_past(const struct text *t, size_t i)
{
    const struct keyword *day = span_keyword(t, &t->spans[i], KW_DAY);
    bool done = i > 0 && span_means(t, &t->spans[i], KW_FILLER, "done") && !counts_as_word(t->tags[i - 1]);
    return (day && strchr(day->meaning, '-')) || done;
}

/* "gia nhieu thi mua": whether who writes buys cannot be told. */
static bool is_conditional(const struct text *t, size_t i)
{
    return i > 0 && span_means(t, &t->spans[i - 1], KW_OTHER, "if");
}

/* "luok ko", to sell cattle in Khmer: one name for both, as ko alone is không. */
static bool holds_verb(const struct text *t, const struct span *span)
{
    return span->count > 1 && (span_means(t, span, KW_INTENT, "sell") || span_means(t, span, KW_INTENT, "buy"));
}

static bool is_denied(const struct text *t, size_t i, enum intent intent)
{
    if (!(BIT(intent) & EFFECTS))
        return false;
    const intent_set near = BIT(INTENT_SELL) | BIT(INTENT_BUY) | BIT(INTENT_STOP); /* "khong ai mua, ... ban" */
    return (BIT(intent) & near) ? verb_is_negated(t, i) : command_is_denied(t, i, intent);
}

/* The intent of a keyword's meaning: "sell", "match buyer"; those of "one" hold of a listing that is named, "xem r8v8",
 * "bo tin 2", and are INTENT_NONE elsewhere. */
static enum intent intent_of(const struct text *t, size_t i, const char *meaning)
{
    if (strncmp(meaning, "match", 5) == 0)
        return INTENT_MATCH;
    if (strcmp(meaning, "list one") == 0)
        return *t->listing || listing_ends(t, i + 1) || (is_digits(t, i + 1) && i + 2 == t->n_spans) ? INTENT_LIST
                                                                                                     : INTENT_NONE;
    if (strcmp(meaning, "cancel one") == 0)
        return beside_listing(t, i) ? INTENT_CANCEL : INTENT_NONE;
    return intent_from_name(meaning);
}

static void note_intents(const struct text *t, size_t i, bool head, struct wants *w)
{
    const struct span *span = &t->spans[i];
    for (const struct sense *s = span_has(span, KW_INTENT) ? span->senses : NULL; s; s = s->next) {
        if (s->kind != SENSE_KEYWORD || s->keyword->kind != KW_INTENT || !sense_agrees(t, span, s))
            continue;
        enum intent intent = intent_of(t, i, s->keyword->meaning);
        bool buyers = intent == INTENT_MATCH && strstr(s->keyword->meaning, "buyer");
        if (intent == INTENT_NONE)
            continue;
        if (is_denied(t, i, intent)) {
            w->negated = true;
            continue;
        }
        bool trade = intent == INTENT_SELL || intent == INTENT_BUY;
        bool unsure = intent == INTENT_BUY && (is_conditional(t, i) || verb_is_rain(t, i));
        if (((BIT(intent) & COMMANDS) && !head && span->count < 2) || unsure)
            continue;
        if (trade && verb_is_theirs(t, i)) {
            buyers = intent == INTENT_BUY;
            w->sale_asked = w->sale_asked || !buyers;
            intent = INTENT_MATCH;
            w->rain_asked = w->rain_asked || span_means(t, span, KW_INTENT, "weather");
        }
        if (intent == INTENT_MATCH)
            w->buyers = buyers;
        if (!span_means(t, span, KW_OTHER, "perhaps"))
            w->plain |= BIT(intent);
        if (!(w->intents & BIT(intent)))
            w->at[intent] = i;
        w->intents |= BIT(intent);
        if (head)
            w->head |= BIT(intent);
        w->weather += intent == INTENT_WEATHER;
    }
    if (head && span_says_stop(t, span) && !verb_is_negated(t, i)) {
        w->intents |= BIT(INTENT_STOP);
        w->head |= BIT(INTENT_STOP);
    }
    bool rain = t->tags[i] != TAG_PLACE && span_means(t, span, KW_INTENT, "buy") &&
                span_means(t, span, KW_INTENT, "weather") && !verb_is_rain(t, i);
    w->weather -= rain;
    w->weather_doubted += span_means(t, span, KW_INTENT, "weather") && span_has(span, KW_FILLER);
}

/* "dung gui tieng khmer", "khong tieng hoa": not in this language. */
static bool says_not_to(const struct text *t, size_t i)
{
    while (i > 0 && t->tags[i] == TAG_FILLER)
        i--;
    return span_says_stop(t, &t->spans[i]) || span_means(t, &t->spans[i], KW_OTHER, "not");
}

/* An asking word, and not the "khong" within a sentence; those that only make a request soft are none. */
static void note_asking(const struct text *t, size_t i, struct wants *w)
{
    const struct span *span = &t->spans[i];
    size_t next = i + 1;
    while (next < t->n_spans && !says_something(t, next))
        next++;
    bool soft = span_means(t, span, KW_OTHER, "softly"), within = span_means(t, span, KW_OTHER, "not");
    w->softly = w->softly || soft;
    if (!span->senses || soft || (within && next < t->n_spans && t->tags[next] != TAG_ASKING))
        return;
    w->asked_at = w->asked_in_words ? w->asked_at : i;
    w->asked_in_words = true;
}

static void note_words(const struct text *t, size_t i, struct wants *w)
{
    const struct span *span = &t->spans[i];
    const struct keyword *k;
    if (span_keyword(t, span, KW_PRICE)) {
        w->price_word = true;
        w->price_asked = w->price_asked || span_means(t, span, KW_PRICE, "ask");
    }
    if (((k = span_keyword(t, span, KW_ASKING)) || t->tags[i] == TAG_ASKING) && !is_any(t, i)) {
        w->amount_asked = w->amount_asked || (k && strcmp(k->meaning, "amount") == 0);
        w->when_asked = w->when_asked || (k && strcmp(k->meaning, "when") == 0);
        w->asked = true;
        note_asking(t, i, w);
    }
    w->trend = w->trend || span_keyword(t, span, KW_TREND);
    w->changed = w->changed || (t->tags[i] == TAG_TREND && i + 1 < t->n_spans && tag_is_number(t->tags[i + 1]));
    w->trend_asked = w->trend_asked || span_means(t, span, KW_TREND, "ask");
    w->unclear = w->unclear || span_has(span, KW_UNCLEAR);
    w->spam += span_means(t, span, KW_OTHER, "spam");
    w->other_goods += span_means(t, span, KW_OTHER, "goods");
    w->not_ours += (t->tags[i] == TAG_OTHER && span_means(t, span, KW_OTHER, "goods") && !span_has(span, KW_POLITE)) ||
                   span_means(t, span, KW_TOPIC, "service");
    if ((k = span_keyword(t, span, KW_TOPIC))) {
        w->topics++;
        w->services += strcmp(k->meaning, "pest") != 0;
        w->privacy = w->privacy || strcmp(k->meaning, "privacy") == 0;
        w->subscription = w->subscription || strcmp(k->meaning, "subscription") == 0;
    }
    bool refused = i > 0 && span_has(span, KW_LANGUAGE) && says_not_to(t, i - 1);
    w->language_refused = w->language_refused || refused;
    k = refused ? NULL : span_keyword(t, span, KW_LANGUAGE);
    if (k && (!w->language || span->count > w->language_words)) {
        w->language = k;
        w->language_words = span->count;
        w->language_at = i;
    }
}

static void note_facts(const struct text *t, struct wants *w)
{
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *f = &t->facts[i];
        bool sized = false;
        for (size_t k = 0; k < t->n_facts; k++)
            sized = sized || (t->facts[k].kind == FACT_GOODS && ((const struct goods *)t->facts[k].commodity)->sized);
        w->goods += f->kind == FACT_GOODS;
        w->places += f->kind == FACT_PLACE;
        w->prices += f->kind == FACT_PRICE;
        w->bare += f->kind == FACT_BARE;
        w->quantities += f->kind == FACT_QUANTITY || (f->kind == FACT_COUNT && !sized);
        w->ones += (f->kind == FACT_QUANTITY || f->kind == FACT_COUNT) && f->each;
        w->days += f->kind == FACT_DAY;
    }
}

void find_wants(const struct text *t, struct wants *w)
{
    *w = (struct wants){.mistyped = *t->mistyped != '\0', .listing = *t->listing != '\0'};
    bool head = true, named_one = false; /* at the span before */
    for (size_t i = 0; i < t->n_spans; i++) {
        if (!says_something(t, i)) {
            w->polite += t->spans[i].senses != NULL;
            continue;
        }
        if (w->content++ == 0)
            w->command = find_command(t, i);
        bool names_one = listing_at(t, i), listed = names_one || named_one; /* "tin 2 huy": the verb may stand behind */
        named_one = names_one;
        w->listing = w->listing || names_one;
        w->question_marks += t->tags[i] == TAG_ASKING && !t->spans[i].senses;
        bool in_unit = t->tags[i] == TAG_UNIT && !span_unit(t, &t->spans[i]); /* "40 gia ban" */
        bool in_goods = t->tags[i] == TAG_GOODS && holds_verb(t, &t->spans[i]);
        if (counts_as_word(t->tags[i]) || in_unit || in_goods) {
            note_intents(t, i, head, w);
            note_words(t, i, w);
            w->past = w->past || is_past(t, i);
            w->told = w->told || verb_is_told(t, i);
        }
        if ((!listed && t->tags[i] != TAG_FILLER) || (w->intents & COMMANDS & ~(listed ? BIT(INTENT_LIST) : 0)))
            head = false;
    }
    note_facts(t, w);
    w->place_unknown = (w->head & BIT(INTENT_PLACE)) && names_unknown_place(t);
    join_wants(t, w);
}
