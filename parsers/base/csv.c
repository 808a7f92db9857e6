/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/csv.h"

struct csv {
    struct arena *arena;
    const char *at, *end;
    char separator;
    size_t line;         /* of `at`, counted from 1 */
    const char *problem; /* NULL = none so far */
};

static bool ends_cell(const struct csv *csv, const char *at)
{
    return at == csv->end || *at == csv->separator || *at == '\n' ||
           (*at == '\r' && at + 1 < csv->end && at[1] == '\n');
}

static const char *plain_cell(struct csv *csv)
{
    const char *begin = csv->at;
    while (!ends_cell(csv, csv->at))
        csv->at++;
    const char *stop = csv->at;
    while (begin < stop && *begin == ' ')
        begin++;
    while (begin < stop && stop[-1] == ' ')
        stop--;
    return arena_copy(csv->arena, (struct slice){begin, (size_t)(stop - begin)});
}

/* The quote that ends the cell which begins at `at`; the text's end when there is none. */
static const char *closing_quote(const struct csv *csv, const char *at)
{
    while (at < csv->end && (*at != '"' || (at + 1 < csv->end && at[1] == '"')))
        at += *at == '"' ? 2 : 1;
    return at;
}

static const char *quoted_cell(struct csv *csv)
{
    const char *stop = closing_quote(csv, ++csv->at);
    char *cell = arena_alloc(csv->arena, (size_t)(stop - csv->at) + 1), *to = cell;
    for (; csv->at < stop; csv->at++) {
        csv->at += *csv->at == '"';
        csv->line += *csv->at == '\n';
        *to++ = *csv->at;
    }
    *to = '\0';
    if (stop == csv->end)
        csv->problem = "has a quote that is not closed";
    else if (!ends_cell(csv, ++csv->at))
        csv->problem = "goes on behind a closing quote";
    return cell;
}

static const char *next_cell(struct csv *csv)
{
    return csv->at < csv->end && *csv->at == '"' ? quoted_cell(csv) : plain_cell(csv);
}

/* Behind a cell: is there another one in the row? */
static bool next_in_row(struct csv *csv)
{
    bool more = csv->at < csv->end && *csv->at == csv->separator;
    if (csv->at < csv->end && *csv->at == '\r')
        csv->at++;
    if (csv->at < csv->end) {
        csv->line += *csv->at == '\n';
        csv->at++;
    }
    return more;
}

/* How many cells it has. An empty line is a row of one empty cell. */
static size_t read_row(struct csv *csv, const char **cells)
{
    size_t n = 0;
    do
        cells[n++] = next_cell(csv);
    while (!csv->problem && next_in_row(csv));
    return n;
}

static size_t count(struct slice text, char sign)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.at[i] == sign;
    return n;
}

static char separator_of(struct slice text)
{
    const char *end = memchr(text.at, '\n', text.n);
    struct slice head = {text.at, end ? (size_t)(end - text.at) : text.n};
    return count(head, '\t') ? '\t' : count(head, ';') ? ';' : ',';
}

static const char *miscounted(size_t cells, size_t columns)
{
    return cells > columns   ? "has more cells than the header"
           : cells < columns ? "has fewer cells than the header"
                             : NULL;
}

/* All rows into the table, which has room for them. */
static bool read_rows(struct csv *csv, struct table *table, const char **cells, size_t *lines, const char **error)
{
    bool header = true;
    while (csv->at < csv->end) {
        size_t line = csv->line,
               n = read_row(csv, header ? cells : cells + table->rows * table->columns + table->columns);
        if (!csv->problem && n == 1 && !*cells[header ? 0 : (table->rows + 1) * table->columns])
            continue;
        if (!csv->problem && !header)
            csv->problem = miscounted(n, table->columns);
        if (csv->problem) {
            *error = arena_printf(csv->arena, "%s: line %zu %s", table->name, line, csv->problem);
            return false;
        }
        if (header)
            table->columns = n;
        else
            lines[table->rows++] = line;
        header = false;
    }
    if (header)
        *error = arena_printf(csv->arena, "%s: no header", table->name);
    return !header;
}

static struct slice without_mark(struct slice text)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t n = sizeof mark - 1;
    return text.n >= n && memcmp(text.at, mark, n) == 0 ? (struct slice){text.at + n, text.n - n} : text;
}

const struct table *table_from_csv(struct arena *arena, const char *name, struct slice text, const char **error)
{
    text = without_mark(text);
    if (text.n && memchr(text.at, '\0', text.n)) {
        *error = arena_printf(arena, "%s: holds a NUL", name);
        return NULL;
    }
    if (text.n == 0) {
        *error = arena_printf(arena, "%s: no header", name);
        return NULL;
    }
    struct csv csv = {arena, text.at, text.at + text.n, separator_of(text), 1, NULL};
    size_t rows = count(text, '\n') + 2, most = rows + count(text, csv.separator);
    struct table *table = arena_calloc(arena, 1, sizeof *table);
    const char **cells = arena_calloc(arena, most, sizeof *cells);
    size_t *lines = arena_calloc(arena, rows, sizeof *lines);
    table->name = arena_copy(arena, slice_of(name));
    if (!read_rows(&csv, table, cells, lines, error))
        return NULL;
    table->head = cells;
    table->cells = cells + table->columns;
    table->lines = lines;
    return table;
}
