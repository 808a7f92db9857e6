/* SPDX-License-Identifier: Apache-2.0 */
#include "db/rows.h"

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
    *table = (struct table){reading->name, columns, rows, head, cells};
    reading->table = table;
}
