/* SPDX-License-Identifier: Apache-2.0
 *
 * The functions that make facts of matched tags. Each gets the spans [from, to) and returns the span after those it
 * used, 0 when they are not what they look like.
 */
#ifndef PARSERS_READ_AMOUNTS_H
#define PARSERS_READ_AMOUNTS_H

#include "parsers/read/read_p.h"

size_t make_phone(struct text *t, size_t from, size_t to);
size_t make_fraction(struct text *t, size_t from, size_t to);
size_t make_date(struct text *t, size_t from, size_t to);
size_t make_lone_date(struct text *t, size_t from, size_t to);
size_t make_ahead(struct text *t, size_t from, size_t to);
size_t make_weekday(struct text *t, size_t from, size_t to);
size_t make_weight(struct text *t, size_t from, size_t to);
size_t make_contents(struct text *t, size_t from, size_t to);
size_t make_size(struct text *t, size_t from, size_t to);
size_t make_heads_a_kilo(struct text *t, size_t from, size_t to);
size_t make_grade(struct text *t, size_t from, size_t to);
size_t make_price(struct text *t, size_t from, size_t to);
size_t make_quantity(struct text *t, size_t from, size_t to);
size_t make_half(struct text *t, size_t from, size_t to);
size_t make_count(struct text *t, size_t from, size_t to);
size_t make_vague(struct text *t, size_t from, size_t to);
size_t make_chuc(struct text *t, size_t from, size_t to);
size_t make_goods(struct text *t, size_t from, size_t to);
size_t make_place(struct text *t, size_t from, size_t to);
size_t make_when(struct text *t, size_t from, size_t to);
size_t make_state(struct text *t, size_t from, size_t to);
size_t make_named_grade(struct text *t, size_t from, size_t to);
size_t make_bare(struct text *t, size_t from, size_t to);

#endif
