/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/plain.h"

#include <ctype.h>
#include <stdbool.h>

#include "parsers/text/fold.h"

#define NUMBER "(...)"
#define CUT "..."

/* Digits of a telephone number: 0912345678, 84912345678, a landline with its area. */
#define NUMBER_MIN 9
#define NUMBER_MAX 12

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_barred(char c)
{
    return (unsigned char)c < ' ' || strchr("#&%[]{}\\<@", c);
}

/* Basic GSM-7 that no aggregator bars; of what is not ASCII nothing, as accents are gone. */
static bool is_plain(char c)
{
    return c != ' ' && (unsigned char)c < 0x7F && !is_barred(c) && !strchr(">^~|`", c);
}

/* Bytes of the telephone number that begins here, blanks, dots and dashes between its digits; 0 when none does. */
static size_t number_length(const char *at)
{
    size_t i = *at == '+', digits = 0, end = 0;
    if (at[i] != '0' && strncmp(at + i, "84", 2) != 0)
        return 0;
    for (; is_digit(at[i]) || (strchr(" .-", at[i]) && at[i] && is_digit(at[i + 1])); i++)
        if (is_digit(at[i])) {
            digits++;
            end = i + 1;
        }
    return digits >= NUMBER_MIN && digits <= NUMBER_MAX ? end : 0;
}

/* One blank between what was apart. */
static void put_blank(char *out, size_t *n)
{
    if (*n && out[*n - 1] != ' ')
        out[(*n)++] = ' ';
}

/* Back to the end of a word, with room for the mark. */
static void cut(char *out, size_t max)
{
    size_t n = max - strlen(CUT);
    while (n && out[n] != ' ')
        n--;
    memcpy(out + (n ? n : max - strlen(CUT)), CUT, sizeof CUT);
}

char *text_plain(struct arena *arena, struct slice text, size_t max)
{
    const char *in = text_unaccent(arena, text, NULL);
    char *out = arena_alloc(arena, strlen(in) + 1); /* nothing becomes longer */
    size_t n = 0, said = 0;
    for (char before = ' '; *in; before = in[-1]) {
        size_t number = isalnum((unsigned char)before) ? 0 : number_length(in);
        if (number) {
            memcpy(out + n, NUMBER, strlen(NUMBER));
            n += strlen(NUMBER);
            in += number;
        } else if (is_plain(*in)) {
            said += isalnum((unsigned char)*in) != 0;
            out[n++] = *in++;
        } else {
            put_blank(out, &n);
            in++;
        }
    }
    while (n && out[n - 1] == ' ')
        n--;
    out[said ? n : 0] = '\0';
    if (said && n > max)
        cut(out, max);
    return out;
}

char *text_unbarred(struct arena *arena, struct slice text)
{
    char *out = arena_copy(arena, text);
    for (size_t i = 0; i < text.n; i++)
        if (is_barred(out[i]))
            out[i] = ' ';
    return out;
}

char *text_start(struct arena *arena, struct slice text, size_t max)
{
    if (text_characters(text) <= max)
        return arena_copy(arena, text);
    size_t n = 0;
    for (size_t left = max - strlen(CUT) + 1; n < text.n; n++)
        if (((unsigned char)text.at[n] & 0xC0) != 0x80 && --left == 0)
            break;
    return arena_printf(arena, "%.*s" CUT, (int)n, text.at);
}

size_t text_characters(struct slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return n;
}
