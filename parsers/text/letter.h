/* SPDX-License-Identifier: Apache-2.0
 *
 * A text as letters: the comparing form of each with the marks it had, since in a Vietnamese text a mark that is
 * present decides, and one that is absent decides nothing. Pure.
 */
#ifndef PARSERS_TEXT_LETTER_H
#define PARSERS_TEXT_LETTER_H

#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* Marks are named by the digits of the VNI typing method, 0 for none. */
struct letter {
    int32_t base;  /* code point: lower case, NFKD, without the marks below; ' ' for blanks, '\n' for line ends */
    char quality;  /* '6' as in â ê ô, '7' as in ơ ư, '8' as in ă, '9' as in đ */
    char tone;     /* '1' sắc, '2' huyền, '3' hỏi, '4' ngã, '5' nặng */
};

/* The letters of a text; *n is set. Ill-formed UTF-8, control and invisible characters are left out; blanks are not
 * merged. The array is the arena's. */
struct letter *text_letters(struct arena *arena, struct slice text, size_t *n);

#endif
