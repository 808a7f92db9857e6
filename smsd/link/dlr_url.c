/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/dlr_url.h"

#include <inttypes.h>
#include <string.h>

#include "parsers/kannel/meta.h"

static char *double_percents(struct arena *arena, const char *text)
{
    char *doubled = arena_alloc(arena, 2 * strlen(text) + 1);
    char *to = doubled;
    for (; *text; text++) {
        if (*text == '%')
            *to++ = '%';
        *to++ = *text;
    }
    return doubled;
}

char *dlr_url(struct arena *arena, const char *base, const char *secret, int64_t outbox_id, int64_t created_us)
{
    const char *encoded = kannel_percent_encode(arena, slice_of(secret));
    return arena_printf(arena, "%s/kannel/dlr?id=%" PRId64 "&at=%" PRId64 "&status=%%d&secret=%s",
                        double_percents(arena, base), outbox_id, created_us, double_percents(arena, encoded));
}
