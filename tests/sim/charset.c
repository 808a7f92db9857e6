/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/charset.h"

#include <utf8proc.h>

#include "tests/sim/octets.h"

enum { ESCAPE = 0x1B, REPLACEMENT = 0xFFFD, UTF8_MAX = 4 };

/* TS 23.038 §6.2.1, in order from 0x00; the escape stands for itself. */
static const uint16_t gsm7[128] = {
    '@',   0xA3, '$',   0xA5,  0xE8,  0xE9,  0xF9,  0xEC,  0xF2,  0xC7,  '\n',  0xD8,   0xF8, '\r', 0xC5, 0xE5,
    0x394, '_',  0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, ESCAPE, 0xC6, 0xE6, 0xDF, 0xC9,
    ' ',   '!',  '"',   '#',   0xA4,  '%',   '&',   '\'',  '(',   ')',   '*',   '+',    ',',  '-',  '.',  '/',
    '0',   '1',  '2',   '3',   '4',   '5',   '6',   '7',   '8',   '9',   ':',   ';',    '<',  '=',  '>',  '?',
    0xA1,  'A',  'B',   'C',   'D',   'E',   'F',   'G',   'H',   'I',   'J',   'K',    'L',  'M',  'N',  'O',
    'P',   'Q',  'R',   'S',   'T',   'U',   'V',   'W',   'X',   'Y',   'Z',   0xC4,   0xD6, 0xD1, 0xDC, 0xA7,
    0xBF,  'a',  'b',   'c',   'd',   'e',   'f',   'g',   'h',   'i',   'j',   'k',    'l',  'm',  'n',  'o',
    'p',   'q',  'r',   's',   't',   'u',   'v',   'w',   'x',   'y',   'z',   0xE4,   0xF6, 0xF1, 0xFC, 0xE0,
};

/* TS 23.038 §6.2.1.1: what follows the escape. */
static const struct {
    uint8_t septet;
    uint16_t character;
} extension[] = {
    {0x0A, '\f'}, {0x14, '^'}, {0x28, '{'}, {0x29, '}'}, {0x2F, '\\'},
    {0x3C, '['},  {0x3D, '~'}, {0x3E, ']'}, {0x40, '|'}, {0x65, 0x20AC},
};

static const struct {
    const char *name;
    const char *title;
    uint8_t data_coding;
} codings[] = {
    [CODING_GSM7] = {"gsm", "GSM-7", 0},
    [CODING_LATIN1] = {"latin1", "Latin-1", 3},
    [CODING_UCS2] = {"ucs2", "UCS-2", 8},
    [CODING_BINARY] = {"binary", "binary", 4},
};

const char *coding_name(enum coding coding)
{
    return codings[coding].name;
}

const char *coding_title(enum coding coding)
{
    return codings[coding].title;
}

uint8_t coding_data_coding(enum coding coding)
{
    return codings[coding].data_coding;
}

enum coding coding_of(uint8_t data_coding)
{
    if ((data_coding & 0xF0) == 0xF0) /* a message class and one bit of alphabet */
        return data_coding & 4 ? CODING_BINARY : CODING_GSM7;
    if ((data_coding & 0xEC) == 0x08) /* 8, and 0x18 with a class */
        return CODING_UCS2;
    if ((data_coding & 0xEC) == 0x04 || data_coding == 2)
        return CODING_BINARY;
    return data_coding == 3 ? CODING_LATIN1 : CODING_GSM7;
}

/* Takes one character off the text; false at its end or where it is not UTF-8 (then text->n is not 0). */
static bool next_character(struct slice *text, utf8proc_int32_t *character)
{
    utf8proc_ssize_t used =
        text->n ? utf8proc_iterate((const utf8proc_uint8_t *)text->at, (utf8proc_ssize_t)text->n, character) : 0;
    if (used <= 0)
        return false;
    text->at += used;
    text->n -= (size_t)used;
    return true;
}

/* Writes the one or two septets of a character; returns how many, 0 when the alphabet lacks it. */
static size_t put_gsm7(utf8proc_int32_t character, char *out)
{
    for (size_t i = 0; i < sizeof gsm7 / sizeof *gsm7; i++) {
        if (gsm7[i] == character && i != ESCAPE) {
            *out = (char)i;
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof extension / sizeof *extension; i++) {
        if (extension[i].character == character) {
            out[0] = ESCAPE;
            out[1] = (char)extension[i].septet;
            return 2;
        }
    }
    return 0;
}

bool gsm7_encode(struct arena *arena, struct slice utf8, struct slice *octets)
{
    char *out = arena_alloc(arena, utf8.n * 2);
    size_t n = 0;
    utf8proc_int32_t character;
    while (next_character(&utf8, &character)) {
        size_t septets = put_gsm7(character, out + n);
        if (septets == 0)
            return false;
        n += septets;
    }
    *octets = (struct slice){out, n};
    return utf8.n == 0;
}

bool ucs2_encode(struct arena *arena, struct slice utf8, struct slice *octets)
{
    uint8_t *out = arena_alloc(arena, utf8.n * 2);
    size_t n = 0;
    utf8proc_int32_t character;
    while (next_character(&utf8, &character)) {
        if (character >= 0x10000) {
            put_u16(out + n, (uint16_t)(0xD800 + ((character - 0x10000) >> 10)));
            n += 2;
            character = 0xDC00 + ((character - 0x10000) & 0x3FF);
        }
        put_u16(out + n, (uint16_t)character);
        n += 2;
    }
    *octets = (struct slice){(const char *)out, n};
    return utf8.n == 0;
}

/* Takes one character off the octets of a coding; there is at least one octet. */
typedef utf8proc_int32_t decode_one(struct slice *octets);

static uint8_t take_octet(struct slice *octets)
{
    octets->n--;
    return (uint8_t)*octets->at++;
}

static utf8proc_int32_t decode_latin1(struct slice *octets)
{
    return take_octet(octets);
}

static utf8proc_int32_t decode_gsm7(struct slice *octets)
{
    uint8_t septet = take_octet(octets);
    if (septet > 127)
        return REPLACEMENT;
    if (septet != ESCAPE)
        return gsm7[septet];
    if (octets->n == 0)
        return REPLACEMENT;
    septet = take_octet(octets);
    for (size_t i = 0; i < sizeof extension / sizeof *extension; i++)
        if (extension[i].septet == septet)
            return extension[i].character;
    return REPLACEMENT;
}

static utf8proc_int32_t decode_ucs2(struct slice *octets)
{
    uint8_t high = take_octet(octets);
    if (octets->n == 0)
        return REPLACEMENT;
    utf8proc_int32_t unit = high << 8 | take_octet(octets);
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    uint16_t next = octets->n >= 2 ? get_u16((const uint8_t *)octets->at) : 0;
    if (unit > 0xDBFF || next < 0xDC00 || next > 0xDFFF)
        return REPLACEMENT;
    octets->at += 2;
    octets->n -= 2;
    return 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00);
}

char *charset_decode(struct arena *arena, enum coding coding, struct slice octets)
{
    static decode_one *const decoders[] = {
        [CODING_GSM7] = decode_gsm7, [CODING_LATIN1] = decode_latin1, [CODING_UCS2] = decode_ucs2};
    if (coding == CODING_BINARY)
        return hex_encode(arena, octets);
    char *out = arena_alloc(arena, octets.n * UTF8_MAX + 1);
    size_t n = 0;
    while (octets.n)
        n += (size_t)utf8proc_encode_char(decoders[coding](&octets), (utf8proc_uint8_t *)out + n);
    return out;
}
