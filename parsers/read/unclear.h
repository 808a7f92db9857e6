/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of goods that fit several (cam, dau dua), or that a word nobody knows makes others of (ca linh).
 */
#ifndef PARSERS_READ_UNCLEAR_H
#define PARSERS_READ_UNCLEAR_H

#include "parsers/read/read_p.h"

/* Takes for each item the goods that its unit and price leave, or asks which. */
void text_check_goods(struct text *t, struct reading *reading);

#endif
