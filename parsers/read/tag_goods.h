/* SPDX-License-Identifier: Apache-2.0
 *
 * Goods by words that are also something else: the, cua, tam, 5451.
 */
#ifndef PARSERS_READ_TAG_GOODS_H
#define PARSERS_READ_TAG_GOODS_H

#include "parsers/read/read_p.h"

/* Tags the span as the goods of this sense, weak when its word is also a common one. */
char tag_goods(struct span *span, const struct sense *sense);

/* Does another span name goods by a word that is surely theirs? */
bool has_other_goods(const struct text *t, size_t i);

/* Is a word that also leads an amount the goods offered: "ban tra 5 tan", "ban tam 500kg"? */
bool is_offered(const struct text *t, size_t i);

/* A variety known by its number alone (504, 5451), where it is no amount. The spans before have their tags. */
bool variety_number(const struct text *t, size_t i);

/* With all tags known: which words of goods are weak. Of these the one that is goods if any is; the number of spans when
 * none is, as where other goods are surely named. */
size_t weigh_goods(struct text *t);

/* Does a weak word end a phrase of words that are nothing to us: "toan the", "co the", "gio lon"? */
bool in_another_phrase(const struct text *t, size_t i);

#endif
