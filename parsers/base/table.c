/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/table.h"

#include <string.h>

size_t table_column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->head[i], name) == 0)
            return i;
    return TABLE_NO_COLUMN;
}

const char *table_cell(const struct table *table, size_t row, size_t column)
{
    return column == TABLE_NO_COLUMN ? "" : table->cells[row * table->columns + column];
}

/* The next line of *rest, without its end; false at the end of the text. */
static bool next_line(struct slice *rest, struct slice *line)
{
    if (rest->n == 0)
        return false;
    const char *end = memchr(rest->at, '\n', rest->n);
    size_t n = end ? (size_t)(end - rest->at) : rest->n;
    size_t skip = end ? n + 1 : n;
    *line = (struct slice){rest->at, n > 0 && rest->at[n - 1] == '\r' ? n - 1 : n};
    rest->at += skip;
    rest->n -= skip;
    return true;
}

static size_t count_cells(struct slice line)
{
    size_t n = 1;
    for (size_t i = 0; i < line.n; i++)
        n += line.at[i] == '\t';
    return n;
}

static size_t count_lines(struct slice text)
{
    size_t n = 0;
    for (struct slice line; next_line(&text, &line);)
        n += line.n > 0;
    return n;
}

/* Copies the cells of a line, which has `columns` of them. */
static void split_line(struct arena *arena, struct slice line, size_t columns, const char **out)
{
    const char *at = line.at, *end = line.at + line.n;
    for (size_t i = 0; i < columns; i++) {
        const char *tab = at < end ? memchr(at, '\t', (size_t)(end - at)) : NULL;
        const char *stop = tab ? tab : end;
        out[i] = arena_copy(arena, (struct slice){at, (size_t)(stop - at)});
        at = stop + 1;
    }
}

/* What makes a line of the table unfit; NULL = nothing. */
static const char *problem_of(struct slice line, size_t columns)
{
    size_t cells = count_cells(line);
    if (memchr(line.at, '\0', line.n))
        return "holds a NUL";
    return cells > columns ? "has more cells than the header" : cells < columns ? "has fewer cells than the header" : NULL;
}

static struct slice without_mark(struct slice text)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t n = sizeof mark - 1;
    return text.n >= n && memcmp(text.at, mark, n) == 0 ? (struct slice){text.at + n, text.n - n} : text;
}

const struct table *table_from_tsv(struct arena *arena, const char *name, struct slice text, const char **error)
{
    text = without_mark(text);
    size_t rows = count_lines(text), number = 0;
    struct slice line = {NULL, 0};
    while (line.n == 0 && next_line(&text, &line))
        number++;
    if (line.n == 0) {
        *error = arena_printf(arena, "%s: no header", name);
        return NULL;
    }
    if (memchr(line.at, '\0', line.n)) {
        *error = arena_printf(arena, "%s: line %zu holds a NUL", name, number);
        return NULL;
    }
    struct table *table = arena_alloc(arena, sizeof *table);
    table->name = arena_copy(arena, slice_of(name));
    table->columns = count_cells(line);
    const char **head = arena_calloc(arena, table->columns, sizeof *head);
    split_line(arena, line, table->columns, head);
    const char **cells = arena_calloc(arena, (rows - 1) * table->columns, sizeof *cells);
    size_t *lines = arena_calloc(arena, rows - 1, sizeof *lines);
    while (next_line(&text, &line)) {
        number++;
        if (line.n == 0)
            continue;
        const char *problem = problem_of(line, table->columns);
        if (problem) {
            *error = arena_printf(arena, "%s: line %zu %s", name, number, problem);
            return NULL;
        }
        lines[table->rows] = number;
        split_line(arena, line, table->columns, &cells[table->rows++ * table->columns]);
    }
    table->head = head;
    table->cells = cells;
    table->lines = lines;
    return table;
}
