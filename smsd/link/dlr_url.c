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

/* How each of our URLs ends. */
static const char *signature(struct arena *arena, const char *secret)
{
    return arena_printf(arena, "&secret=%s", double_percents(arena, kannel_percent_encode(arena, slice_of(secret))));
}

char *dlr_url(struct arena *arena, const char *base, const char *secret, int64_t outbox_id, int64_t created_us)
{
    return arena_printf(arena, "%s" PATH "%" PRId64 "&at=%" PRId64 "&status=%%d%s", double_percents(arena, base),
                        outbox_id, created_us, signature(arena, secret));
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

static bool ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), n_end = strlen(end);
    return n >= n_end && strcmp(text + n - n_end, end) == 0;
}

bool dlr_url_read(struct arena *arena, struct slice url, const char *secret, int64_t *outbox_id_r,
                  int64_t *created_us_r)
{
    const char *text = arena_copy(arena, url);
    const char *at = strstr(text, PATH);
    if (!at || !ends_with(text, signature(arena, secret)))
        return false;
    at = read_number(at, PATH, "&at=", outbox_id_r);
    return at && read_number(at, "&at=", "&status=", created_us_r);
}
