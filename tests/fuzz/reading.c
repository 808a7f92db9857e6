/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "parsers/read/reading.h"
#include "tests/unit/parsers/tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A sure offer is complete, a question says what it asks, and the same text reads the same again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    static struct reader *reader;
    const char *error;
    if (!arena) {
        arena = arena_new(1 << 16);
        reader = reader_new(lexicon_of_files(), &error);
    }
    arena_reset(arena);
    const struct read_context context = {.today = 20000, .place_optional = size % 2};
    struct slice text = {(const char *)data, size};
    struct reading once, twice;
    read_text(reader, &context, arena, text, &once);
    read_text(reader, &context, arena, text, &twice);
    if (once.outcome != twice.outcome || once.intent != twice.intent || once.n_items != twice.n_items)
        abort();
    if ((once.outcome == READ_ASK) == (once.ask == ASK_NOTHING) || once.n_items > READ_ITEMS_MAX ||
        once.n_choices > READ_CHOICES_MAX)
        abort();
    bool offer = once.intent == INTENT_SELL || once.intent == INTENT_BUY;
    for (size_t i = 0; offer && once.outcome == READ_SURE && i < once.n_items; i++)
        if (!once.items[i].commodity || !once.items[i].has_quantity || !once.items[i].unit)
            abort();
    read_is_stop(reader, arena, text);
    return 0;
}
