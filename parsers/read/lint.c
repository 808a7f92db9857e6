/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/lint.h"

#include "parsers/market/listing_code.h"
#include "parsers/read/items.h"

static const struct {
    const char *name, *says;
} lints[LINT_COUNT] = {
#define X(symbol, name, says) [symbol] = {name, says},
    LINT_TABLE(X)
#undef X
};

const char *lint_name(enum lint lint)
{
    return lints[lint].name;
}

const char *lint_says(enum lint lint)
{
    return lints[lint].says;
}

/* ---- one sense beside another: as tag.c, place.c and reader.c decide it ---- */

static bool is_keyword(const struct sense *sense, enum keyword_kind kind)
{
    return sense->kind == SENSE_KEYWORD && sense->keyword->kind == kind;
}

static bool is_stop(const struct sense *sense)
{
    return is_keyword(sense, KW_INTENT) && strcmp(sense->keyword->meaning, "stop") == 0;
}

static bool same_amount(const struct unit *a, const struct unit *b)
{
    return a->factor_milli == b->factor_milli && strcmp(a->base, b->base) == 0;
}

/* Does it make no difference which is meant? */
static bool same_meaning(const struct sense *a, const struct sense *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case SENSE_COMMODITY:
        return a->commodity == b->commodity;
    case SENSE_PLACE:
        return places_alike(a->place, b->place);
    case SENSE_UNIT:
        return same_amount(a->unit, b->unit);
    default:
        return a->keyword->kind == b->keyword->kind && strcmp(a->keyword->meaning, b->keyword->meaning) == 0;
    }
}

/* Is there a way to write the second that is not the first too? */
static bool told_by_marks(const struct sense *first, const struct sense *second)
{
    for (size_t i = 0; first->marks && second->marks && i < first->words; i++)
        if (!marks_agree(second->marks[i], first->marks[i]))
            return true;
    return false;
}

/* Keywords of one kind: of these all meanings are heard, of the others the first row's. */
static bool all_heard(enum keyword_kind kind)
{
    static const enum keyword_kind kinds[] = {KW_INTENT, KW_PRICE, KW_ASKING, KW_ANSWER, KW_OTHER, KW_TREND,
                                              KW_FILLER, KW_DATE,  KW_HALF,   KW_POLITE, KW_FLOOR};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

/* What is heard only when the span is neither goods nor a place. */
static bool is_drowned(const struct keyword *keyword)
{
    return keyword->kind == KW_INTENT || keyword->kind == KW_LANGUAGE || keyword->kind == KW_TOPIC;
}

/* A verb of trade in a name of goods of several words is heard as well. */
static bool holds_verb(const struct sense *entry, const struct keyword *keyword)
{
    return entry->kind == SENSE_COMMODITY && entry->words > 1 && keyword->kind == KW_INTENT &&
           (strcmp(keyword->meaning, "sell") == 0 || strcmp(keyword->meaning, "buy") == 0);
}

static enum lint beside_keyword(const struct sense *entry, const struct keyword *keyword)
{
    if (entry->kind == SENSE_UNIT)
        return LINT_CONTEXT;
    if (keyword->kind == KW_UNCLEAR)
        return LINT_ASKED;
    if (entry->kind == SENSE_PLACE && keyword->kind == KW_INTENT)
        return LINT_CONTEXT; /* alone it is the command */
    return is_drowned(keyword) && !holds_verb(entry, keyword) ? LINT_ORDER : LINT_CONTEXT;
}

static enum lint between_places(const struct sense *a, const struct sense *b)
{
    return a->ambiguous == b->ambiguous ? LINT_ASKED : LINT_ORDER;
}

/* A keyword with marks and without is two rows of one meaning. */
static bool stood_before(const struct sense *senses, const struct sense *sense)
{
    for (; senses != sense; senses = senses->next)
        if (sense->kind == SENSE_KEYWORD && same_meaning(senses, sense))
            return true;
    return false;
}

/* Of two that are different. Kinds are in the order of enum sense_kind. */
static enum lint between(const struct sense *a, const struct sense *b)
{
    if (b->kind == SENSE_KEYWORD && a->kind != SENSE_KEYWORD)
        return beside_keyword(a, b->keyword);
    if (a->kind != b->kind)
        return b->kind == SENSE_UNIT ? LINT_CONTEXT : LINT_ORDER;
    switch (a->kind) {
    case SENSE_COMMODITY:
        return LINT_ASKED;
    case SENSE_PLACE:
        return between_places(a, b);
    case SENSE_UNIT:
        return LINT_ORDER;
    default:
        return a->keyword->kind != b->keyword->kind || all_heard(a->keyword->kind) ? LINT_CONTEXT : LINT_ORDER;
    }
}

/* Does the second win? Places go before goods, a name of its own before one that fits several, money after other units.
 */
static bool second_wins(const struct sense *a, const struct sense *b)
{
    if (a->kind == SENSE_COMMODITY && b->kind == SENSE_PLACE)
        return true;
    if (a->kind == SENSE_PLACE && b->kind == SENSE_PLACE)
        return a->ambiguous && !b->ambiguous;
    return a->kind == SENSE_UNIT && b->kind == SENSE_UNIT && a->unit->dimension == DIM_MONEY &&
           b->unit->dimension != DIM_MONEY;
}

/* Asked about without need, unless somebody says that it is needed: names that fit several places say so themselves. */
static bool is_suspect(enum lint lint, const struct sense *a, const struct sense *b)
{
    if (lint == LINT_ASKED)
        return b->kind == SENSE_COMMODITY || (b->kind == SENSE_PLACE && !a->ambiguous);
    return lint != LINT_CONTEXT && lint != LINT_MARKS;
}

/* ---- findings ---- */

struct linting {
    const struct phrases *phrases;
    struct arena *arena;
    const struct table *shared;
    lint_report *report;
    void *context;
};

static const char *meaning(struct arena *arena, const struct sense *sense)
{
    switch (sense->kind) {
    case SENSE_COMMODITY:
        return sense->commodity->code;
    case SENSE_PLACE:
        return sense->place->code;
    case SENSE_UNIT:
        return sense->unit->code;
    default:
        return arena_printf(arena, "%s:%s", keyword_kind_name(sense->keyword->kind), sense->keyword->meaning);
    }
}

static bool lists(const char *list, const char *word)
{
    for (size_t n = strlen(word); *list; list += strspn(list, ";")) {
        size_t size = strcspn(list, ";");
        if (size == n && strncmp(list, word, n) == 0)
            return true;
        list += size;
    }
    return false;
}

/* The same but for blanks, which stand between the signs of a folded word. */
static bool same_letters(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (*a != *b || !*a)
            return *a == *b;
    }
}

static bool is_declared(const struct table *shared, const struct lint_finding *f)
{
    for (size_t row = 0; shared && row < shared->rows; row++) {
        const char *meanings = table_cell(shared, row, table_column(shared, "meanings"));
        if (same_letters(table_cell(shared, row, table_column(shared, "word")), f->word) && lists(meanings, f->first) &&
            (!*f->second || lists(meanings, f->second)))
            return true;
    }
    return false;
}

static void found(const struct linting *l, struct lint_finding finding)
{
    finding.declared = finding.suspect && is_declared(l->shared, &finding);
    l->report(l->context, &finding);
}

static void lint_pair(const struct linting *l, const char *word, const struct sense *a, const struct sense *b)
{
    if (b->kind < a->kind || second_wins(a, b)) {
        const struct sense *swap = a;
        a = b;
        b = swap;
    }
    if (same_meaning(a, b))
        return;
    enum lint lint = between(a, b);
    if (a->kind != SENSE_KEYWORD && is_stop(b))
        lint = LINT_STOP;
    else if (lint == LINT_ORDER && told_by_marks(a, b))
        lint = LINT_MARKS;
    found(l, (struct lint_finding){.word = word,
                                   .first = meaning(l->arena, a),
                                   .second = meaning(l->arena, b),
                                   .lint = lint,
                                   .suspect = is_suspect(lint, a, b)});
}

static bool has_sense(const struct sense *senses, enum sense_kind kind)
{
    while (senses && senses->kind != kind)
        senses = senses->next;
    return senses != NULL;
}

/* A number with units and nothing else: "5 con", "2 tr". */
static bool is_amount(const struct linting *l, const char *word)
{
    size_t n;
    const struct token *tokens = text_tokens(l->arena, slice_of(word), &n);
    for (size_t i = 0; i < n; i++) {
        uint32_t node = phrases_step(l->phrases, PHRASE_ROOT, phrases_word(l->phrases, tokens[i].text));
        bool unit = node && has_sense(phrases_senses(l->phrases, node), SENSE_UNIT);
        if (tokens[i].kind != TOKEN_NUMBER && !(unit && i > 0))
            return false;
    }
    return n > 1;
}

static bool is_code(struct arena *arena, const char *word)
{
    char code[LISTING_CODE_MAX], *joined = arena_copy(arena, slice_of(word));
    size_t n = 0;
    for (; *word; word++)
        if (*word != ' ')
            joined[n++] = *word;
    return listing_code_read((struct slice){joined, n}, code);
}

static void lint_shape(const struct linting *l, const char *word, const struct sense *senses)
{
    const bool holds[LINT_COUNT] = {[LINT_AMOUNT] = is_amount(l, word), [LINT_CODE] = is_code(l->arena, word)};
    for (int i = 0; i < LINT_COUNT; i++)
        if (holds[i])
            found(l, (struct lint_finding){word, meaning(l->arena, senses), "", (enum lint)i, true, false});
}

static void lint_phrase(void *context, const char *word, const struct sense *senses)
{
    const struct linting *l = context;
    for (const struct sense *a = senses; a; a = a->next)
        for (const struct sense *b = a->next; b && !stood_before(senses, a); b = b->next)
            if (!stood_before(senses, b))
                lint_pair(l, word, a, b);
    lint_shape(l, word, senses);
}

void lint_lexicon(const struct lexicon *lexicon, struct arena *arena, const char *phrase, const struct table *shared,
                  lint_report *report, void *context)
{
    struct linting l = {lexicon->phrases, arena, shared, report, context};
    phrases_each(lexicon->phrases, arena, phrase, lint_phrase, &l);
}
