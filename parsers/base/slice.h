/* SPDX-License-Identifier: Apache-2.0
 *
 * A view of bytes somebody else owns. Not NUL-terminated: texts from phones may hold NULs.
 */
#ifndef PARSERS_BASE_SLICE_H
#define PARSERS_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *at; /* may be NULL when n is 0 */
    size_t n;       /* bytes */
};

/* The view of a C string, its NUL left out; of NULL, the empty view. */
static inline struct slice slice_of(const char *s)
{
    return (struct slice){s, s ? strlen(s) : 0};
}

/* Are the two the same bytes? */
static inline bool slice_eq(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0);
}

/* Is the slice exactly the C string s? */
static inline bool slice_is(struct slice a, const char *s)
{
    return slice_eq(a, slice_of(s));
}

#endif
