/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/lower.h"

#include <stdbool.h>
#include <utf8proc.h>

/* The character at the start of the text and how many bytes it has; 0 at the end and for what is no UTF-8. */
static size_t first_char(struct slice text, int32_t *c)
{
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.n, c);
    return n > 0 ? (size_t)n : 0;
}

static bool is_capital_or_digit(int32_t c)
{
    return utf8proc_isupper(c) || (c >= '0' && c <= '9');
}

char *text_lower_first(struct arena *arena, struct slice text)
{
    int32_t first, second = 0;
    size_t n = first_char(text, &first);
    if (!n)
        return arena_copy(arena, text);
    struct slice rest = {text.at + n, text.n - n};
    if (first_char(rest, &second) && is_capital_or_digit(second))
        return arena_copy(arena, text);
    utf8proc_uint8_t lower[4];
    utf8proc_ssize_t size = utf8proc_encode_char(utf8proc_tolower(first), lower);
    return arena_printf(arena, "%.*s%.*s", (int)size, (const char *)lower, (int)rest.n, rest.n ? rest.at : "");
}
