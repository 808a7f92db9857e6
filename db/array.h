/* SPDX-License-Identifier: Apache-2.0
 *
 * PostgreSQL array literals, the parameters of set-based statements: {1,2,NULL}, {"a","b \"c\""}. Text elements are
 * always quoted, so no value can be read as NULL or as two. For the modules of db/ only.
 *
 *     struct array codes = array_begin(arena);
 *     array_text(&codes, "LUA");
 *     array_text(&codes, NULL);
 *     const char *parameter = array_end(&codes);   // {"LUA",NULL}
 *
 * Or, a field of each row of a C array:  FIELD_TEXT(arena, rows, n, code)
 */
#ifndef DB_ARRAY_H
#define DB_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/day.h"

struct array {
    struct arena *arena;
    char *at;
    size_t n, size; /* bytes used, bytes there */
};

struct array array_begin(struct arena *arena);
void array_null(struct array *array);
void array_i64(struct array *array, int64_t value);
void array_bool(struct array *array, bool value);
void array_text(struct array *array, const char *value); /* NULL is SQL's NULL */
void array_char(struct array *array, char value);        /* a text of one character */
void array_id(struct array *array, int64_t value);       /* 0 is SQL's NULL */
void array_day(struct array *array, day_t value);        /* DAY_NONE is SQL's NULL */
void array_ids(struct array *array, const int64_t *ids, size_t n); /* all of them as one text, "{1,2}", to be cast */
const char *array_end(struct array *array);

/* One parameter out of a field of the rows. */
#define FIELD(kind, arena, rows, n, field)           \
    ({                                               \
        struct array array_ = array_begin(arena);    \
        for (size_t i_ = 0; i_ < (n); i_++)          \
            array_##kind(&array_, (rows)[i_].field); \
        array_end(&array_);                          \
    })
#define FIELD_I64(arena, rows, n, field) FIELD(i64, arena, rows, n, field)
#define FIELD_ID(arena, rows, n, field) FIELD(id, arena, rows, n, field)
#define FIELD_BOOL(arena, rows, n, field) FIELD(bool, arena, rows, n, field)
#define FIELD_TEXT(arena, rows, n, field) FIELD(text, arena, rows, n, field)
#define FIELD_CHAR(arena, rows, n, field) FIELD(char, arena, rows, n, field)
#define FIELD_DAY(arena, rows, n, field) FIELD(day, arena, rows, n, field)

/* A number as a parameter of its own. */
const char *param_i64(struct arena *arena, int64_t value);

#endif
