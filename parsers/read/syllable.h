/* SPDX-License-Identifier: Apache-2.0
 *
 * Vietnamese syllables as they are written without accents. Every Vietnamese word is one; so a syllable the lexicon
 * does not know is still a word (nghèo, Liêm, Hoàng) and not another one misspelt.
 */
#ifndef PARSERS_READ_SYLLABLE_H
#define PARSERS_READ_SYLLABLE_H

#include <stdbool.h>

#include "parsers/base/slice.h"

/* Is the word, in lower case and without marks, an onset and a rime? A few that no word uses pass too. */
bool is_syllable(struct slice word);

#endif
