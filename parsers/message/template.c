/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/message/template.h"

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The bytes of the hole at the start of the text, braces included; 0 when there is none. */
static size_t hole_length(struct slice text)
{
    size_t n = 1;
    if (text.n == 0 || text.at[0] != '{')
        return 0;
    while (n < text.n && is_name_char(text.at[n]))
        n++;
    return n > 1 && n < text.n && text.at[n] == '}' ? n + 1 : 0;
}

bool template_next(struct slice *rest, struct slice *words, struct slice *name)
{
    if (rest->n == 0)
        return false;
    size_t n = 0, hole = 0;
    while (n < rest->n && !(hole = hole_length((struct slice){rest->at + n, rest->n - n})))
        n++;
    *words = (struct slice){rest->at, n};
    *name = hole ? (struct slice){rest->at + n + 1, hole - 2} : (struct slice){NULL, 0};
    rest->at += n + hole;
    rest->n -= n + hole;
    return true;
}

/* Walks the text, appending to `out` when it is not NULL; returns the bytes of the filled text. */
static size_t fill(struct slice text, template_value *value, const void *user, char *out)
{
    struct slice words, name;
    size_t n = 0;
    while (template_next(&text, &words, &name)) {
        const char *known = name.n ? value(user, name) : "";
        struct slice hole = known ? slice_of(known) : (struct slice){name.at - 1, name.n + 2};
        if (out) {
            memcpy(out + n, words.at, words.n);
            memcpy(out + n + words.n, hole.at, hole.n);
        }
        n += words.n + hole.n;
    }
    return n;
}

char *template_fill(struct arena *arena, struct slice text, template_value *value, const void *user)
{
    char *out = arena_alloc(arena, fill(text, value, user, NULL) + 1);
    fill(text, value, user, out);
    return out;
}
