/* SPDX-License-Identifier: Apache-2.0 */
#include "db/array.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct array array_begin(struct arena *arena)
{
    struct array array = {.arena = arena, .size = 256};
    array.at = arena_alloc(arena, array.size);
    array.at[array.n++] = '{';
    return array;
}

/* Room for `more` bytes and the closing brace with its NUL. */
static void reserve(struct array *array, size_t more)
{
    size_t wanted = array->n + more + 2;
    if (wanted <= array->size)
        return;
    size_t size = array->size * 2 > wanted ? array->size * 2 : wanted;
    char *at = arena_alloc(array->arena, size);
    memcpy(at, array->at, array->n);
    array->at = at;
    array->size = size;
}

static void add(struct array *array, const char *bytes, size_t n)
{
    reserve(array, n + 1);
    if (array->n > 1)
        array->at[array->n++] = ',';
    memcpy(array->at + array->n, bytes, n);
    array->n += n;
}

void array_null(struct array *array)
{
    add(array, "NULL", 4);
}

void array_i64(struct array *array, int64_t value)
{
    char digits[24];
    add(array, digits, (size_t)snprintf(digits, sizeof digits, "%" PRId64, value));
}

void array_bool(struct array *array, bool value)
{
    add(array, value ? "t" : "f", 1);
}

void array_text(struct array *array, const char *value)
{
    if (!value) {
        array_null(array);
        return;
    }
    add(array, "\"", 1);
    reserve(array, 2 * strlen(value) + 1);
    for (const char *c = value; *c; c++) {
        if (*c == '"' || *c == '\\')
            array->at[array->n++] = '\\';
        array->at[array->n++] = *c;
    }
    array->at[array->n++] = '"';
}

void array_char(struct array *array, char value)
{
    array_text(array, (const char[]){value, '\0'});
}

void array_id(struct array *array, int64_t value)
{
    if (value)
        array_i64(array, value);
    else
        array_null(array);
}

void array_day(struct array *array, day_t value)
{
    char iso[11];
    if (value == DAY_NONE) {
        array_null(array);
        return;
    }
    day_format_iso(value, iso);
    add(array, iso, strlen(iso));
}

void array_ids(struct array *array, const int64_t *ids, size_t n)
{
    struct array list = array_begin(array->arena);
    for (size_t i = 0; i < n; i++)
        array_i64(&list, ids[i]);
    array_text(array, array_end(&list));
}

const char *array_end(struct array *array)
{
    array->at[array->n++] = '}';
    array->at[array->n] = '\0';
    return array->at;
}

const char *param_i64(struct arena *arena, int64_t value)
{
    return arena_printf(arena, "%" PRId64, value);
}
