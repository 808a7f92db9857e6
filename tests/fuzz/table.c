/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "parsers/base/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A table has all its cells, or an error says why not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new(1 << 16);
    arena_reset(arena);
    const char *error = NULL;
    const struct table *table = table_from_tsv(arena, "fuzz", (struct slice){(const char *)data, size}, &error);
    if ((table == NULL) == (error == NULL))
        abort();
    for (size_t i = 0; table && i < table->rows * table->columns; i++)
        if (!table->cells[i])
            abort();
    return 0;
}
