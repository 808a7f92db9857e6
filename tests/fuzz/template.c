/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>

#include "parsers/message/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *no_value(const void *user, struct slice name)
{
    (void)user;
    (void)name;
    return NULL;
}

/* A text whose holes are all unknown comes out as it was. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(1024);
    const char *text = template_fill(arena, (struct slice){(const char *)data, size}, no_value, NULL);
    if (memcmp(text, data, size) != 0)
        abort();
    arena_free(&arena);
    return 0;
}
