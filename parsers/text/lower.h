/* SPDX-License-Identifier: Apache-2.0
 *
 * Names from a table inside a sentence: "Lúa OM18" is "lúa OM18" there. Pure.
 */
#ifndef PARSERS_TEXT_LOWER_H
#define PARSERS_TEXT_LOWER_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* A copy with its first letter in lower case, unless the second is a capital or a digit too (an abbreviation: "SR"). */
char *text_lower_first(struct arena *arena, struct slice text);

#endif
