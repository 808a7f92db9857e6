/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parsers/kannel/msisdn.h"

/* ---- values ---- */

json_t *json_moment(int64_t us)
{
    time_t seconds = (time_t)(us / 1000000);
    struct tm tm;
    char text[sizeof "2026-11-22T06:10:00Z"];
    if (!us)
        return json_null();
    gmtime_r(&seconds, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return json_string(text);
}

json_t *json_milli(int64_t milli)
{
    if (!milli)
        return json_null();
    return milli % 1000 == 0 ? json_integer(milli / 1000) : json_real((double)milli / 1000);
}

json_t *json_number(const struct ctl *ctl, const char *msisdn)
{
    char redacted[MSISDN_MAX];
    if (ctl->full || !*msisdn)
        return json_string(msisdn);
    msisdn_redact(msisdn, redacted);
    return json_string(redacted);
}

/* Characters, not bytes: continuation bytes of UTF-8 are 10xxxxxx. */
static size_t count_characters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

json_t *json_text(const struct ctl *ctl, const char *text)
{
    if (ctl->full)
        return json_string(text);
    return json_sprintf("(%zu characters)", count_characters(text));
}

/* ---- the table ---- */

/* How many bytes of a control character stand here: of ASCII's one, of those from U+0080 to U+009F, which some terminals
 * obey too, two; 0 = none. */
static size_t control_here(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0)
        return 2;
    return (c[0] && c[0] < ' ') || c[0] == 0x7F;
}

/* What a cell shows, in the arena. What a phone sent could move the cursor of a terminal: control characters go. */
static const char *shown(struct arena *arena, const json_t *value)
{
    if (json_is_integer(value))
        return arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_real(value))
        return arena_printf(arena, "%.3f", json_real_value(value));
    if (!json_is_string(value))
        return "-";
    char *text = arena_copy(arena, slice_of(json_string_value(value)));
    for (char *c = text; *c; c++)
        memset(c, ' ', control_here(c));
    return *text ? text : "-";
}

static void print_cell(const char *text, size_t width)
{
    printf("%s%*s", text, (int)(width - count_characters(text)) + 2, "");
}

/* The width of each column; scratch is emptied after each row, so that it stays as large as one. */
static size_t *measure(struct arena *arena, struct arena *scratch, json_t *rows)
{
    json_t *first = json_array_get(rows, 0), *row, *value;
    size_t *widths = arena_calloc(arena, json_object_size(first), sizeof *widths), i, column = 0;
    const char *key;
    json_object_foreach(first, key, value) widths[column++] = strlen(key);
    json_array_foreach(rows, i, row)
    {
        column = 0;
        json_object_foreach(first, key, value)
        {
            size_t n = count_characters(shown(scratch, json_object_get(row, key)));
            widths[column] = n > widths[column] ? n : widths[column];
            column++;
        }
        arena_reset(scratch);
    }
    return widths;
}

static void print_table(struct arena *arena, json_t *rows)
{
    json_t *first = json_array_get(rows, 0), *row, *value;
    const char *key;
    size_t i, column = 0;
    if (!first) {
        puts("nothing");
        return;
    }
    struct arena *scratch = arena_new(4096);
    const size_t *widths = measure(arena, scratch, rows);
    json_object_foreach(first, key, value) print_cell(key, widths[column++]);
    putchar('\n');
    json_array_foreach(rows, i, row)
    {
        column = 0;
        json_object_foreach(first, key, value) print_cell(shown(scratch, json_object_get(row, key)), widths[column++]);
        putchar('\n');
        arena_reset(scratch);
    }
    arena_free(&scratch);
}

static void print_lines(struct arena *arena, json_t *object)
{
    const char *key;
    json_t *value;
    size_t width = 0;
    json_object_foreach(object, key, value) width = strlen(key) > width ? strlen(key) : width;
    json_object_foreach(object, key, value) printf("%-*s  %s\n", (int)width, key, shown(arena, value));
}

static int print(const struct ctl *ctl, json_t *json, void (*as_text)(struct arena *arena, json_t *json))
{
    if (ctl->json) {
        json_dumpf(json, stdout, JSON_INDENT(2));
        putchar('\n');
    } else {
        as_text(ctl->arena, json);
    }
    json_decref(json);
    return fflush(stdout) == 0 ? CTL_OK : CTL_FAILED;
}

int print_rows(const struct ctl *ctl, json_t *rows)
{
    return print(ctl, rows, print_table);
}

int print_object(const struct ctl *ctl, json_t *object)
{
    return print(ctl, object, print_lines);
}
