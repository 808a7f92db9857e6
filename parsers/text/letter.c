/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/letter.h"

#include <stdbool.h>
#include <utf8proc.h>

#define COMBINING_FIRST 0x0300
#define COMBINING_LAST 0x036F
#define MARKS_MAX \
    30 /* on one character; more is no writing (UAX #15, Stream-Safe Text Format), and sorting them is slow */
#define PARTS_A_BYTE                                                                                             \
    2              /* what a character unfolds to, at most: only signs that are whole sentences (U+FDFA) are cut \
                    */
#define UTF8_MAX 4 /* bytes of a character */

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

/* Letters being put down. */
struct row {
    struct letter *letters;
    size_t n;
    size_t starter; /* the last that is no combining mark */
    size_t marks;   /* since then, those that are left out too */
};

static int class_of(int32_t c)
{
    return c < COMBINING_FIRST ? 0 : utf8proc_get_property(c)->combining_class;
}

/* Marks that may change places do so, that what looks the same is the same (UAX #15, canonical order). */
static void insert_mark(struct row *row, int32_t c, int class)
{
    size_t i = row->n++;
    for (; i > 0 && class_of(row->letters[i - 1].base) > class; i--)
        row->letters[i] = row->letters[i - 1];
    row->letters[i] = (struct letter){c, 0, 0};
}

static void add_mark(struct row *row, int32_t c, int class)
{
    if (row->marks++ >= MARKS_MAX)
        return;
    if (c <= COMBINING_LAST && is_ascii_letter(row->letters[row->starter].base))
        put_mark(&row->letters[row->starter], c);
    else
        insert_mark(row, c, class);
}

static void add_starter(struct row *row, int32_t c, char quality)
{
    row->starter = row->n;
    row->marks = 0;
    row->letters[row->n++] = (struct letter){c, quality, 0};
}

static void add_letter(struct row *row, int32_t c)
{
    int class = class_of(c);
    int32_t seen = visible(c);
    if (seen == 0)
        return;
    if (class)
        add_mark(row, c, class);
    else if (c == 0x0111) /* đ has no decomposition */
        add_starter(row, 'd', '9');
    else
        add_starter(row, seen, 0);
}

/* The character that begins at text.at + i, taken apart; its bytes. One that is ill-formed or not seen adds nothing. */
static size_t add_unfolded(struct row *row, struct slice text, size_t i)
{
    const utf8proc_option_t options =
        (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    int32_t c, parts[PARTS_A_BYTE * UTF8_MAX];
    utf8proc_ssize_t bytes = utf8proc_iterate((const uint8_t *)text.at + i, (utf8proc_ssize_t)(text.n - i), &c);
    if (bytes <= 0)
        return 1;
    if (visible(c) == 0)
        return (size_t)bytes;
    int boundary = 0;
    utf8proc_ssize_t most = PARTS_A_BYTE * bytes, n = utf8proc_decompose_char(c, parts, most, options, &boundary);
    for (utf8proc_ssize_t k = 0; k < n && k < most; k++)
        add_letter(row, parts[k]);
    return (size_t)bytes;
}

struct letter *text_letters(struct arena *arena, struct slice text, size_t *n)
{
    struct row row = {.letters = arena_calloc(arena, text.n * PARTS_A_BYTE + 1, sizeof *row.letters)};
    for (size_t i = 0; i < text.n;) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= ' ' && c < 0x7F) { /* most are these */
            add_starter(&row, c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c, 0);
            i++;
        } else
            i += add_unfolded(&row, text, i);
    }
    *n = row.n;
    return row.letters;
}
