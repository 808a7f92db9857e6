/* SPDX-License-Identifier: Apache-2.0
 *
 * What an SMS can carry. GSM 7-bit default alphabet and its extension table: 3GPP TS 23.038 §6.2.1;
 * lengths: TS 23.040 §9.2.3.24 (160 septets or 70 UCS-2 units alone, 153 or 67 when concatenated).
 */
#ifndef PARSERS_TEXT_SMS_H
#define PARSERS_TEXT_SMS_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

enum sms_coding { SMS_GSM7, SMS_BINARY, SMS_UCS2 }; /* Kannel's own numbers 0, 1, 2 */

struct sms_size {
    enum sms_coding coding; /* SMS_GSM7 when every character is in the alphabet */
    size_t units;           /* septets (extension characters are two) or UTF-16 units */
    size_t segments;        /* 0 for an empty text */
};

/* The size of a UTF-8 text. */
struct sms_size sms_size(struct slice text);

/* Would it fit into `segments` segments? */
bool sms_fits(struct slice text, size_t segments);

/* UTF-16BE bytes to UTF-8 (in the arena, NUL-terminated, *length set). Unpaired surrogates and a last odd
 * byte become U+FFFD and are counted in *bad when it is not NULL. */
char *sms_from_ucs2(struct arena *arena, struct slice bytes, size_t *length, size_t *bad);

/* UTF-8 to UTF-16BE bytes (in the arena, *length set). Ill-formed bytes become U+FFFD. */
char *sms_to_ucs2(struct arena *arena, struct slice text, size_t *length);

/* ISO-8859-1 bytes to UTF-8, as Kannel passes them when it was told no charset. */
char *sms_from_latin1(struct arena *arena, struct slice bytes, size_t *length);

#endif
