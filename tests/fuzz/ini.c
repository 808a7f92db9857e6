/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>

#include "parsers/conf/ini.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(1024);
    const struct ini_entry *entries;
    const char *error;
    size_t n;
    if (ini_read(arena, (struct slice){(const char *)data, size}, &entries, &n, &error) != (error == NULL))
        abort();
    arena_free(&arena);
    return 0;
}
