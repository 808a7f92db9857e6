/* SPDX-License-Identifier: Apache-2.0 */
#include "db/rows.h"

#include <stdlib.h>
#include <string.h>

/* ---- a row, column by column ---- */

struct pg_row pg_row(const PGresult *result, int row)
{
    return (struct pg_row){result, row, 0};
}

static const char *next_value(struct pg_row *row)
{
    int column = row->column++;
    return PQgetisnull(row->result, row->row, column) ? NULL : PQgetvalue(row->result, row->row, column);
}

int64_t row_i64(struct pg_row *row)
{
    const char *value = next_value(row);
    return value ? strtoll(value, NULL, 10) : 0;
}

int row_int(struct pg_row *row)
{
    return (int)row_i64(row);
}

day_t row_day(struct pg_row *row)
{
    const char *value = next_value(row);
    return value ? (day_t)strtol(value, NULL, 10) : DAY_NONE;
}

bool row_bool(struct pg_row *row)
{
    const char *value = next_value(row);
    return value && *value == 't';
}

const char *row_text_or_null(struct pg_row *row, struct arena *arena)
{
    const char *value = next_value(row);
    return value ? arena_copy(arena, slice_of(value)) : NULL;
}

const char *row_text(struct pg_row *row, struct arena *arena)
{
    const char *value = row_text_or_null(row, arena);
    return value ? value : "";
}

char row_char(struct pg_row *row)
{
    const char *value = next_value(row);
    return value ? *value : '\0';
}

size_t row_word(struct pg_row *row, const char *const *words, size_t n)
{
    const char *value = next_value(row);
    for (size_t i = 0; value && i < n; i++)
        if (strcmp(words[i], value) == 0)
            return i;
    abort();
}

void read_numbers(const PGresult *result, void *context)
{
    int64_t *numbers = context;
    struct pg_row row = pg_row(result, 0);
    for (int i = 0; i < PQnfields(result); i++)
        numbers[i] = row_i64(&row);
}

/* ---- a whole table ---- */

static const char *cell(const struct table_reading *reading, const PGresult *result, size_t row, size_t column)
{
    if (PQgetisnull(result, (int)row, (int)column))
        return reading->nulls ? NULL : "";
    return arena_copy(reading->arena, slice_of(PQgetvalue(result, (int)row, (int)column)));
}

void read_table(const PGresult *result, void *context)
{
    struct table_reading *reading = context;
    size_t columns = (size_t)PQnfields(result), rows = (size_t)PQntuples(result);
    const char **head = arena_calloc(reading->arena, columns, sizeof *head);
    const char **cells = arena_calloc(reading->arena, rows * columns, sizeof *cells);
    for (size_t i = 0; i < columns; i++)
        head[i] = arena_copy(reading->arena, slice_of(PQfname(result, (int)i)));
    for (size_t i = 0; i < rows * columns; i++)
        cells[i] = cell(reading, result, i / columns, i % columns);
    struct table *table = arena_alloc(reading->arena, sizeof *table);
    *table = (struct table){reading->name, columns, rows, head, cells, NULL};
    reading->table = table;
}
