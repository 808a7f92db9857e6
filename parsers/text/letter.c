/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/letter.h"

#include <stdbool.h>
#include <utf8proc.h>

/* Combining marks of Vietnamese (Unicode block 0300-036F) and their VNI digits. */
static const struct {
    int32_t mark;
    char quality, tone;
} marks[] = {
    {0x0300, 0, '2'}, {0x0301, 0, '1'}, {0x0303, 0, '4'}, {0x0309, 0, '3'},
    {0x0323, 0, '5'}, {0x0302, '6', 0}, {0x031B, '7', 0}, {0x0306, '8', 0},
};

static bool is_ascii_letter(int32_t c)
{
    return c >= 'a' && c <= 'z';
}

/* Puts a combining mark on the letter before it. */
static void put_mark(struct letter *letter, int32_t mark)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].mark == mark) {
            if (marks[i].quality)
                letter->quality = marks[i].quality;
            else
                letter->tone = marks[i].tone;
        }
}

/* Blanks become ' ', line ends '\n', what is not seen 0. */
static int32_t visible(int32_t c)
{
    if (c == '\n' || c == 0x2028 || c == 0x2029)
        return '\n';
    if (c == '\t' || c == '\r' || c == '\f' || c == '\v')
        return ' ';
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_ZS:
        return ' ';
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN:
        return 0;
    default:
        return c;
    }
}

static size_t add_letter(struct letter *letters, size_t n, int32_t c)
{
    if (n > 0 && c >= 0x0300 && c <= 0x036F && is_ascii_letter(letters[n - 1].base)) {
        put_mark(&letters[n - 1], c);
        return n;
    }
    if (c == 0x0111) { /* đ has no decomposition */
        letters[n] = (struct letter){'d', '9', 0};
        return n + 1;
    }
    int32_t seen = visible(c);
    if (seen == 0)
        return n;
    letters[n] = (struct letter){seen, 0, 0};
    return n + 1;
}

static bool all_ascii(struct slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

static struct letter *ascii_letters(struct arena *arena, struct slice text, size_t *n)
{
    struct letter *letters = arena_calloc(arena, text.n + 1, sizeof *letters);
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 'A' && c <= 'Z')
            letters[count++].base = c - 'A' + 'a';
        else if (c >= ' ' && c < 0x7F)
            letters[count++].base = c;
        else
            count = add_letter(letters, count, c);
    }
    *n = count;
    return letters;
}

/* The text without ill-formed bytes and what is not seen, so that marks come in their order before they are sorted. */
static struct slice well_formed(struct arena *arena, struct slice text)
{
    char *out = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n;) {
        int32_t c;
        utf8proc_ssize_t k = utf8proc_iterate((const uint8_t *)text.at + i, (utf8proc_ssize_t)(text.n - i), &c);
        if (k <= 0) {
            i++;
            continue;
        }
        if (visible(c)) {
            memcpy(out + n, text.at + i, (size_t)k);
            n += (size_t)k;
        }
        i += (size_t)k;
    }
    return (struct slice){out, n};
}

struct letter *text_letters(struct arena *arena, struct slice text, size_t *n)
{
    if (all_ascii(text))
        return ascii_letters(arena, text, n);
    const utf8proc_option_t options =
        (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    struct slice good = well_formed(arena, text);
    const uint8_t *bytes = (const uint8_t *)good.at;
    utf8proc_ssize_t need = utf8proc_decompose(bytes, (utf8proc_ssize_t)good.n, NULL, 0, options);
    size_t length = need > 0 ? (size_t)need : 0;
    int32_t *points = arena_calloc(arena, length + 1, sizeof *points);
    utf8proc_decompose(bytes, (utf8proc_ssize_t)good.n, points, need, options);
    struct letter *letters = arena_calloc(arena, length + 1, sizeof *letters);
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count = add_letter(letters, count, points[i]);
    *n = count;
    return letters;
}
