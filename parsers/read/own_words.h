/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts of a text as its sender wrote them, with marks and capitals, found by the folded words that were read. Slices
 * of the text, without blanks and punctuation at their ends. Pure.
 */
#ifndef PARSERS_READ_OWN_WORDS_H
#define PARSERS_READ_OWN_WORDS_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* What stands behind the first word that is `word` when folded, a number also when glued to one ("TL152"). When there
 * is none, or `word` is empty: what stands behind the first colon, or else the whole text. */
struct slice words_behind(struct arena *arena, struct slice text, struct slice word);

/* What begins with it; empty when there is none. */
struct slice words_from(struct arena *arena, struct slice text, struct slice word);

/* What stands before it; the whole text when there is none. */
struct slice words_before(struct arena *arena, struct slice text, struct slice word);

/* What stands behind the first colon; empty when there is none. */
struct slice words_behind_colon(struct slice text);

#endif
