/* SPDX-License-Identifier: Apache-2.0
 *
 * Misspelt words: a run of words of which the lexicon does not cover all becomes the phrase it is clearly nearest to.
 * What can go wrong bounds what is done:
 *   - a number is never touched, nor a word beside it that is its unit;
 *   - short words are left alone, and the cost allowed grows with the letters written;
 *   - a Vietnamese syllable is a word though the lexicon has it not: it changes only within a phrase, and only into
 * what sounds alike; so does a word that the lexicon has;
 *   - the nearest phrase of another meaning must be farther by a margin;
 *   - what stops, cancels, confirms or denies is never put into anybody's mouth: what is nearest to such a word stays.
 */
#include <string.h>

#include "parsers/read/intent.h"
#include "parsers/read/read_p.h"
#include "parsers/read/syllable.h"
#include "parsers/text/slip.h"

#define WINDOW_WORDS 4  /* words of a run compared as a whole */
#define TRIES_MAX 12    /* words of a text that are looked at, */
#define WEIGHED_MAX 150 /* and phrases compared with them: what bounds its time */
#define LETTER_GAIN 2   /* what a letter explained is worth, against cost */
#define ALONE_MIN 4     /* letters of a single word */
#define STRANGE_MIN 3   /* letters of a word that is none; shorter ones are abbreviations */
#define CHANGED_MIN 7   /* letters of a run in which a word that is one may change */
#define CHANGED_COST 4  /* what that may cost: two slips of the ear */

/* The cost allowed, by letters written. */
static const uint8_t budgets[] = {0, 0, 0, 0, 2, 4, 5, 5, 8, 8, 9};

enum word {
    WORD_NONE,     /* no word, or one that must stay */
    WORD_STRANGE,  /* not covered, and no Vietnamese syllable */
    WORD_SYLLABLE, /* not covered */
    WORD_COVERED,  /* by a phrase of its own */
    WORD_BOUND,    /* covered, and only part of another phrase as it is */
};

struct window {
    size_t from, n; /* tokens */
    size_t letters;
    bool strange, marked; /* does it hold such a word, one with marks? */
    struct slice text;
    char room[SLIP_TEXT_MAX + 1];
};

/* ---- what the words are ---- */

static bool all_letters(struct slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] < 'a' || text.at[i] > 'z')
            return false;
    return true;
}

static const struct sense *senses_of(const struct text *t, struct slice word)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, phrases_word(p, word));
    return node ? phrases_senses(p, node) : NULL;
}

/* The word with each run of a letter as one, in `letters`; as long as the word when no key was pressed twice. */
static struct slice single_keys(struct slice word, char letters[SLIP_TEXT_MAX])
{
    struct slice single = {letters, 0};
    for (size_t i = 0; i < word.n && single.n < SLIP_TEXT_MAX; i++)
        if (i == 0 || word.at[i] != word.at[i - 1])
            letters[single.n++] = word.at[i];
    return single;
}

/* A syllable, also one with a key pressed twice unless the lexicon has it: ngheoo. */
static bool is_like_syllable(const struct text *t, struct slice word)
{
    char letters[SLIP_TEXT_MAX];
    if (is_syllable(word))
        return true;
    struct slice single = single_keys(word, letters);
    return single.n < word.n && is_syllable(single) && !senses_of(t, single);
}

static bool after_number(const struct text *t, size_t token)
{
    return token > 0 && t->tokens[token - 1].kind == TOKEN_NUMBER;
}

static bool before_number(const struct text *t, size_t token)
{
    return token + 1 < t->n_tokens && t->tokens[token + 1].glued && t->tokens[token + 1].kind == TOKEN_NUMBER;
}

/* Is the token the last of a phrase that is one without it too? "ban dau" may be the beginning of "ban dau phonq". */
static bool is_loose_end(const struct text *t, const struct span *span, size_t token)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = token + 1 == span->first + span->count ? PHRASE_ROOT : 0;
    for (size_t i = span->first; i < token && node; i++)
        node = phrases_step(p, node, t->words[i]);
    return node && phrases_senses(p, node);
}

/* A word that says something by itself does not change. */
static enum word word_covered(const struct text *t, const struct span *span, size_t token)
{
    static const uint64_t things = KIND_BIT(SENSE_COMMODITY) | KIND_BIT(SENSE_PLACE) | KIND_BIT(SENSE_UNIT);
    static const uint64_t saying = KEYWORD_BIT(KW_INTENT) | KEYWORD_BIT(KW_NUMBER) | KEYWORD_BIT(KW_PRICE) |
                                   KEYWORD_BIT(KW_ASKING) | KEYWORD_BIT(KW_AT) | KEYWORD_BIT(KW_POLITE) |
                                   KEYWORD_BIT(KW_ANSWER) | KEYWORD_BIT(KW_OTHER);
    if (span->count > 1)
        return span->kinds & things || !is_loose_end(t, span, token) ? WORD_NONE : WORD_BOUND;
    if (after_number(t, token) && span_is(span, SENSE_UNIT))
        return WORD_NONE;
    return span->kinds & saying ? WORD_BOUND : WORD_COVERED;
}

static enum word word_of(const struct text *t, const struct span *span, size_t token)
{
    struct slice text = t->tokens[token].text;
    if (t->tokens[token].kind != TOKEN_WORD || !all_letters(text) || before_number(t, token))
        return WORD_NONE;
    if (span->senses)
        return word_covered(t, span, token);
    if (is_like_syllable(t, text))
        return WORD_SYLLABLE;
    return text.n >= STRANGE_MIN ? WORD_STRANGE : WORD_NONE;
}

/* ---- what may be meant ---- */

/* What a mended word may make of a text. */
enum effect {
    EFFECT_NONE,
    EFFECT_OFFER, /* sell, buy: only when it is nearer still */
    EFFECT_BARRED,
};

static enum effect effect_of_intent(enum intent intent)
{
    static const enum intent harmless[] = {INTENT_PRICE, INTENT_SEASON, INTENT_WEATHER, INTENT_FORECAST,
                                           INTENT_MATCH, INTENT_LIST,   INTENT_HELP,    INTENT_QUESTION};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (harmless[i] == intent)
            return EFFECT_NONE;
    return intent == INTENT_SELL || intent == INTENT_BUY ? EFFECT_OFFER : EFFECT_BARRED;
}

static enum effect effect_of_keyword(const struct keyword *keyword)
{
    static const enum keyword_kind barred[] = {KW_ANSWER, KW_NUMBER, KW_HALF, KW_LANGUAGE, KW_LISTING};
    for (size_t i = 0; i < sizeof barred / sizeof *barred; i++)
        if (barred[i] == keyword->kind)
            return EFFECT_BARRED;
    if (keyword->kind != KW_INTENT)
        return EFFECT_NONE;
    bool match = strncmp(keyword->meaning, "match", 5) == 0;
    return effect_of_intent(match ? INTENT_MATCH : intent_from_name(keyword->meaning));
}

/* The gravest of a phrase's senses. */
static enum effect effect_of(const struct sense *senses)
{
    enum effect gravest = EFFECT_NONE;
    for (const struct sense *s = senses; s; s = s->next) {
        enum effect effect = s->kind == SENSE_KEYWORD ? effect_of_keyword(s->keyword) : EFFECT_NONE;
        gravest = effect > gravest ? effect : gravest;
    }
    return gravest;
}

static bool has_unit(const struct sense *senses)
{
    while (senses && senses->kind != SENSE_UNIT)
        senses = senses->next;
    return senses != NULL;
}

/* ---- one run of words ---- */

/* False when the run holds a word that must stay, or punctuation, or is too long. */
static bool open_window(const struct text *t, const enum word *words, size_t from, size_t n, struct window *w)
{
    size_t length = 0;
    *w = (struct window){.from = from, .n = n};
    for (size_t i = from; i < from + n; i++) {
        struct slice text = t->tokens[i].text;
        if (words[i] == WORD_NONE || length + text.n + 1 > sizeof w->room)
            return false;
        if (i > from)
            w->room[length++] = ' ';
        memcpy(w->room + length, text.at, text.n);
        length += text.n;
        w->letters += text.n;
        w->strange = w->strange || words[i] == WORD_STRANGE;
        w->marked = w->marked || t->tokens[i].marks;
    }
    w->text = (struct slice){w->room, length};
    return true;
}

/* The next word of a phrase; n = 0 after the last. */
static struct slice next_word(struct slice *rest)
{
    const char *end = memchr(rest->at, ' ', rest->n);
    struct slice word = {rest->at, end ? (size_t)(end - rest->at) : rest->n};
    size_t used = word.n + (end != NULL);
    *rest = (struct slice){rest->at + used, rest->n - used};
    return word;
}

/* Do the words the lexicon has come back unchanged, in their places? */
enum kept { KEPT_ALL, KEPT_BOUND, KEPT_NOT };

static enum kept kept_by(const struct text *t, const enum word *words, const struct window *w, struct slice phrase)
{
    enum kept kept = KEPT_ALL;
    for (size_t i = w->from; i < w->from + w->n; i++) {
        bool same = slice_eq(next_word(&phrase), t->tokens[i].text);
        if (!same && words[i] == WORD_BOUND)
            return KEPT_NOT;
        if (!same && words[i] == WORD_COVERED)
            kept = KEPT_BOUND;
    }
    return kept;
}

/* The tone of a word's marks, hỏi and ngã as one: the South does not tell them apart. */
static char tone_of(const char *marks)
{
    char last = marks[strlen(marks) - 1];
    return last == '4' ? '3' : last >= '1' && last <= '5' ? last : '0';
}

/* A word without a tone, but with a mark, may be one typed with a key pressed twice: gaach. */
static bool tones_agree(const char *written, const char *meant)
{
    return !written || !meant || tone_of(written) == '0' || tone_of(written) == tone_of(meant);
}

/* The sense whose tones are those that were written; NULL when none is so. */
static const struct sense *agreeing(const struct text *t, const struct window *w, const struct sense *senses)
{
    for (const struct sense *s = senses; s; s = s->next) {
        bool agrees = true;
        for (size_t i = 0; s->marks && s->words == w->n && i < w->n; i++)
            agrees = agrees && tones_agree(t->tokens[w->from + i].marks, s->marks[i]);
        if (agrees)
            return s;
    }
    return NULL;
}

static unsigned budget_of(const struct window *w)
{
    size_t last = sizeof budgets - 1;
    return budgets[w->letters < last ? w->letters : last];
}

/* Is the run long enough for a word that is one to change? */
static bool may_change(const struct window *w)
{
    return w->n > 1 && w->letters >= CHANGED_MIN;
}

/* Of a run and the phrase nearest to it. */
enum verdict {
    VERDICT_FAR,
    VERDICT_UNCLEAR, /* near, but so is another; or it must not become this */
    VERDICT_CLEAR,
};

/* Are the words that are changed among those that may change, and so little? */
static bool is_near(const struct text *t, const enum word *words, const struct window *w, const struct near *near)
{
    enum kept kept = kept_by(t, words, w, near->text);
    if (near->cost > budget_of(w) || kept == KEPT_NOT)
        return false;
    if (w->strange && kept == KEPT_ALL)
        return true;
    bool changes_little = may_change(w) && near->cost <= CHANGED_COST;
    return near->by_ear && (changes_little || near->cost == 0); /* 0: only the tone is another */
}

static enum verdict judge(const struct text *t, const enum word *words, const struct window *w, const struct near *near)
{
    enum effect effect = effect_of(near->senses);
    unsigned margin = near->by_ear ? NEAREST_MARGIN_BY_EAR : NEAREST_MARGIN;
    if (!near->text.n || !is_near(t, words, w, near))
        return VERDICT_FAR;
    if (effect == EFFECT_BARRED || (effect == EFFECT_OFFER && near->cost > budget_of(w) / 2) ||
        near->rival < near->cost + margin || !agreeing(t, w, near->senses))
        return VERDICT_UNCLEAR;
    bool glued = after_number(t, w->from) && t->tokens[w->from].glued;
    return glued && !has_unit(near->senses) ? VERDICT_UNCLEAR : VERDICT_CLEAR;
}

/* ---- the text ---- */

/* A run and the phrase it becomes. */
struct mend {
    size_t from, n; /* n = 0: none, it is not clear which */
    struct slice phrase;
    const struct sense *sense; /* whose marks stand for those written */
    int gain;                  /* what makes one mend better than another: what it explains, less the cost */
    size_t weighed;            /* phrases compared for it */
};

static void try_window(const struct text *t, const enum word *words, size_t from, size_t n, struct mend *best)
{
    struct window w;
    if (!open_window(t, words, from, n, &w) || w.letters < ALONE_MIN || (!w.strange && !w.marked && !may_change(&w)))
        return;
    struct near near = nearest_find(t->lexicon->nearest, w.text, w.strange ? SLIPS_ALL : SLIPS_OF_EAR, budget_of(&w));
    int gain = LETTER_GAIN * (int)w.letters - (int)near.cost;
    best->weighed += near.weighed;
    if (gain <= best->gain)
        return;
    enum verdict verdict = judge(t, words, &w, &near);
    if (verdict == VERDICT_CLEAR)
        *best = (struct mend){from, n, near.text, agreeing(t, &w, near.senses), gain, best->weighed};
    else if (verdict == VERDICT_UNCLEAR)
        *best = (struct mend){.gain = gain, .weighed = best->weighed};
}

/* The best mend of the runs that hold a token. */
static struct mend mend_at(const struct text *t, const enum word *words, size_t token)
{
    struct mend best = {.gain = 0};
    for (size_t n = 1; n <= WINDOW_WORDS; n++)
        for (size_t before = 0; before < n; before++)
            if (token >= before && token - before + n <= t->n_tokens && best.weighed < WEIGHED_MAX)
                try_window(t, words, token - before, n, &best);
    return best;
}

static size_t words_in(struct slice phrase)
{
    size_t n = 1;
    for (size_t i = 0; i < phrase.n; i++)
        n += phrase.at[i] == ' ';
    return n;
}

/* bann, khoaii: a word of the lexicon with a key pressed twice. */
static struct mend mend_key(const struct text *t, size_t token)
{
    char letters[SLIP_TEXT_MAX];
    const struct token *written = &t->tokens[token];
    struct slice single = single_keys(written->text, letters);
    bool twice = single.n < written->text.n && written->text.n <= SLIP_TEXT_MAX;
    const struct sense *senses = twice ? senses_of(t, single) : NULL;
    if (!senses || effect_of(senses) == EFFECT_BARRED || (written->glued && after_number(t, token) && !has_unit(senses)))
        return (struct mend){.n = 0};
    return (struct mend){token, 1, {arena_copy(t->arena, single), single.n}, senses, 0, 0};
}

/* Writes the phrase's words to out; how many. */
static size_t put_mend(const struct text *t, const struct mend *mend, struct token *out)
{
    const char *const *marks = mend->sense && mend->sense->words == mend->n ? mend->sense->marks : NULL;
    struct slice rest = mend->phrase;
    size_t n = 0;
    for (; rest.n; n++) {
        struct slice word = next_word(&rest);
        out[n] = (struct token){.kind = TOKEN_WORD,
                                .glued = n == 0 && t->tokens[mend->from].glued,
                                .text = {arena_copy(t->arena, word), word.n},
                                .marks = marks && t->tokens[mend->from + n].marks ? marks[n] : NULL,
                                .mended = true};
    }
    return n;
}

static enum word *words_of(const struct text *t, bool *any)
{
    enum word *words = NULL;
    *any = false;
    for (size_t i = 0; i < t->n_spans; i++)
        *any = *any || (!t->spans[i].senses && t->tokens[t->spans[i].first].kind == TOKEN_WORD);
    if (*any)
        words = arena_calloc(t->arena, t->n_tokens + 1, sizeof *words);
    for (size_t i = 0; *any && i < t->n_spans; i++)
        for (size_t k = 0; k < t->spans[i].count; k++)
            words[t->spans[i].first + k] = word_of(t, &t->spans[i], t->spans[i].first + k);
    return words;
}

/* Have mended words become part of a phrase that must not come of them? "ban het rroi" would be sold. */
static bool has_barred(const struct text *t)
{
    for (size_t i = 0; i < t->n_spans; i++) {
        const struct span *span = &t->spans[i];
        bool mended = false;
        for (size_t k = 0; k < span->count; k++)
            mended = mended || t->tokens[span->first + k].mended;
        if (mended && effect_of(span->senses) == EFFECT_BARRED)
            return true;
    }
    return false;
}

/* Writes the tokens with what can be mended to out; how many, 0 when nothing can. */
static size_t mend_all(const struct text *t, const enum word *words, struct token *out)
{
    size_t count = 0, done = 0, tries = 0, weighed = 0; /* done: tokens written to out, or gone into a phrase */
    for (size_t i = 0; i < t->n_tokens && tries < TRIES_MAX && weighed < WEIGHED_MAX; i++) {
        if (i < done || (words[i] != WORD_STRANGE && words[i] != WORD_SYLLABLE))
            continue;
        struct mend mend = mend_at(t, words, i), key = {.n = 0};
        if (words[i] == WORD_STRANGE && (mend.n == 0 || words_in(mend.phrase) != mend.n))
            key = mend_key(t, i);
        mend = key.n ? key : mend;
        tries++;
        weighed += mend.weighed;
        if (mend.n == 0 || mend.from < done)
            continue;
        memcpy(out + count, t->tokens + done, (mend.from - done) * sizeof *out);
        count += mend.from - done;
        count += put_mend(t, &mend, out + count);
        done = mend.from + mend.n;
    }
    if (done == 0)
        return 0;
    memcpy(out + count, t->tokens + done, (t->n_tokens - done) * sizeof *out);
    return count + t->n_tokens - done;
}

void text_mend(struct text *t)
{
    bool any;
    const enum word *words = words_of(t, &any);
    if (!any)
        return;
    struct token *written = t->tokens;
    uint32_t *words_written = t->words;
    struct token *mended = arena_calloc(t->arena, t->n_tokens + TRIES_MAX * PHRASE_WORDS_MAX + 1, sizeof *mended);
    size_t n_written = t->n_tokens, n_mended = mend_all(t, words, mended);
    if (n_mended == 0)
        return;
    t->tokens = mended;
    t->n_tokens = n_mended;
    t->words = NULL;
    text_span(t);
    if (has_barred(t)) {
        t->tokens = written;
        t->n_tokens = n_written;
        t->words = words_written;
        text_span(t);
    }
}
