/* SPDX-License-Identifier: Apache-2.0
 *
 * The slots of one item out of the facts of a stretch of spans.
 */
#ifndef PARSERS_READ_ITEMS_H
#define PARSERS_READ_ITEMS_H

#include "parsers/read/read_p.h"

/* The price among the facts of [from, to), with the unit it is for: as said, or the one whose plausible range it fits.
 * `per` is a unit said apart from it, or NULL. */
void take_price(struct text *t, size_t from, size_t to, enum intent intent, const struct unit *per,
                struct read_item *item);

/* The place among the facts of [from, to) for item `index`; marks it unclear, with choices to ask about, where a name
 * fits several. */
void take_place(struct text *t, size_t from, size_t to, struct reading *reading, size_t index);

/* Does the text name a place that we do not know, "o tam phuoc", and none that we do? */
bool names_unknown_place(const struct text *t);

/* Are the two as good as the same: the old unit and the new of its name, one in the other, two that became one? */
bool places_alike(const struct place *a, const struct place *b);

#endif
