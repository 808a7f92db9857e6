/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/own_words.h"

#include "parsers/text/fold.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Marks beyond ASCII that may stand at an end: those of Chinese texts, and the no-break space. */
static const char *const wide[] = {"：", "，", "。", "；", "、", "\u00a0", "\u3000"};

static size_t wide_at(struct slice text)
{
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text.n >= strlen(wide[i]) && memcmp(text.at, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

/* At the end brackets and question marks belong to the words; at the front nothing but letters begins them. */
static struct slice trim(struct slice text)
{
    for (size_t n; text.n && ((n = wide_at(text)) || (!is_word_byte(*text.at) && (n = 1)));)
        text = (struct slice){text.at + n, text.n - n};
    while (text.n && (is_blank(text.at[text.n - 1]) || text.at[text.n - 1] == ',' || text.at[text.n - 1] == ';'))
        text.n--;
    return text;
}

static struct slice from(struct slice text, size_t at)
{
    return (struct slice){text.at + at, text.n - at};
}

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

/* The word itself, or a number and what is glued before it. */
static bool is_word(struct slice run, struct slice word)
{
    size_t before = run.n >= word.n ? run.n - word.n : 0;
    bool number = is_figure(*word.at) && before && !is_figure(run.at[before - 1]);
    return slice_eq(run, word) || (number && memcmp(run.at + before, word.at, word.n) == 0);
}

/* Marks, and words of scripts without blanks, are where their bytes are, and folding leaves them as they are. */
static bool find_bytes(struct slice text, struct slice word, size_t *begin, size_t *end)
{
    for (size_t i = 0; i + word.n <= text.n; i++)
        if (memcmp(text.at + i, word.at, word.n) == 0) {
            *begin = i;
            *end = i + word.n;
            return true;
        }
    return false;
}

static bool find_word(struct arena *arena, struct slice text, struct slice word, size_t *begin, size_t *end)
{
    if (word.n == 0)
        return false;
    if ((*word.at & 0x80) || !is_word_byte(*word.at))
        return find_bytes(text, word, begin, end);
    for (size_t i = 0; i < text.n; i++) {
        size_t start = i;
        while (i < text.n && is_word_byte(text.at[i]) && !wide_at(from(text, i)))
            i++;
        struct slice run = {text.at + start, i - start}, folded;
        if (run.n == 0)
            continue;
        folded.at = text_fold(arena, run, &folded.n);
        if (is_word(folded, word)) {
            *begin = start;
            *end = i;
            return true;
        }
    }
    return false;
}

struct slice words_behind_colon(struct slice text)
{
    static const char wide_colon[] = "：";
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] == ':')
            return trim(from(text, i + 1));
        if (text.n - i >= sizeof wide_colon - 1 && memcmp(text.at + i, wide_colon, sizeof wide_colon - 1) == 0)
            return trim(from(text, i + sizeof wide_colon - 1));
    }
    return (struct slice){NULL, 0};
}

struct slice words_behind(struct arena *arena, struct slice text, struct slice word)
{
    size_t begin, end;
    if (find_word(arena, text, word, &begin, &end))
        return trim(from(text, end));
    struct slice message = words_behind_colon(text);
    return message.n ? message : trim(text);
}

struct slice words_from(struct arena *arena, struct slice text, struct slice word)
{
    size_t begin, end;
    return find_word(arena, text, word, &begin, &end) ? trim(from(text, begin)) : (struct slice){NULL, 0};
}

struct slice words_before(struct arena *arena, struct slice text, struct slice word)
{
    size_t begin, end;
    return trim(find_word(arena, text, word, &begin, &end) ? (struct slice){text.at, begin} : text);
}
