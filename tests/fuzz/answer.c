/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first line is a text, each other one an answer to what it leaves open. Answered is never unreadable, and what is
 * no answer changes nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *at = (const char *)data, *end = at + size;
    const struct read_context context = {.today = 20000, .place_optional = true};
    struct reading asked;
    for (bool first = true; at < end; first = false) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct slice line = {at, (size_t)((stop ? stop : end) - at)};
        arena_reset(arena);
        if (first)
            read_soundly(reader, lexicon, &context, arena, line, &asked);
        else if (read_answer(reader, &context, arena, line, &asked)) {
            sound_or_die(asked.outcome == READ_NONE ? "answered, and not understood" : NULL);
            sound_or_die(reading_unsound(lexicon, &asked));
        } else
            break;
        at = line.at + line.n + 1;
    }
    return 0;
}
