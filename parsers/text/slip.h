/* SPDX-License-Identifier: Apache-2.0
 *
 * Slips of writing: how far what was written is from what may have been meant, both folded, words apart by one blank.
 * A weighted Damerau-Levenshtein distance (optimal string alignment: no letter is touched twice), in which what sounds
 * alike in the South of Viet Nam and what lies side by side on a keypad is cheap. The costs and where they come from
 * stand at the head of slip.c. Pure; a table once made is only read.
 *
 *     struct slips *slips = slips_new(arena);
 *     slip_distance(slips, slice_of("xau rien"), slice_of("sau rieng"), SLIPS_ALL, 20);  // 4: twice COST_SOUND
 */
#ifndef PARSERS_TEXT_SLIP_H
#define PARSERS_TEXT_SLIP_H

#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

struct slips;

/* Bytes of the longest text compared; longer ones are far from everything. */
#define SLIP_TEXT_MAX 40
#define SLIP_FAR 255u

/* Of the ear: words written as they sound, spaces wrong, a letter held too long. Of the hand: every other. */
enum slip_sort { SLIPS_OF_EAR, SLIPS_ALL };

/* The costs worked out for quick reading; in the arena. */
struct slips *slips_new(struct arena *arena);

/* The longest shift of letters that is followed: texts whose lengths differ by more are far. */
#define SLIP_SHIFT_MAX 4

/* 0 = the same; SLIP_FAR = more than `limit`, which is below SLIP_FAR. */
unsigned slip_distance(const struct slips *slips, struct slice written, struct slice meant, enum slip_sort sort,
                       unsigned limit);

/* What is left of a text when all that sounds alike is one letter and blanks are gone; at most text.n bytes, no NUL.
 * Texts that differ by slips of the ear have skeletons that are the same or one letter apart, mostly the former. */
size_t slip_skeleton(struct slice text, char *out);

#endif
