/* SPDX-License-Identifier: Apache-2.0
 *
 * Normalising texts, with utf8proc (Unicode 15). Pure.
 */
#ifndef PARSERS_TEXT_FOLD_H
#define PARSERS_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The comparing form: NFKC, invalid UTF-8 dropped, lower case, zero-width and control characters removed, Latin letters
 * without their marks and đ as d, full-width as ASCII, runs of blanks as one space, ends trimmed. Khmer and
 * Chinese stay. NUL-terminated, in the arena; *length is set when not NULL. */
char *text_fold(struct arena *arena, struct slice text, size_t *length);

/* Vietnamese without accents for sending: marks dropped from Latin letters, đ/Đ as d/D; case,
 * punctuation, line breaks and other scripts as they were. This is how the catalogue's unaccented
 * form is derived. */
char *text_unaccent(struct arena *arena, struct slice text, size_t *length);

/* Is it well-formed UTF-8? (Overlong forms and surrogates are not.) */
bool text_is_utf8(struct slice text);

/* The same bytes with ill-formed sequences replaced by U+FFFD and NULs dropped: fit for PostgreSQL. */
char *text_scrub(struct arena *arena, struct slice text, size_t *length);

#endif
