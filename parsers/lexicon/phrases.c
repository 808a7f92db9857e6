/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/lexicon/phrases.h"

#include <string.h>

#include "parsers/text/token.h"

/* Open addressing, a power of two of slots, at most half full. Tables grow by doubling in the arena: the old halves
 * stay there until the lexicon goes, at most as much again. */
struct word_slot {
    uint64_t head; /* of the text: head_of */
    struct slice text;
    uint32_t id; /* 0 = free */
};

struct step_slot {
    uint32_t node, word;
    uint32_t next; /* 0 = free */
};

struct node {
    const struct sense *senses;
    uint64_t kinds; /* of all of them */
};

struct phrases {
    struct arena *arena;
    struct word_slot *words;
    struct step_slot *steps;
    struct node *nodes; /* by number */
    size_t word_slots, step_slots, node_slots;
    uint32_t n_words, n_nodes, n_steps;
};

struct phrases *phrases_new(struct arena *arena)
{
    struct phrases *p = arena_alloc(arena, sizeof *p);
    p->arena = arena;
    p->word_slots = p->step_slots = p->node_slots = 4096;
    p->words = arena_calloc(arena, p->word_slots, sizeof *p->words);
    p->steps = arena_calloc(arena, p->step_slots, sizeof *p->steps);
    p->nodes = arena_calloc(arena, p->node_slots, sizeof *p->nodes);
    p->n_nodes = PHRASE_ROOT;
    return p;
}

#define HEAD 8 /* bytes that are compared as one number, which is all there are of most words */
#define GOLDEN 0x9E3779B97F4A7C15u

static uint64_t eight_bytes(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

static uint64_t four_bytes(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* The first bytes of a text as a number, that of no other text of this length unless both are longer than that. */
static uint64_t head_of(struct slice text)
{
    if (text.n >= HEAD)
        return eight_bytes(text.at);
    if (text.n >= 4)
        return four_bytes(text.at) | four_bytes(text.at + text.n - 4) << 32;
    const unsigned char *at = (const unsigned char *)text.at;
    return text.n ? (uint64_t)at[0] | (uint64_t)at[text.n / 2] << 8 | (uint64_t)at[text.n - 1] << 16 : 0;
}

static size_t hash_text(struct slice text, uint64_t head)
{
    uint64_t tail = text.n > HEAD ? eight_bytes(text.at + text.n - HEAD) : 0;
    return (size_t)(((head ^ tail >> 5) * GOLDEN + text.n * GOLDEN) >> 32);
}

static bool is_in(const struct word_slot *slot, struct slice text, uint64_t head)
{
    return slot->head == head && slot->text.n == text.n &&
           (text.n <= HEAD || memcmp(slot->text.at, text.at, text.n) == 0);
}

static uint32_t hash_step(uint32_t node, uint32_t word)
{
    uint64_t h = ((uint64_t)node << 32 | word) * GOLDEN;
    return (uint32_t)(h >> 32);
}

static struct word_slot *word_slot(const struct phrases *p, struct slice text)
{
    uint64_t head = head_of(text);
    for (size_t i = hash_text(text, head) & (p->word_slots - 1);; i = (i + 1) & (p->word_slots - 1))
        if (p->words[i].id == 0 || is_in(&p->words[i], text, head))
            return &p->words[i];
}

static struct step_slot *step_slot(const struct phrases *p, uint32_t node, uint32_t word)
{
    for (size_t i = hash_step(node, word) & (p->step_slots - 1);; i = (i + 1) & (p->step_slots - 1))
        if (p->steps[i].next == 0 || (p->steps[i].node == node && p->steps[i].word == word))
            return &p->steps[i];
}

static void grow_words(struct phrases *p)
{
    struct word_slot *old = p->words;
    size_t n = p->word_slots;
    p->word_slots *= 2;
    p->words = arena_calloc(p->arena, p->word_slots, sizeof *p->words);
    for (size_t i = 0; i < n; i++)
        if (old[i].id)
            *word_slot(p, old[i].text) = old[i];
}

static void grow_steps(struct phrases *p)
{
    struct step_slot *old = p->steps;
    size_t n = p->step_slots;
    p->step_slots *= 2;
    p->steps = arena_calloc(p->arena, p->step_slots, sizeof *p->steps);
    for (size_t i = 0; i < n; i++)
        if (old[i].next)
            *step_slot(p, old[i].node, old[i].word) = old[i];
}

static void grow_nodes(struct phrases *p)
{
    const struct node *old = p->nodes;
    p->nodes = arena_calloc(p->arena, p->node_slots * 2, sizeof *p->nodes);
    memcpy(p->nodes, old, p->node_slots * sizeof *p->nodes);
    p->node_slots *= 2;
}

static uint32_t add_word(struct phrases *p, struct slice text)
{
    struct word_slot *slot = word_slot(p, text);
    if (slot->id)
        return slot->id;
    *slot = (struct word_slot){head_of(text), {arena_copy(p->arena, text), text.n}, ++p->n_words};
    uint32_t id = slot->id;
    if (p->n_words * 2u > p->word_slots)
        grow_words(p);
    return id;
}

static uint32_t add_step(struct phrases *p, uint32_t node, uint32_t word)
{
    struct step_slot *slot = step_slot(p, node, word);
    if (slot->next)
        return slot->next;
    uint32_t next = ++p->n_nodes;
    *slot = (struct step_slot){node, word, next};
    if (++p->n_steps * 2u > p->step_slots)
        grow_steps(p);
    if (p->n_nodes >= p->node_slots)
        grow_nodes(p);
    return next;
}

/* How often the word stands among those before it. */
static size_t repeated(const struct token *words, size_t at)
{
    size_t n = 0;
    for (size_t i = 0; i < at; i++)
        n += slice_eq(words[i].text, words[at].text);
    return n;
}

/* The marks of each word, taken from the accented form's word of the same letters, of its second when it is the second
 * such (đu đủ); a word found there without marks must be written without. */
static const char *const *marks_of(struct phrases *p, const struct token *words, size_t n, struct slice accented)
{
    size_t m;
    struct token *with = text_tokens(p->arena, accented, &m);
    const char **marks = arena_calloc(p->arena, n, sizeof *marks);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m && !marks[i]; j++)
            if (words[i].kind == TOKEN_WORD && slice_eq(words[i].text, with[j].text) &&
                repeated(words, i) == repeated(with, j))
                marks[i] = with[j].marks ? with[j].marks : with[j].text.at;
    return marks;
}

static bool known(const struct sense *list, const struct sense *sense)
{
    for (; list; list = list->next)
        if (list->kind == sense->kind && list->keyword == sense->keyword)
            return true;
    return false;
}

void phrases_add(struct phrases *phrases, struct slice phrase, struct slice accented, struct sense sense)
{
    size_t n;
    struct token *words = text_tokens(phrases->arena, phrase, &n);
    if (n == 0 || n > PHRASE_WORDS_MAX)
        return;
    uint32_t node = PHRASE_ROOT;
    for (size_t i = 0; i < n; i++)
        node = add_step(phrases, node, add_word(phrases, words[i].text));
    if (known(phrases->nodes[node].senses, &sense))
        return;
    struct sense *added = arena_alloc(phrases->arena, sizeof *added);
    *added = sense;
    added->words = (uint8_t)n;
    added->marks = accented.n ? marks_of(phrases, words, n, accented) : NULL;
    phrases->nodes[node].kinds |= sense_kinds(added);
    const struct sense **tail = &phrases->nodes[node].senses;
    while (*tail)
        tail = (const struct sense **)(uintptr_t) & (*tail)->next;
    *tail = added;
}

uint32_t phrases_word(const struct phrases *phrases, struct slice folded)
{
    return word_slot(phrases, folded)->id;
}

uint32_t phrases_step(const struct phrases *phrases, uint32_t node, uint32_t word)
{
    return word ? step_slot(phrases, node, word)->next : 0;
}

const struct sense *phrases_senses(const struct phrases *phrases, uint32_t node)
{
    return phrases->nodes[node].senses;
}

uint64_t phrases_kinds(const struct phrases *phrases, uint32_t node)
{
    return phrases->nodes[node].kinds;
}

/* ---- all of them ---- */

/* The words of a phrase, from the way back to the root. */
static const char *phrase_at(struct arena *arena, const struct step_slot *const *steps, const struct slice *words,
                             uint32_t node)
{
    const char *phrase = "";
    for (; node != PHRASE_ROOT; node = steps[node]->node) {
        struct slice word = words[steps[node]->word];
        phrase = arena_printf(arena, "%.*s%s%s", (int)word.n, word.at, *phrase ? " " : "", phrase);
    }
    return phrase;
}

static void visit_all(const struct phrases *p, struct arena *arena, phrases_visit *visit, void *context)
{
    const struct step_slot **steps = arena_calloc(arena, p->n_nodes + 1u, sizeof *steps);
    struct slice *words = arena_calloc(arena, p->n_words + 1u, sizeof *words);
    for (size_t i = 0; i < p->step_slots; i++)
        if (p->steps[i].next)
            steps[p->steps[i].next] = &p->steps[i];
    for (size_t i = 0; i < p->word_slots; i++)
        if (p->words[i].id)
            words[p->words[i].id] = p->words[i].text;
    for (uint32_t node = PHRASE_ROOT + 1; node <= p->n_nodes; node++)
        if (p->nodes[node].senses)
            visit(context, phrase_at(arena, steps, words, node), p->nodes[node].senses);
}

void phrases_each(const struct phrases *phrases, struct arena *arena, const char *only, phrases_visit *visit,
                  void *context)
{
    size_t n = 0;
    const struct token *tokens = only ? text_tokens(arena, slice_of(only), &n) : NULL;
    uint32_t node = n ? PHRASE_ROOT : 0;
    const char *phrase = "";
    if (!only) {
        visit_all(phrases, arena, visit, context);
        return;
    }
    for (size_t i = 0; i < n && node; i++) {
        node = phrases_step(phrases, node, phrases_word(phrases, tokens[i].text));
        phrase = arena_printf(arena, "%s%s%s", phrase, i ? " " : "", tokens[i].text.at);
    }
    if (node && phrases->nodes[node].senses)
        visit(context, phrase, phrases->nodes[node].senses);
}
