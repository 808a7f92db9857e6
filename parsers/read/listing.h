/* SPDX-License-Identifier: Apache-2.0
 *
 * Listings that a text names: by the public code, or by the number in one's own list.
 */
#ifndef PARSERS_READ_LISTING_H
#define PARSERS_READ_LISTING_H

#include "parsers/read/read_p.h"

/* Is the span a listing's code; is a listing named at it, "r8v8", "tin 2", or the 2 of "ngung nhan tin 2"? */
bool span_is_code(const struct text *t, size_t i);
bool listing_at(const struct text *t, size_t i);

/* Where the code of a listing that begins at the span ends, also of one mistyped; 0 = none begins there. */
size_t listing_ends(const struct text *t, size_t i);

/* Does a listing stand next to the span, but for words that say nothing: "bo cai tin so 2", "r8v8 bo di"? */
bool beside_listing(const struct text *t, size_t i);

/* With the tags known: a word of goods that is a verb beside a listing is no goods: "bo r8v8", "nhan r8v8". */
void text_listings(struct text *t);

/* The short number or public code of the listing meant, which is then the reading's. One mistyped stands as it is: no
 * listing has it, and its writer hears so. */
void take_listing(struct text *t, struct reading *r);

/* Are several named: "huy r8v8 b7k2", "tin 2 va tin 3 ban roi", "huy tin 2, 3", "xoa 2 tin"? take_listing came before.
 */
bool names_several_listings(const struct text *t, const struct reading *r);

#endif
