/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "parsers/read/reading.h"
#include "tests/unit/parsers/tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first line is a text, each other one an answer to what it leaves open. Answered is never unreadable. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    static struct reader *reader;
    const char *error, *at = (const char *)data, *end = at + size;
    if (!arena) {
        arena = arena_new(1 << 16);
        reader = reader_new(lexicon_of_files(), &error);
    }
    arena_reset(arena);
    const struct read_context context = {.today = 20000};
    struct reading asked;
    for (bool first = true; at < end; first = false) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct slice line = {at, (size_t)((stop ? stop : end) - at)};
        if (first)
            read_text(reader, &context, arena, line, &asked);
        else if (read_answer(reader, &context, arena, line, &asked) && asked.outcome == READ_NONE)
            abort();
        at = line.at + line.n + 1;
    }
    return 0;
}
