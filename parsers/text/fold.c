/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/fold.h"

#include <stdint.h>
#include <utf8proc.h>

#include "parsers/text/letter.h"

#define UTF8_MAX 4 /* bytes of a code point */

static char *finish(char *out, size_t n, size_t *length)
{
    out[n] = '\0';
    if (length)
        *length = n;
    return out;
}

static size_t put(char *out, int32_t c)
{
    if (c < 0x80) {
        *out = (char)c;
        return 1;
    }
    return (size_t)utf8proc_encode_char(c, (uint8_t *)out);
}

/* One code point at text.at + i; its length, or 0 when ill-formed. */
static size_t take(struct slice text, size_t i, int32_t *c)
{
    utf8proc_ssize_t k = utf8proc_iterate((const uint8_t *)text.at + i, (utf8proc_ssize_t)(text.n - i), c);
    return k > 0 ? (size_t)k : 0;
}

char *text_fold(struct arena *arena, struct slice text, size_t *length)
{
    size_t n, kept = 0;
    struct letter *letters = text_letters(arena, text, &n);
    int32_t *points = arena_calloc(arena, n + 1, sizeof *points);
    for (size_t i = 0; i < n; i++) {
        bool blank = letters[i].base == ' ' || letters[i].base == '\n';
        if (blank && (kept == 0 || points[kept - 1] == ' '))
            continue;
        points[kept++] = blank ? ' ' : letters[i].base;
    }
    if (kept > 0 && points[kept - 1] == ' ')
        kept--;
    utf8proc_ssize_t composed = utf8proc_normalize_utf32(points, (utf8proc_ssize_t)kept,
                                                         (utf8proc_option_t)(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
    char *out = arena_alloc(arena, (size_t)composed * UTF8_MAX + 1);
    size_t bytes = 0;
    for (utf8proc_ssize_t i = 0; i < composed; i++)
        bytes += put(out + bytes, points[i]);
    return finish(out, bytes, length);
}

static bool is_latin(int32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The Latin letter under the marks of c, or c itself. */
static int32_t bare(int32_t c)
{
    int32_t parts[8];
    int boundary = 0;
    if (c < 0x80)
        return c;
    if (c == 0x0111 || c == 0x0110)
        return c == 0x0111 ? 'd' : 'D';
    utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE, &boundary);
    return n > 1 && n <= 8 && is_latin(parts[0]) ? parts[0] : c;
}

char *text_unaccent(struct arena *arena, struct slice text, size_t *length)
{
    char *out = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    int32_t before = 0, c;
    for (size_t i = 0, k; i < text.n; i += k) {
        k = take(text, i, &c);
        if (k == 0) { /* not ours to judge: passed on as it is */
            out[n++] = text.at[i];
            k = 1;
            continue;
        }
        if (c >= 0x0300 && c <= 0x036F && is_latin(before))
            continue;
        before = bare(c);
        n += put(out + n, before);
    }
    return finish(out, n, length);
}

bool text_is_utf8(struct slice text)
{
    int32_t c;
    for (size_t i = 0, k; i < text.n; i += k) {
        k = take(text, i, &c);
        if (k == 0)
            return false;
    }
    return true;
}

char *text_scrub(struct arena *arena, struct slice text, size_t *length)
{
    static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
    char *out = arena_alloc(arena, text.n * (sizeof replacement - 1) + 1);
    size_t n = 0;
    int32_t c;
    for (size_t i = 0, k; i < text.n; i += k) {
        k = take(text, i, &c);
        const char *from = k ? text.at + i : replacement;
        size_t bytes = k ? k : sizeof replacement - 1;
        if (k == 0)
            k = 1;
        if (*from == '\0')
            continue;
        memcpy(out + n, from, bytes);
        n += bytes;
    }
    return finish(out, n, length);
}
