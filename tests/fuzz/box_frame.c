/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>

#include "parsers/kannel/box_frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A frame with anything behind it, or with its end missing, is none. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const layouts[] = {"i", "is", "sssuis", "ius", "sisis"};
    const size_t n = sizeof layouts / sizeof *layouts;
    struct slice frame = {(const char *)data, size};
    if (!box_frame_is_sound(frame, layouts, n) || size == 0)
        return 0;
    frame.n--;
    if (box_frame_is_sound(frame, layouts, n))
        abort();
    return 0;
}
