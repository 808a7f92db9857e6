/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes of a text as Kannel hands them over, to UTF-8. With mo-recode Kannel 1.4.5 says UTF-8 for everything;
 * without, UTF-16BE for UCS-2 texts; told nothing by the SMSC it may pass ISO-8859-1.
 */
#ifndef SMSD_LINK_CHARSET_H
#define SMSD_LINK_CHARSET_H

#include <stdbool.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"
#include "parsers/text/sms.h"

/* UTF-8 without NULs and ill-formed sequences, in the arena. `charset` as Kannel names it ("" = not said), any case.
 * Bytes that are not what they are said to be are taken for what their coding makes them: UTF-16BE with SMS_UCS2 (so
 * is ASCII there), else ISO-8859-1. *mended_r tells whether anything had to be guessed or replaced. False when the
 * charset is unknown and the bytes are not UTF-8 either. */
bool charset_decode(struct arena *arena, struct slice bytes, const char *charset, enum sms_coding coding,
                    const char **text_r, bool *mended_r);

#endif
