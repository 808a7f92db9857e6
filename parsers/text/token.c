/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/token.h"

#include <stdint.h>
#include <utf8proc.h>

#include "parsers/text/letter.h"

#define UTF8_MAX 4 /* bytes of a code point */
#define KHMER_FIRST 0x1780
#define KHMER_VOWELS 0x17B4 /* dependent vowels and signs begin */
#define KHMER_COENG 0x17D2  /* makes the next consonant a subscript */
#define KHMER_SIGNS_END 0x17D3
#define KHMER_ZERO 0x17E0
#define KHMER_NINE 0x17E9

/* A stretch of letters being cut. */
struct cutter {
    struct arena *arena;
    const struct letter *letters;
    size_t n;
    char *out; /* room for the texts of the tokens to come */
};

static bool is_word(int32_t c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(int32_t c)
{
    return (c >= '0' && c <= '9') || (c >= KHMER_ZERO && c <= KHMER_NINE);
}

static bool continues_khmer(int32_t before, int32_t c)
{
    return (c >= KHMER_VOWELS && c <= KHMER_SIGNS_END) || c == 0x17DD || (before == KHMER_COENG && c >= KHMER_FIRST);
}

static bool is_letter_category(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

static enum token_kind kind_of(int32_t c)
{
    if (c == '\n')
        return TOKEN_BREAK;
    if (is_word(c))
        return TOKEN_WORD;
    if (is_digit(c))
        return TOKEN_NUMBER;
    return c >= 0x80 && is_letter_category(c) ? TOKEN_SIGN : TOKEN_MARK;
}

/* Index after the token that begins at i. */
static size_t token_end(const struct cutter *c, size_t i, enum token_kind kind)
{
    const struct letter *l = c->letters;
    size_t end = i + 1;
    if (kind == TOKEN_WORD)
        while (end < c->n && is_word(l[end].base))
            end++;
    if (kind == TOKEN_SIGN && l[i].base >= KHMER_FIRST && l[i].base <= KHMER_SIGNS_END)
        while (end < c->n && continues_khmer(l[end - 1].base, l[end].base))
            end++;
    if (kind == TOKEN_NUMBER)
        while (end < c->n && (is_digit(l[end].base) || ((l[end].base == '.' || l[end].base == ',') && end + 1 < c->n &&
                                                        is_digit(l[end + 1].base))))
            end++;
    return end;
}

/* Writes the text of a token; is any of its letters marked? */
static bool put_text(struct cutter *c, size_t from, size_t to, struct slice *text)
{
    char *out = c->out, any = 0;
    for (const struct letter *l = c->letters + from; l < c->letters + to; l++) {
        any |= l->quality | l->tone;
        if (l->base < 0x80)
            *out++ = (char)l->base;
        else if (l->base >= KHMER_ZERO && l->base <= KHMER_NINE)
            *out++ = (char)(l->base - KHMER_ZERO + '0');
        else
            out += utf8proc_encode_char(l->base, (uint8_t *)out);
    }
    *text = (struct slice){c->out, (size_t)(out - c->out)};
    c->out = out + 1;
    return any;
}

/* The marks of a word in VNI digits, the tone last. */
static const char *token_marks(const struct cutter *c, size_t from, size_t to)
{
    char *out = arena_alloc(c->arena, (to - from) * 2 + 2), tone = 0;
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const struct letter *l = &c->letters[i];
        out[n++] = (char)l->base;
        if (l->quality)
            out[n++] = l->quality;
        if (l->tone)
            tone = l->tone;
    }
    if (tone)
        out[n] = tone;
    return out;
}

struct token *text_tokens(struct arena *arena, struct slice text, size_t *n)
{
    struct cutter c = {.arena = arena};
    c.letters = text_letters(arena, text, &c.n);
    c.out = arena_alloc(arena, c.n * (UTF8_MAX + 1) + 1);
    struct token *tokens = arena_calloc(arena, c.n + 1, sizeof *tokens);
    size_t count = 0;
    bool blank = true;
    for (size_t i = 0; i < c.n;) {
        if (c.letters[i].base == ' ') {
            blank = true;
            i++;
            continue;
        }
        enum token_kind kind = kind_of(c.letters[i].base);
        size_t end = token_end(&c, i, kind);
        struct token *token = &tokens[count++];
        token->kind = kind;
        token->glued = !blank;
        bool marked = put_text(&c, i, end, &token->text);
        if (marked && kind == TOKEN_WORD)
            token->marks = token_marks(&c, i, end);
        blank = kind == TOKEN_BREAK;
        i = end;
    }
    *n = count;
    return tokens;
}

static bool is_quality(char c)
{
    return c >= '6' && c <= '9';
}

/* Hỏi and ngã sound alike in the South, and are written for each other. */
static char alike(char tone)
{
    return tone == '4' ? '3' : tone;
}

bool marks_agree(const char *written, const char *meant)
{
    if (!written || !meant)
        return true;
    while (is_word(*written)) { /* the letters are the same */
        written++;
        meant++;
        char put = is_quality(*written) ? *written++ : '\0';
        char want = is_quality(*meant) ? *meant++ : '\0';
        if (put && put != want)
            return false;
    }
    return alike(*written) == alike(*meant); /* who puts marks puts the tone */
}
