/* SPDX-License-Identifier: Apache-2.0
 *
 * How a text was read, for whoever maintains the lexicon: its tokens and what they were taken as, the spans with all that
 * their words may mean and what was kept, the facts, what the writer may have wanted and which rule decided, the outcome.
 * Shows what a reading left behind (read_in_full); holds no rule of its own.
 *
 *     explain_text(reader, &context, arena, text, print, NULL);
 *
 * Marks are shown as VNI figures, as the reader holds them: ban1 is bán, du7a2 dừa.
 */
#ifndef PARSERS_READ_EXPLAIN_H
#define PARSERS_READ_EXPLAIN_H

#include "parsers/read/reading.h"

/* No line is wider, in columns of a terminal. */
#define EXPLAIN_WIDTH 100

/* Gets one line after the other, without its end. */
typedef void explain_line(void *context, const char *line);

void explain_text(const struct reader *reader, const struct read_context *context, struct arena *arena,
                  struct slice text, explain_line *line, void *line_context);

#endif
