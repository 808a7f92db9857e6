/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void lines_init(struct lines *lines, int fd)
{
    lines->fd = fd;
    lines->ended = lines->skipping = false;
    lines->n = lines->used = 0;
}

void lines_read(struct lines *lines)
{
    memmove(lines->octets, lines->octets + lines->used, lines->n - lines->used);
    lines->n -= lines->used;
    lines->used = 0;
    if (lines->n == LINE_MAX_OCTETS)
        return;
    ssize_t n = read(lines->fd, lines->octets + lines->n, LINE_MAX_OCTETS - lines->n);
    if (n > 0)
        lines->n += (size_t)n;
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        lines->ended = true;
}

/* There is no newline in what is left. */
static enum lines_next take_rest(struct lines *lines, struct slice *line)
{
    size_t left = lines->n - lines->used;
    if (left == LINE_MAX_OCTETS) {
        lines->used = lines->n;
        lines->skipping = true;
        return LINES_TOO_LONG;
    }
    if (!lines->ended)
        return LINES_NONE;
    *line = (struct slice){lines->octets + lines->used, left};
    lines->used = lines->n;
    return left && !lines->skipping ? LINES_LINE : LINES_END;
}

enum lines_next lines_next(struct lines *lines, struct slice *line)
{
    for (;;) {
        char *start = lines->octets + lines->used;
        char *newline = memchr(start, '\n', lines->n - lines->used);
        if (!newline)
            return take_rest(lines, line);
        *line = (struct slice){start, (size_t)(newline - start)};
        lines->used += line->n + 1;
        if (line->n && line->at[line->n - 1] == '\r')
            line->n--;
        if (!lines->skipping)
            return LINES_LINE;
        lines->skipping = false;
    }
}
