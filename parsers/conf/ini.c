/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/conf/ini.h"

#include <ini.h>
#include <string.h>

struct reading {
    struct arena *arena;
    struct slice rest; /* what inih has not asked for yet */
    int line;          /* the one it has now */
    struct ini_entry *entries;
    size_t n;
    const char *error; /* the first */
};

static void fail(struct reading *r, const char *why)
{
    if (!r->error)
        r->error = arena_printf(r->arena, "line %d: %s", r->line, why);
}

static struct slice next_line(struct slice *rest)
{
    const char *end = memchr(rest->at, '\n', rest->n);
    struct slice line = {rest->at, end ? (size_t)(end - rest->at) : rest->n};
    size_t taken = line.n + (end != NULL);
    rest->at += taken;
    rest->n -= taken;
    return line;
}

/* Blanks at the beginning would make the line a continuation of the one before. */
static struct slice unindent(struct slice line)
{
    while (line.n && strchr(" \t\r", *line.at) && *line.at) {
        line.at++;
        line.n--;
    }
    return line;
}

/* inih's fgets: the library gives no line numbers (INI_HANDLER_LINENO is off in Debian's build), so they are
 * counted here; NULL ends the reading. */
static char *give_line(char *buffer, int size, void *stream)
{
    struct reading *r = stream;
    if (r->rest.n == 0 || r->error)
        return NULL;
    r->line++;
    struct slice line = unindent(next_line(&r->rest));
    if (line.n + sizeof "\r\n" > (size_t)size)
        fail(r, "the line is too long");
    else if (line.n && memchr(line.at, '\0', line.n))
        fail(r, "the line holds a NUL");
    if (r->error)
        return NULL;
    if (line.n)
        memcpy(buffer, line.at, line.n);
    memcpy(buffer + line.n, "\n", 2);
    return buffer;
}

static int take_entry(void *user, const char *section, const char *key, const char *value)
{
    struct reading *r = user;
    if (strlen(section) > INI_NAME_MAX || strlen(key) > INI_NAME_MAX) {
        fail(r, "the name is too long");
        return 0;
    }
    if (!*key) {
        fail(r, "a value without a name");
        return 0;
    }
    r->entries[r->n++] = (struct ini_entry){
        .section = arena_copy(r->arena, slice_of(section)),
        .key = arena_copy(r->arena, slice_of(key)),
        .value = arena_copy(r->arena, slice_of(value)),
        .line = r->line,
    };
    return 1;
}

static size_t count_lines(struct slice text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.at[i] == '\n';
    return lines;
}

bool ini_read(struct arena *arena, struct slice text, const struct ini_entry **entries_r, size_t *n_r,
              const char **error_r)
{
    struct reading r = {.arena = arena, .rest = text};
    r.entries = arena_calloc(arena, count_lines(text), sizeof *r.entries);
    int bad_line = ini_parse_stream(give_line, &r, take_entry, &r);
    if (bad_line > 0 && (!r.error || bad_line < r.line))
        r.error = arena_printf(arena, "line %d: neither a setting nor a section", bad_line);
    *entries_r = r.entries;
    *n_r = r.n;
    *error_r = r.error;
    return r.error == NULL;
}
