/* SPDX-License-Identifier: Apache-2.0
 *
 * A table as spreadsheets save it (RFC 4180): cells between commas, or between semicolons or tabs where the header has
 * those, in double quotes where they hold such a sign or a line end, a quote in them being two. Blanks around a cell that
 * is not quoted are none of it.
 */
#ifndef PARSERS_BASE_CSV_H
#define PARSERS_BASE_CSV_H

#include "parsers/base/table.h"

/* As table_from_tsv: UTF-8, a byte order mark skipped, the first line the header, empty lines skipped; a row's line is that
 * of its first cell. NULL with *error, a sentence with the line number in the arena, on a row with more or fewer cells than
 * the header, a quote that stays open or goes on behind its end, a NUL, no header. */
const struct table *table_from_csv(struct arena *arena, const char *name, struct slice text, const char **error);

#endif
