/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/charset.h"

#include <strings.h>

#include "parsers/text/fold.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF16BE, ENCODING_LATIN1, ENCODING_UNSAID, ENCODING_UNKNOWN };

static const struct {
    const char *name;
    enum encoding encoding;
} CHARSETS[] = {
    {"UTF-8", ENCODING_UTF8},
    {"UTF8", ENCODING_UTF8},
    {"US-ASCII", ENCODING_UTF8},
    {"UTF-16BE", ENCODING_UTF16BE},
    {"UTF-16", ENCODING_UTF16BE},
    {"UCS-2", ENCODING_UTF16BE},
    {"ISO-10646-UCS-2", ENCODING_UTF16BE},
    {"ISO-8859-1", ENCODING_LATIN1},
    {"LATIN1", ENCODING_LATIN1},
    {"WINDOWS-1252", ENCODING_LATIN1},
    {"", ENCODING_UNSAID},
};

static enum encoding encoding_of(const char *charset)
{
    for (size_t i = 0; i < sizeof CHARSETS / sizeof CHARSETS[0]; i++)
        if (strcasecmp(CHARSETS[i].name, charset) == 0)
            return CHARSETS[i].encoding;
    return ENCODING_UNKNOWN;
}

/* What bytes that are not UTF-8 are. */
static enum encoding encoding_by_coding(enum sms_coding coding)
{
    return coding == SMS_UCS2 ? ENCODING_UTF16BE : ENCODING_LATIN1;
}

static struct slice to_utf8(struct arena *arena, struct slice bytes, enum encoding encoding, bool *mended_r)
{
    struct slice text = bytes;
    size_t bad = 0;
    if (encoding == ENCODING_UTF16BE)
        text.at = sms_from_ucs2(arena, bytes, &text.n, &bad);
    else if (encoding == ENCODING_LATIN1)
        text.at = sms_from_latin1(arena, bytes, &text.n);
    *mended_r |= bad > 0;
    return text;
}

/* Chinese may be units of two ASCII bytes each, 5356 6930: well-formed as UTF-8, and "SVi0" in it. Who recodes to UTF-8
 * does not leave ASCII the coding of UCS-2. */
static bool is_raw_ucs2(struct slice bytes, enum sms_coding coding)
{
    if (coding != SMS_UCS2 || bytes.n == 0 || bytes.n % 2 != 0)
        return false;
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.at[i] & 0x80)
            return false;
    return true;
}

bool charset_decode(struct arena *arena, struct slice bytes, const char *charset, enum sms_coding coding,
                    const char **text_r, bool *mended_r)
{
    enum encoding encoding = encoding_of(charset);
    *mended_r = false;
    if ((encoding == ENCODING_UTF8 || encoding == ENCODING_UNSAID) && is_raw_ucs2(bytes, coding)) {
        encoding = ENCODING_UTF16BE;
        *mended_r = true;
    } else if (encoding != ENCODING_UTF16BE && encoding != ENCODING_LATIN1 && text_is_utf8(bytes)) {
        encoding = ENCODING_UTF8; /* an unknown charset too: ASCII is the same in nearly all */
    } else if (encoding == ENCODING_UNKNOWN) {
        return false;
    } else if (encoding == ENCODING_UTF8 || encoding == ENCODING_UNSAID) {
        encoding = encoding_by_coding(coding);
        *mended_r = true;
    }
    struct slice text = to_utf8(arena, bytes, encoding, mended_r);
    *mended_r |= memchr(text.at ? text.at : "", '\0', text.n) != NULL;
    *text_r = text_scrub(arena, text, NULL);
    return true;
}
