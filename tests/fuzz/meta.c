/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "parsers/kannel/meta.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(1024);
    struct slice text = {(const char *)data, size}, value;
    kannel_meta_get(arena, text, "smpp", "its_session_info", &value);
    if (!kannel_percent_decode(arena, slice_of(kannel_percent_encode(arena, text)), &value) || !slice_eq(value, text))
        abort();
    arena_free(&arena);
    return 0;
}
