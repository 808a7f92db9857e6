/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/message/catalog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct catalog catalog;
    const char *error;
    if (catalog_open(&catalog, (struct slice){(const char *)data, size}, &error)) {
        struct arena *arena = arena_new(1024);
        catalog_get(&catalog, "help");
        catalog_field(&catalog, arena, "Language");
        arena_free(&arena);
    }
    return 0;
}
