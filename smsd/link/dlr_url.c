/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/dlr_url.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
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

#define PATH "/kannel/dlr?id="

char *dlr_url(struct arena *arena, const char *base, const char *secret, int64_t outbox_id, int64_t created_us)
{
    const char *encoded = kannel_percent_encode(arena, slice_of(secret));
    return arena_printf(arena, "%s" PATH "%" PRId64 "&at=%" PRId64 "&status=%%d&secret=%s",
                        double_percents(arena, base), outbox_id, created_us, double_percents(arena, encoded));
}

/* A number that stands between `before` and `after`; where it ends, or NULL. */
static const char *read_number(const char *at, const char *before, const char *after, int64_t *number_r)
{
    char *end;
    if (strncmp(at, before, strlen(before)) != 0 || !isdigit((unsigned char)at[strlen(before)]))
        return NULL;
    *number_r = strtoll(at + strlen(before), &end, 10);
    return strncmp(end, after, strlen(after)) == 0 ? end : NULL;
}

bool dlr_url_read(struct arena *arena, struct slice url, const char *base, int64_t *outbox_id_r, int64_t *created_us_r)
{
    const char *ours = arena_printf(arena, "%s" PATH, double_percents(arena, base));
    const char *end = read_number(arena_copy(arena, url), ours, "&at=", outbox_id_r);
    return end && read_number(end, "&at=", "&status=", created_us_r);
}
