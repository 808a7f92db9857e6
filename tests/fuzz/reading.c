/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any text on its own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct read_context context = {.today = 20000, .place_optional = size % 2};
    struct slice text = {(const char *)data, size};
    struct reading reading;
    read_soundly(reader, lexicon, &context, arena, text, &reading);
    if (read_is_stop(reader, arena, text))
        sound_or_die(reading.outcome == READ_SURE && reading.intent != INTENT_STOP ? "stop is something else" : NULL);
    read_is_bare(reader, arena, text);
    return 0;
}
