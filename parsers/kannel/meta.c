/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/meta.h"

#include <string.h>

enum plus { PLUS_STAYS, PLUS_IS_SPACE };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool decode(struct arena *arena, struct slice text, enum plus plus, struct slice *octets)
{
    char *out = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] != '%') {
            out[n++] = text.at[i] == '+' && plus == PLUS_IS_SPACE ? ' ' : text.at[i];
            continue;
        }
        int high = i + 2 < text.n ? hex_digit(text.at[i + 1]) : -1;
        int low = i + 2 < text.n ? hex_digit(text.at[i + 2]) : -1;
        if (high < 0 || low < 0)
            return false;
        out[n++] = (char)(high << 4 | low);
        i += 2;
    }
    *octets = (struct slice){out, n};
    return true;
}

bool kannel_percent_decode(struct arena *arena, struct slice text, struct slice *octets)
{
    return decode(arena, text, PLUS_STAYS, octets);
}

static bool is_unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr("-_.~", c));
}

char *kannel_percent_encode(struct arena *arena, struct slice octets)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, octets.n * 3 + 1), *at = out;
    for (size_t i = 0; i < octets.n; i++) {
        unsigned char c = (unsigned char)octets.at[i];
        if (is_unreserved((char)c)) {
            *at++ = (char)c;
            continue;
        }
        *at++ = '%';
        *at++ = digits[c >> 4];
        *at++ = digits[c & 15];
    }
    return out;
}

/* Takes what stands before the next `end` off the text; all of it when there is none. The end itself goes too. */
static struct slice take_until(struct slice *rest, char end)
{
    const char *at = rest->n ? memchr(rest->at, end, rest->n) : NULL;
    struct slice taken = {rest->at, at ? (size_t)(at - rest->at) : rest->n};
    size_t n = taken.n + (at != NULL);
    if (n) {
        rest->at += n;
        rest->n -= n;
    }
    return taken;
}

/* Is the encoded name this one? Kannel turns blanks into '+' when it encodes. */
static bool is_name(struct arena *arena, struct slice encoded, const char *name)
{
    struct slice decoded;
    return decode(arena, encoded, PLUS_IS_SPACE, &decoded) && slice_is(decoded, name);
}

/* Looks through the pairs of one group, `a=1&b=2&`. */
static bool find_pair(struct arena *arena, struct slice pairs, const char *key, struct slice *value)
{
    while (pairs.n) {
        struct slice encoded = take_until(&pairs, '&');
        struct slice name = take_until(&encoded, '=');
        if (is_name(arena, name, key))
            return decode(arena, encoded, PLUS_IS_SPACE, value);
    }
    return false;
}

bool kannel_meta_get(struct arena *arena, struct slice meta, const char *group, const char *key, struct slice *value)
{
    if (meta.n == 0 || *meta.at != '?')
        return false;
    take_until(&meta, '?');
    while (meta.n) {
        struct slice name = take_until(&meta, '?');
        struct slice pairs = take_until(&meta, '?');
        if (is_name(arena, name, group))
            return find_pair(arena, pairs, key, value);
    }
    return false;
}
