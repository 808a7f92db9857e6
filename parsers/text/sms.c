/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/sms.h"

#include <stdint.h>
#include <utf8proc.h>

#define REPLACEMENT 0xFFFD

/* Capacity of one segment: alone, and as a part of several. */
static const struct {
    size_t alone, part;
} capacity[] = {
    [SMS_GSM7] = {160, 153},
    [SMS_UCS2] = {70, 67},
};

/* The alphabet beyond ASCII, and its extension table, in order of code point. */
static const uint16_t gsm_basic[] = {
    0x00A1, 0x00A3, 0x00A4, 0x00A5, 0x00A7, 0x00BF, 0x00C4, 0x00C5, 0x00C6, 0x00C7, 0x00C9, 0x00D1, 0x00D6,
    0x00D8, 0x00DC, 0x00DF, 0x00E0, 0x00E4, 0x00E5, 0x00E6, 0x00E8, 0x00E9, 0x00EC, 0x00F1, 0x00F2, 0x00F6,
    0x00F8, 0x00F9, 0x00FC, 0x0393, 0x0394, 0x0398, 0x039B, 0x039E, 0x03A0, 0x03A3, 0x03A6, 0x03A8, 0x03A9,
};
static const uint16_t gsm_extension[] = {'\f', '[', '\\', ']', '^', '{', '|', '}', '~', 0x20AC};

static bool among(const uint16_t *set, size_t n, int32_t c)
{
    for (size_t i = 0; i < n && set[i] <= c; i++)
        if (set[i] == c)
            return true;
    return false;
}

/* How many septets a character takes; 0 when the alphabet does not have it. */
static size_t septets(int32_t c)
{
    if (among(gsm_extension, sizeof gsm_extension / sizeof *gsm_extension, c))
        return 2;
    if (c < 0x80)
        return c == '\n' || c == '\r' || (c >= ' ' && c != '`' && c != 0x7F);
    return among(gsm_basic, sizeof gsm_basic / sizeof *gsm_basic, c);
}

static size_t utf16_units(int32_t c)
{
    return c > 0xFFFF ? 2 : 1;
}

/* The next character; an ill-formed byte is one U+FFFD. */
static int32_t next_char(struct slice *rest)
{
    int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)rest->at, (utf8proc_ssize_t)rest->n, &c);
    if (n < 1) {
        n = 1;
        c = REPLACEMENT;
    }
    rest->at += n;
    rest->n -= (size_t)n;
    return c;
}

/* Counts units and segments. A character of two units is never torn: it opens the next segment. */
static struct sms_size measure(struct slice text, enum sms_coding coding, size_t (*units_of)(int32_t))
{
    struct sms_size size = {.coding = coding};
    size_t parts = 0, room = 0;
    while (text.n) {
        size_t units = units_of(next_char(&text));
        if (room < units) {
            parts++;
            room = capacity[coding].part;
        }
        room -= units;
        size.units += units;
    }
    size.segments = size.units && size.units <= capacity[coding].alone ? 1 : parts;
    return size;
}

static bool is_gsm7(struct slice text)
{
    while (text.n)
        if (!septets(next_char(&text)))
            return false;
    return true;
}

struct sms_size sms_size(struct slice text)
{
    return is_gsm7(text) ? measure(text, SMS_GSM7, septets) : measure(text, SMS_UCS2, utf16_units);
}

bool sms_fits(struct slice text, size_t segments)
{
    return sms_size(text).segments <= segments;
}

/* The UTF-16 unit at the start of the bytes; the caller has seen that there are two. */
static int32_t unit_at(const char *at)
{
    return (int32_t)((unsigned char)at[0] << 8 | (unsigned char)at[1]);
}

static bool is_high(int32_t unit)
{
    return (unit & 0xFC00) == 0xD800;
}

static bool is_low(int32_t unit)
{
    return (unit & 0xFC00) == 0xDC00;
}

/* Takes one character off the bytes; REPLACEMENT and *bad for what is none. */
static int32_t next_utf16(struct slice *rest, size_t *bad)
{
    size_t taken = rest->n < 2 ? 1 : 2;
    int32_t c = taken == 2 ? unit_at(rest->at) : -1;
    if (is_high(c) && rest->n >= 4 && is_low(unit_at(rest->at + 2))) {
        c = 0x10000 + ((c & 0x3FF) << 10 | (unit_at(rest->at + 2) & 0x3FF));
        taken = 4;
    }
    if (c < 0 || is_high(c) || is_low(c)) {
        c = REPLACEMENT;
        ++*bad;
    }
    rest->at += taken;
    rest->n -= taken;
    return c;
}

char *sms_from_ucs2(struct arena *arena, struct slice bytes, size_t *length, size_t *bad)
{
    char *text = arena_alloc(arena, bytes.n / 2 * 3 + 4); /* a unit is at most three bytes of UTF-8 */
    size_t n = 0, ill = 0;
    while (bytes.n)
        n += (size_t)utf8proc_encode_char(next_utf16(&bytes, &ill), (utf8proc_uint8_t *)text + n);
    *length = n;
    if (bad)
        *bad = ill;
    return text;
}

static size_t put_unit(char *to, int32_t unit)
{
    to[0] = (char)(unit >> 8);
    to[1] = (char)(unit & 0xFF);
    return 2;
}

char *sms_to_ucs2(struct arena *arena, struct slice text, size_t *length)
{
    char *bytes = arena_alloc(arena, text.n * 2); /* no character has more units than bytes of UTF-8 */
    size_t n = 0;
    while (text.n) {
        int32_t c = next_char(&text);
        if (c > 0xFFFF) {
            n += put_unit(bytes + n, 0xD800 | (c - 0x10000) >> 10);
            n += put_unit(bytes + n, 0xDC00 | (c & 0x3FF));
        } else {
            n += put_unit(bytes + n, c);
        }
    }
    *length = n;
    return bytes;
}

char *sms_from_latin1(struct arena *arena, struct slice bytes, size_t *length)
{
    char *text = arena_alloc(arena, bytes.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < bytes.n; i++)
        n += (size_t)utf8proc_encode_char((unsigned char)bytes.at[i], (utf8proc_uint8_t *)text + n);
    *length = n;
    return text;
}
