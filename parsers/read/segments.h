/* SPDX-License-Identifier: Apache-2.0
 *
 * The stretches of a text that are about one thing each.
 */
#ifndef PARSERS_READ_SEGMENTS_H
#define PARSERS_READ_SEGMENTS_H

#include "parsers/read/read_p.h"

struct segment {
    size_t from, to; /* spans */
    const struct commodity *commodity;
    size_t goods_at; /* span of the goods */
};

/* Fills up to READ_ITEMS_MAX segments and returns how many: one for a text that names no goods. */
size_t text_segments(const struct text *t, struct segment *segments);

/* Is `below` the same as or a kind of `above`? */
bool is_ancestor(const struct commodity *above, const struct commodity *below);

/* Do the goods come in sizes, so many to the kilo? */
bool is_sized(const struct commodity *c);

#endif
