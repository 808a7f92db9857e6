/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts with named holes: "Da luu {code}". A name is letters, digits and underscores; a brace that opens no such hole
 * is an ordinary character.
 */
#ifndef PARSERS_MESSAGE_TEMPLATE_H
#define PARSERS_MESSAGE_TEMPLATE_H

#include <stdbool.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* Takes the next piece off the text: words, then the name of the hole after them (empty at the end of the
 * text). False when nothing is left. The pieces are views of the text. */
bool template_next(struct slice *rest, struct slice *words, struct slice *name);

/* The value of a hole. NULL leaves the hole standing as it was written. */
typedef const char *template_value(const void *user, struct slice name);

/* The text with its holes filled, in the arena, NUL-terminated. Values are not looked into for holes. */
char *template_fill(struct arena *arena, struct slice text, template_value *value, const void *user);

#endif
