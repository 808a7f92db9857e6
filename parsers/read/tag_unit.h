/* SPDX-License-Identifier: Apache-2.0
 *
 * Units among the spans: which one a word is here. For tag.c; they look at the spans before, whose tags are known.
 */
#ifndef PARSERS_READ_TAG_UNIT_H
#define PARSERS_READ_TAG_UNIT_H

#include "parsers/read/read_p.h"

/* Gathers how the goods of the text are sold, which the others ask for. */
void find_sold(struct text *t);

/* The unit sense that fits after a number: money last, since "chai" and "n" are seldom money. */
const struct unit *unit_sense(const struct text *t, const struct span *span, bool money);

/* Does a number stand here, in figures or in words? */
bool number_here(const struct text *t, size_t i);

/* "gia" after a number is the unit giạ, unless a number follows and the one before is a price, the tail of "1t2", a
 * listing's ("sua 2 gia 8500"), or of goods not sold by it. */
bool price_word_here(const struct text *t, size_t i, const struct unit *unit);

/* "40 gia ban 260k": of a price word that begins with giạ the unit, when the goods are sold by it. */
const struct unit *unit_in_price_word(const struct text *t, size_t i);

/* "1500 con co 2ky6": heads of livestock, and no islet in the river (Con Co). */
const struct unit *heads_in_place(const struct text *t, size_t i);

/* "6 ta 38k, trai 1 ky 2 tro len": what one weighs, when the quantity has been said. */
bool weighs_one(const struct text *t, size_t i, char before);

/* Is a number that is one no amount but "each": "12 con khoang 35 ky 1 con", "3 con 1 ky 200kg"? */
bool is_each(const struct text *t, size_t i);

/* The unit of what is told to hold or to weigh so much: "35 bao, moi bao 50 ky", "40 con, con khoang 1 ta"; but not "20
 * con ga, con 300 ky lua". NULL when it is none. */
const struct unit *container(const struct text *t, size_t i);

#endif
