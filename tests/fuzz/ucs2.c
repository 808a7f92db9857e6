/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>

#include "parsers/text/sms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(1024);
    struct slice bytes = {(const char *)data, size};
    size_t length, bad;
    const char *text = sms_from_ucs2(arena, bytes, &length, &bad);
    if (text[length] || (sms_size((struct slice){text, length}).segments == 0) != (size == 0))
        abort();
    text = sms_from_latin1(arena, bytes, &length);
    sms_size(bytes); /* as UTF-8, well-formed or not */
    arena_free(&arena);
    return 0;
}
