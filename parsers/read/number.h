/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers in figures and in words, as spans hold them.
 */
#ifndef PARSERS_READ_NUMBER_H
#define PARSERS_READ_NUMBER_H

#include "parsers/read/read_p.h"

/* The first token of a span. */
static inline const struct token *token_of(const struct text *t, size_t i)
{
    return &t->tokens[t->spans[i].first];
}

/* Is the span a number in figures? */
static inline bool is_digits(const struct text *t, size_t i)
{
    return i < t->n_spans && t->spans[i].count == 1 && token_of(t, i)->kind == TOKEN_NUMBER;
}

/* Reads figures ("8.500", "8,5") into the span; its tag, TAG_HUGE when they are no amount. */
char read_digits(struct slice text, struct span *span);

/* The value of a number's word: 0 to 9, 10 or 100; -1 when the span is none. */
int number_word(const struct text *t, size_t i);

/* Is the span rưỡi, and a half? */
bool is_half_after(const struct text *t, size_t i);

/* Is the span a unit or a scale, so that a number may stand before it? */
bool measures(const struct text *t, size_t i);

/* The number in words that begins at span i; how many spans it takes, 0 when it is none. `before` is the tag before
 * it. */
size_t spelt_number(const struct text *t, size_t i, char before, int64_t *value);

/* Is a number due here, where its word (nam, ba, tam) may mean something else? `before` is the tag before it. */
bool number_due(const struct text *t, size_t i, size_t words, char before);

/* May a weight that stands here be what one head has: "heo ta mot", "moi con ta hai"? */
bool weighs_head(const struct text *t, size_t i);

#endif
