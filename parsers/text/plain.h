/* SPDX-License-Identifier: Apache-2.0
 *
 * Somebody's words as they may be shown to another person's phone, whatever it is.
 */
#ifndef PARSERS_TEXT_PLAIN_H
#define PARSERS_TEXT_PLAIN_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The text without accents, in GSM-7's basic alphabet and without what aggregators bar; telephone numbers in it are
 * "(...)", runs of blanks and line ends one blank. Longer than `max` characters it is cut at a word and ends in "...".
 * What other scripts say is lost: "" when nothing but that was said. NUL-terminated, in the arena. */
char *text_plain(struct arena *arena, struct slice text, size_t max);

/* The text with blanks for what aggregators bar and for control characters, and else as it was. In the arena. */
char *text_unbarred(struct arena *arena, struct slice text);

/* The beginning of a text, at most `max` characters (at least 3), in "..." when there is more. In the arena. */
char *text_start(struct arena *arena, struct slice text, size_t max);

/* How many characters a UTF-8 text has. */
size_t text_characters(struct slice text);

#endif
