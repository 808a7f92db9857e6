/* SPDX-License-Identifier: Apache-2.0
 *
 * A table of text cells with a header: what a TSV file holds and what a query returns, so that
 * the lexicon is built by the same code from either. Immutable once made.
 */
#ifndef PARSERS_BASE_TABLE_H
#define PARSERS_BASE_TABLE_H

#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

struct table {
    const char *name;         /* for messages: "commodities" */
    size_t columns, rows;
    const char *const *head;  /* column names, `columns` of them */
    const char *const *cells; /* rows * columns, row by row; never NULL, "" when empty */
    const size_t *lines;      /* where each row stands in its file, counted from 1; NULL when it comes from no file */
};

#define TABLE_NO_COLUMN ((size_t)-1)

/* The index of a column, or TABLE_NO_COLUMN. */
size_t table_column(const struct table *table, const char *name);

/* The cell at row, column; "" when the column is TABLE_NO_COLUMN. */
const char *table_cell(const struct table *table, size_t row, size_t column);

/* Reads a TSV text (UTF-8, a byte order mark at its head skipped, first line the header, no quoting, LF or CRLF line
 * ends, empty lines skipped). Cells are copied into the arena. On error (a row with more or fewer cells than the header,
 * a NUL, no header) returns NULL and sets *error to a sentence with the line number, made in the arena. */
const struct table *table_from_tsv(struct arena *arena, const char *name, struct slice text, const char **error);

#endif
