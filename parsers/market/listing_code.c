/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/listing_code.h"

#include <stddef.h>
#include <string.h>

/* The letters of the Vietnamese alphabet that are no vowels, without S (it looks like 5); digits without 0 and 1. */
static const char symbols[] = "BCDGHKLMNPQRTVX23456789";
#define LETTERS 15
#define PRIME 23

#define LENGTH_MIN 4
#define LENGTH_MAX (LISTING_CODE_MAX - 1)

/* Any remainder would do; with this one the example of all our texts, B7K2, is a right code. */
#define CHECK_REMAINDER 16

static int value_of(char c)
{
    const char *at = c ? strchr(symbols, c) : NULL;
    return at ? (int)(at - symbols) : -1;
}

static bool is_letter(char c)
{
    int value = value_of(c);
    return value >= 0 && value < LETTERS;
}

/* The sum of the values, weighted 1 for the last, 2 for the one before and so on. The weights of neighbours differ
 * and none is a multiple of the prime, so one wrong symbol or two swapped neighbours change it. */
static int weighted(const char *code, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (int)(length - i) * value_of(code[i]);
    return sum % PRIME;
}

/* Letters and then digits to the end is how varieties are named (ST25, OM18); letters alone is a word. */
static bool is_allowed_shape(const char *code, size_t length)
{
    size_t i = 0;
    while (i < length && is_letter(code[i]))
        i++;
    while (i < length && !is_letter(code[i]))
        i++;
    return i < length;
}

/* How many payloads (codes without their check symbol) there are of a length: 15 * 23 ^ (length - 2). */
static uint64_t payloads(size_t length)
{
    uint64_t count = LETTERS;
    for (size_t i = 2; i < length; i++)
        count *= PRIME;
    return count;
}

/* Spreads n over 0 .. count - 1, one to one: the multiplier is a prime that divides no `count` (only 3, 5 and 23 do).
 * Modulo each of the counts it is more than a fifteenth, so the codes of neighbours begin with different letters. */
static uint64_t spread(uint64_t n, uint64_t count)
{
    return n * 2654435761u % count;
}

static void write_payload(uint64_t payload, char *code, size_t length)
{
    for (size_t i = length - 2; i > 0; i--) {
        code[i] = symbols[payload % PRIME];
        payload /= PRIME;
    }
    code[0] = symbols[payload];
    code[length - 1] = symbols[0]; /* worth nothing until the check is known */
    int rest = CHECK_REMAINDER - weighted(code, length);
    code[length - 1] = symbols[(rest + PRIME) % PRIME];
    code[length] = '\0';
}

bool listing_code_make(uint64_t n, char code[LISTING_CODE_MAX])
{
    for (size_t length = LENGTH_MIN; length <= LENGTH_MAX; length++) {
        uint64_t count = payloads(length);
        if (n < count) {
            write_payload(spread(n, count), code, length);
            return is_allowed_shape(code, length);
        }
        n -= count;
    }
    return false;
}

static struct slice trim(struct slice text)
{
    while (text.n && strchr(" \t\r\n", text.at[0]) && text.at[0]) {
        text.at++;
        text.n--;
    }
    while (text.n && strchr(" \t\r\n", text.at[text.n - 1]) && text.at[text.n - 1])
        text.n--;
    return text;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool listing_code_read(struct slice text, char code[LISTING_CODE_MAX])
{
    char read[LISTING_CODE_MAX] = "";
    text = trim(text);
    if (text.n < LENGTH_MIN || text.n > LENGTH_MAX)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        read[i] = upper(text.at[i]);
        if (value_of(read[i]) < 0)
            return false;
    }
    if (!is_letter(read[0]) || !is_allowed_shape(read, text.n) || weighted(read, text.n) != CHECK_REMAINDER)
        return false;
    memcpy(code, read, sizeof read);
    return true;
}
