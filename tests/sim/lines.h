/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines from a terminal, a pipe or a file, without blocking the loop: read when poll says so, taken one at a
 * time when the reader wants one.
 */
#ifndef SIM_LINES_H
#define SIM_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/slice.h"

enum { LINE_MAX_OCTETS = 262144 };

struct lines {
    int fd;
    bool ended;     /* nothing more will be read */
    bool skipping;  /* inside a line that was too long */
    size_t n, used; /* octets read, octets of them taken as lines */
    char octets[LINE_MAX_OCTETS];
};

enum lines_next { LINES_LINE, LINES_NONE, LINES_TOO_LONG, LINES_END };

void lines_init(struct lines *lines, int fd);

/* Reads what is there; poll for input first. */
void lines_read(struct lines *lines);

/* Takes the next line, without its newline; it stays valid until the next call. A last line without newline
 * counts. LINES_TOO_LONG is told once for a line that was thrown away. */
enum lines_next lines_next(struct lines *lines, struct slice *line);

#endif
