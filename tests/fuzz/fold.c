/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "parsers/text/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every form is well-formed where it says so, and folding what is folded changes nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new(1 << 16);
    arena_reset(arena);
    struct slice text = {(const char *)data, size};
    size_t n;
    char *folded = text_fold(arena, text, &n);
    char *scrubbed = text_scrub(arena, text, NULL);
    text_unaccent(arena, text, NULL);
    if (!text_is_utf8((struct slice){folded, n}) || !text_is_utf8(slice_of(scrubbed)))
        abort();
    if (strcmp(text_fold(arena, slice_of(folded), NULL), folded) != 0)
        abort();
    return 0;
}
